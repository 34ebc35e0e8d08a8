# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..nightly.broken import USUAL_AMOUNT
from ..tiles.words import format_amount

TURNOVER_DAYS = 731  # two years, one of them perhaps with a 29 February


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "crm.unrated.mixin"]

    _unrated_value = "amount_untaxed_signed"
    _unrated_date = "invoice_date"

    crm_is_unrated = fields.Boolean(
        depends=("amount_untaxed", "amount_untaxed_signed", "currency_id"),
        help="In another currency than its company's at a rate of 1.",
    )

    # The night reads turnover of 25 months: from here it takes half of the time that
    # it takes from the wide rows, of which most are payments. A customer's own invoices
    # are found here, too.
    _crm_turnover_idx = models.Index(
        "(company_id, commercial_partner_id, invoice_date)"
        " INCLUDE (move_type, amount_untaxed_signed, amount_untaxed, currency_id)"
        " WHERE state = 'posted'"
        " AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')"
    )

    # Whether a contact was invoiced for another customer than it has now.
    _crm_contact_idx = models.Index(
        "(partner_id, commercial_partner_id)"
        " WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_refund')"
    )

    # Hardly ever anything is in it: the night looks for impossible dates and amounts.
    _crm_doubtful_idx = models.Index(
        "(company_id) WHERE state = 'posted'"
        " AND move_type IN ('out_invoice', 'out_refund')"
        " AND (invoice_date BETWEEN '1970-01-01' AND '2100-01-01'"
        f" AND amount_untaxed_signed BETWEEN -{USUAL_AMOUNT} AND {USUAL_AMOUNT})"
        " IS NOT TRUE"
    )

    def _get_crm_is_unrated_sql(self, alias, _query):
        """Tell by the amounts that count: a rate may be missing or written later."""
        return SQL(
            """
            (%(currency)s <> %(own_currency)s
             AND %(amount)s <> 0
             AND %(amount)s = ABS(%(own_amount)s))
            """,
            currency=self._get_column_sql(alias, "currency_id"),
            own_currency=self._get_of_company_sql(
                alias, lambda company: company.currency_id.id
            ),
            amount=self._get_column_sql(alias, "amount_untaxed"),
            own_amount=self._get_column_sql(alias, "amount_untaxed_signed"),
        )

    def _get_turnover_domain(self, company):
        """Return the domain of the invoices of a company that its trend is made of."""
        start = fields.Date.context_today(self) - timedelta(days=TURNOVER_DAYS)
        return (
            Domain("state", "=", "posted")
            & Domain("move_type", "in", ("out_invoice", "out_refund"))
            & Domain("company_id", "=", company.id)
            & Domain("invoice_date", ">=", start)
        )

    def _get_unrated_words(self, count, value, names=""):
        """Say how many invoices without a rate to trust there are, and which.

        :param value: in the current company's currency
        """
        value = format_amount(value, self.env.company.currency_id)
        if count == 1 and names:
            return self.env._(
                "1 invoice in another currency has no rate to trust: it counts with "
                "%(value)s (%(names)s).",
                value=value,
                names=names,
            )
        if count == 1:
            return self.env._(
                "1 invoice in another currency has no rate to trust: it counts with "
                "%(value)s.",
                value=value,
            )
        if names:
            return self.env._(
                "%(count)s invoices in other currencies have no rate to trust: they "
                "count with %(value)s (%(names)s).",
                count=count,
                value=value,
                names=names,
            )
        return self.env._(
            "%(count)s invoices in other currencies have no rate to trust: they count "
            "with %(value)s.",
            count=count,
            value=value,
        )
