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
        if code == "problems":
            return self._make_problems_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_problems_definition(self):
        """Return the definition of the report of customers' tickets."""
        reading = self._get_problems_reading()
        return ReportDefinition(
            title=self.env._("Problems"),
            model="helpdesk.ticket",
            columns=(
                Column("number", self.env._("Number"), width=12),
                Column("name", self.env._("Subject"), width=40),
                Column("commercial_partner_id", self.env._("Customer"), width=34),
                Column("partner_id", width=34),
                Column("category_id", self.env._("Type"), width=18),
                Column("account_manager_id", width=22),
                Column("user_id", width=22),
                Column("team_id", width=18),
                Column("stage_id", width=16),
                Column("create_date", self.env._("Opened"), width=18),
                Column("date_last_update", width=18),
                Column("closed_date", self.env._("Closed"), width=18),
            ),
            fixed_domain=Domain("company_id", "in", self.env.companies.ids),
            order="date_last_update desc, id desc",
            group_by="category_id",
            chart="count",
            reading_note=reading or self.env._("All tickets of the company"),
            terms=(self._get_scope_term(), *self._get_problem_terms()),
        )

    @api.model
    def _get_dashboard_terms(self, dashboard):
        return super()._get_dashboard_terms(dashboard) + self._get_problem_terms()

    @api.model
    def _get_problem_terms(self):
        return [
            (
                self.env._("Problem"),
                self.env._("A helpdesk ticket; closed if its stage is."),
            ),
            (
                self.env._("Last update"),
                self.env._("The later of the last change and the last comment."),
            ),
        ]
