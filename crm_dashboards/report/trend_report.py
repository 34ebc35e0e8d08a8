from odoo import api, models
from odoo.fields import Domain

from .report_definition import Column, ReportDefinition

TOTAL_AND_AVERAGE = ("sum", "avg")


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "customer_trend":
            return self._make_trend_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_trend_definition(self):
        """Return the definition of the report of customers' last two years."""
        return ReportDefinition(
            title=self.env._("Customer Trend"),
            model="crm.customer.metric",
            columns=(
                Column("partner_id", width=34),
                Column("segment", self.env._("Segment"), "segment", width=20),
                Column("user_id", width=22),
                Column("trend", width=12),
                Column("trend_last_year", width=18, aggregates=TOTAL_AND_AVERAGE),
                Column("trend_this_year", width=18, aggregates=TOTAL_AND_AVERAGE),
                Column("trend_difference", width=18, aggregates=TOTAL_AND_AVERAGE),
                Column("trend_change", type="percent", width=12),
                Column("trend_is_chance", width=14),
                Column("trend_is_new", width=8),
                Column("trend_is_lost", width=8),
            ),
            fixed_domain=Domain("company_id", "=", self.env.company.id),
            order="trend_this_year desc, id",
            group_by="trend",
            measure="trend_this_year",
            chart="count",
            link_field="partner_id",
            reading_note=self._get_trend_source_note(),
            is_stored=True,
            terms=(self._get_scope_term(), *self._get_trend_terms()),
        )

    @api.model
    def _get_trend_source_note(self):
        if self._get_refresh().trend_source == "orders":
            return self.env._("All orders of each customer")
        return self.env._("Turnover of each customer: invoices less credit notes")

    @api.model
    def _get_dashboard_terms(self, dashboard):
        return super()._get_dashboard_terms(dashboard) + self._get_trend_terms()

    @api.model
    def _get_trend_terms(self):
        """Return what is said of the trend, with the company's settings."""
        company = self.env.company.sudo()
        band = f"{100 * company.crm_trend_band:g}"
        return [
            (
                self.env._("Trend"),
                self.env._(
                    "The last 12 months against the 12 before, today left out: growing "
                    "above +%(band)s %%, declining below −%(band)s %%, else static. "
                    "Customers of under a year are growing and new.",
                    band=band,
                ),
            ),
            (
                self.env._("May be chance"),
                self.env._(
                    "So few transactions that the difference of the years is no larger "
                    "than their usual scatter."
                ),
            ),
        ]
