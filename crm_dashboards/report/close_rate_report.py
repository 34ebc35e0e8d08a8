from odoo import api, models

from .report_definition import Column, ReportDefinition


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "close_rate":
            return self._make_close_rate_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_close_rate_definition(self):
        """Return the definition of the report of closed opportunities."""
        note = self.env._("All opportunities of the company")
        if not self._sees_all():
            note = self.env._("The opportunities you may read")
        return ReportDefinition(
            title=self.env._("Closed Opportunities"),
            model="crm.lead",
            columns=(
                Column("date_outcome", width=18),
                Column("name", self.env._("Opportunity"), width=34),
                Column("partner_id", self.env._("Customer"), width=34),
                Column("account_manager_id", width=22),
                Column("user_id", width=22),
                Column("team_id", width=18),
                Column("stage_id", width=16),
                Column("lost_reason_id", width=22),
                Column("outcome", width=12),
                Column("expected_revenue", width=18, aggregates=("sum", "avg")),
            ),
            fixed_domain=self.env["crm.lead"]._get_company_domain(self.env.company),
            order="date_outcome desc, id desc",
            group_by="outcome",
            measure="expected_revenue",
            chart="count",
            reading_note=note,
            terms=(self._get_scope_term(), *self._get_close_rate_terms()),
        )

    @api.model
    def _get_dashboard_terms(self, dashboard):
        terms = super()._get_dashboard_terms(dashboard)
        if dashboard == "account_manager":
            terms += self._get_close_rate_terms()
        return terms

    @api.model
    def _get_close_rate_terms(self):
        return [
            (
                self.env._("Outcome"),
                self.env._(
                    "Of a lost opportunity that of its lost reason, of a won one that "
                    "of its stage, else that of its stage if the stage ends "
                    "opportunities. Archived ones count."
                ),
            ),
            (
                self.env._("Outcome date"),
                self.env._(
                    "When an opportunity was won or lost, or came into the stage that "
                    "ended it."
                ),
            ),
            (
                self.env._("Close rate"),
                self.env._(
                    "Positive opportunities as a share of the positive and negative "
                    "ones. Neutral ones do not change it."
                ),
            ),
        ]
