# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Documents that a customer's figures tell of, and who may read them."""

from odoo.fields import Domain


def get_documents(partners):
    """Return what the figures of these contacts tell of.

    Confirmed orders, invoices, and what else is open of receivables.

    :return: {model: {contact: records}}
    """
    env = partners.env
    of_these = Domain("partner_id", "in", partners.ids)
    orders = Domain("state", "=", "sale")
    receivables = (
        Domain("parent_state", "=", "posted")
        & Domain("account_id.account_type", "=", "asset_receivable")
        & (
            Domain("move_id.move_type", "in", ("out_invoice", "out_refund"))
            | Domain("reconciled", "=", False)
        )
    )
    return {
        "sale.order": dict(
            env["sale.order"]._read_group(
                of_these & orders, ["partner_id"], ["id:recordset"]
            )
        ),
        "account.move": dict(
            env["account.move.line"]._read_group(
                of_these & receivables, ["partner_id"], ["move_id:recordset"]
            )
        ),
    }


def filter_hidden(documents, user):
    """Return the contacts with a document that ``user`` may not read.

    :param documents: see :func:`get_documents`; of whatever company
    """
    hidden = user.env["res.partner"].sudo()
    for model, by_contact in documents.items():
        records = user.env[model].with_user(user)
        readable = set()
        if records.has_access("read"):
            records = records.with_context(allowed_company_ids=user.company_ids.ids)
            ids = user.env[model].union(*by_contact.values()).ids
            query = records._search(Domain("id", "in", ids))
            readable = set(query.get_result_ids())
        for contact, its in by_contact.items():
            if not readable.issuperset(its.ids):
                hidden |= contact
    return hidden
