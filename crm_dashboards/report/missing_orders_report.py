from odoo import api, models
from odoo.fields import Domain

from .report_definition import Column, ReportDefinition

TOTAL_AND_AVERAGE = ("sum", "avg")


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "missing_orders":
            return self._make_missing_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_missing_definition(self):
        """Return the definition of the report of who should have ordered by now."""
        return ReportDefinition(
            title=self.env._("Missing Orders"),
            model="crm.customer.metric",
            columns=(
                Column("partner_id", width=34),
                Column("segment", self.env._("Segment"), "segment", width=20),
                Column("user_id", width=22),
                Column("order_state", width=14),
                Column("interval_days", width=14),
                Column("last_order_date", width=14),
                Column("expected_order_date", width=14),
                Column("days_overdue", type="overdue", width=12),
                Column("expected_order_value", width=18, aggregates=TOTAL_AND_AVERAGE),
                Column("silence_probability", type="percent", width=10),
                Column("value_at_risk", width=18, aggregates=TOTAL_AND_AVERAGE),
                Column("missing_reason", width=60),
            ),
            fixed_domain=Domain("company_id", "=", self.env.company.id),
            order="value_at_risk desc, id",
            group_by="user_id",
            measure="value_at_risk",
            link_field="partner_id",
            reading_note=self.env._("All orders of each customer"),
            is_stored=True,
            terms=(self._get_scope_term(), *self._get_missing_terms()),
        )

    @api.model
    def _get_dashboard_terms(self, dashboard):
        return super()._get_dashboard_terms(dashboard) + self._get_missing_terms()

    @api.model
    def _get_missing_terms(self):
        """Return what is said of expected orders, with the company's settings."""
        company = self.env.company.sudo()
        labels = dict(
            company._fields["crm_missing_sensitivity"]._description_selection(self.env)
        )
        return [
            (
                self.env._("Usual interval"),
                self.env._(
                    "Typical days between a customer's days with an order, from "
                    "%(count)s such days on.",
                    count=company.crm_missing_min_orders,
                ),
            ),
            (
                self.env._("Missing order"),
                self.env._(
                    "An order later than the customer's own rhythm allows. "
                    "Sensitivity: %(setting)s. Not: seasonal pauses, snoozed alerts, "
                    "customers given up after %(days)s days.",
                    setting=labels[company.crm_missing_sensitivity],
                    days=company.crm_missing_given_up_days,
                ),
            ),
            (
                self.env._("Risk"),
                self.env._(
                    "Probability that no order comes within another usual interval."
                ),
            ),
            (
                self.env._("Value at risk"),
                self.env._("Risk times a year's sales at the present rate."),
            ),
        ]
