from odoo import api, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.report.report_definition import (
    Column,
    ReportDefinition,
)


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "customer_agreements":
            return self._make_agreements_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_agreements_definition(self):
        """Return the definition of the report of agreements with their bonuses."""
        return ReportDefinition(
            title=self.env._("Agreements"),
            model="agreement",
            columns=(
                Column("partner_id", width=34),
                Column("name", width=34),
                Column("code", width=14),
                Column("rebate_type", width=22),
                Column("start_date"),
                Column("end_date"),
                Column("invoiced_now", width=18),
                Column("bonus_now", width=18),
            ),
            fixed_domain=Domain("company_id", "in", [*self.env.companies.ids, False]),
            order="end_date, id",
            group_by="rebate_type",
            chart="count",
            reading_note=self.env._("Of all invoices of the customer."),
            terms=tuple(self._get_agreement_terms()),
        )

    @api.model
    def _get_dashboard_terms(self, dashboard):
        terms = super()._get_dashboard_terms(dashboard)
        if dashboard == "customer":
            terms += self._get_agreement_terms()
        return terms

    @api.model
    def _get_agreement_terms(self):
        return [
            (
                self.env._("Agreement"),
                self.env._(
                    "An agreement with the customer or one of its contacts that runs "
                    "today. One without company counts in the current company."
                ),
            ),
            (
                self.env._("Bonus now"),
                self.env._(
                    "What a settlement from the start of the agreement until today "
                    "would come to, of all posted invoices less credit notes of the "
                    "agreement's company."
                ),
            ),
            (
                self.env._("Target"),
                self.env._(
                    "Where the next section of the agreement begins, for the invoiced "
                    "contact with the largest amount."
                ),
            ),
            (
                self.env._("Pace of an agreement"),
                self.env._(
                    "The amount so far, taken on by days to the end of the agreement."
                ),
            ),
        ]
