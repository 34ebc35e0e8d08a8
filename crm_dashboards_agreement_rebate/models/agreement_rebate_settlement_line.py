# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ast import literal_eval

from odoo import fields, models


class AgreementRebateSettlementLine(models.Model):
    """Until when the invoices of a settlement go."""

    _inherit = "agreement.rebate.settlement.line"

    def _get_last_day(self):
        """Return the last day whose invoices were settled.

        The domain of the settled invoices knows the end that the agreement had then;
        the settlement itself may reach beyond it.
        """
        self.ensure_one()
        try:
            terms = literal_eval(self.target_domain or "[]")
        except (SyntaxError, ValueError):
            terms = []
        ends = [
            fields.Date.to_date(term[2])
            for term in terms
            if tuple(term[:2]) == ("invoice_date", "<=")
        ]
        settled_to = self.settlement_id.date_to or self.settlement_id.date
        return min([*ends, settled_to or fields.Date.today()])
