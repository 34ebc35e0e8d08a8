# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The customers that somebody looks for by a few letters."""

from odoo.fields import Domain
from odoo.tools import escape_psql

from .words import join_words

MOST_FOUND = 8
MOST_MATCHES = 200  # of which some are no customers
LONGEST_TEXT = 100


def find_customers(env, text):
    """Return customers and prospects found by a text, of those the user may read.

    Those whose name begins with it come first. A contact leads to its customer.

    :param str text: part of a name, e-mail address, reference or VAT number
    :return: list of ``{id, name, details}``
    """
    text = escape_psql(text.strip()[:LONGEST_TEXT])
    if not text:
        return []
    partner = env["res.partner"]
    first = Domain("complete_name", "=ilike", f"{text}%")
    any_part = Domain("display_name", "ilike", text)
    found = partner.search(first, limit=MOST_MATCHES)
    found |= partner.search(any_part, limit=MOST_MATCHES)
    matches = {}
    for match in found:
        matches.setdefault(match.sudo().commercial_partner_id.id, match)
    customers = partner.browse(matches)._filtered_access("read")
    customers = customers.filtered("crm_dashboard_kind")[:MOST_FOUND]
    return [
        {
            "id": customer.id,
            "name": customer.complete_name,
            "details": _describe(customer, matches[customer.id]),
        }
        for customer in customers
    ]


def _describe(customer, match):
    """Say where a customer is, and which of its contacts was meant."""
    contact = match.name if match != customer else ""
    return join_words(contact, customer.city)
