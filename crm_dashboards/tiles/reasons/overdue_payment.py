# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..words import format_amount
from .crm_reason import ALONE


class CrmReasonOverduePayment(models.AbstractModel):
    """Charges that are past their due date, as the customer's due amounts say."""

    _name = "crm.reason.overdue_payment"
    _inherit = "crm.reason"
    _description = "Reason: Overdue Payment"

    _counts = ALONE
    _level = "danger"
    _reads = ("crm.due.line",)

    def _get_query(self):
        if not self.env.company.crm_due_amounts:
            return None
        line = self.env["crm.due.line"]
        query = line._search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("days_overdue", ">", 0)
            # the same once more, in words of which PostgreSQL knows how much they hold
            & Domain("amount_residual", ">=", 0)
            & Domain("date_due", "<", self._get_today())
        )
        query.order = None
        names = ("partner_id", "amount_residual", "date_due", "days_overdue")
        customer, amount, due, days = (
            line._field_to_sql(query.table, name, query) for name in names
        )
        query.groupby = customer
        return query.select(
            customer,
            SQL("SUM(%s)", amount),
            SQL("NULL::timestamp"),
            SQL("MAX(%s) + 1", due),
            SQL("NULL::date"),
            SQL("JSONB_BUILD_OBJECT('value', SUM(%s), 'days', MAX(%s))", amount, days),
        )

    def _describe(self, facts, currency):
        amount = format_amount(facts["value"], currency)
        days = facts["days"]
        if days == 1:
            return self.env._("%(amount)s overdue since yesterday", amount=amount)
        return self.env._(
            "%(amount)s overdue for %(days)s days", amount=amount, days=days
        )
