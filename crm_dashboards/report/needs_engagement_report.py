from odoo import api, models
from odoo.fields import Domain

from ..tiles.needs_engagement import ENGAGEMENT_ORDER
from .report_definition import Column, ReportDefinition


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "needs_engagement":
            return self._make_engagement_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_engagement_definition(self):
        """Return the definition of the report of when customers were engaged last."""
        return ReportDefinition(
            title=self.env._("Needs Engagement"),
            model="crm.customer.metric",
            columns=(
                Column("partner_id", width=34),
                Column("segment", self.env._("Segment"), "segment", width=20),
                Column("user_id", width=22),
                Column("last_engagement_date", width=18),
                Column("last_engagement_type_id", width=18),
                Column("last_engagement_user_id", width=22),
                Column("days_since_engagement", width=12),
                Column("last_order_date", width=14),
                Column("order_value", width=18, aggregates=("sum", "avg")),
            ),
            fixed_domain=Domain("company_id", "=", self.env.company.id),
            order=ENGAGEMENT_ORDER,
            group_by="segment",
            measure="order_value",
            chart="count",
            link_field="partner_id",
            reading_note=self.env._("All engagements with each customer"),
            is_stored=True,
            terms=(self._get_scope_term(), *self._get_engagement_terms()),
        )

    @api.model
    def _get_dashboard_terms(self, dashboard):
        return super()._get_dashboard_terms(dashboard) + self._get_engagement_terms()

    @api.model
    def _get_engagement_terms(self):
        """Return what is said of engagements, with the company's settings."""
        types = self.env["mail.activity.type"].with_context(active_test=False)
        counting = types.search([("crm_counts_as_engagement", "=", True)])
        return [
            (
                self.env._("Active engagement"),
                self.env._(
                    "Somebody was in touch with the customer, one of its contacts or "
                    "about one of its documents. These count: %(types)s. Meetings "
                    "count once they have ended.",
                    types=", ".join(counting.mapped("name")),
                ),
            ),
            (
                self.env._("Needs engagement"),
                self.env._(
                    "The last active engagement is more than %(days)s days ago, or "
                    "there never was one. What was logged since the night counts.",
                    days=self.env.company.sudo().crm_engagement_days,
                ),
            ),
        ]
