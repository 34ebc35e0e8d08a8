from odoo import api, models
from odoo.fields import Domain

from .report_definition import Column, ReportDefinition


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "customer_activities":
            return self._make_activities_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_activities_definition(self):
        """Return the definition of the report of engagements, one by one."""
        return ReportDefinition(
            title=self.env._("Engagements"),
            model="crm.engagement",
            columns=(
                Column("date", width=18),
                Column("partner_id", width=34),
                Column("kind", width=12),
                Column("activity_type_id", width=20),
                Column("user_id", width=22),
            ),
            fixed_domain=Domain("company_id", "in", [*self.env.companies.ids, False]),
            order="date desc, id desc",
            group_by="kind",
            chart="count",
            link_field="partner_id",
            reading_note=self.env._("All engagements with each customer"),
            terms=tuple(self._get_engagement_terms()[:1]),
        )
