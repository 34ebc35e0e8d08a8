from odoo import api, models
from odoo.fields import Domain

from .report_definition import Column, ReportDefinition


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "rfm":
            return self._make_rfm_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_rfm_definition(self):
        """Return the definition of the report of customers and their segments."""
        return ReportDefinition(
            title=self.env._("RFM Analysis"),
            model="crm.customer.metric",
            columns=(
                Column("partner_id", width=34),
                Column("segment", self.env._("Segment"), "segment", width=20),
                Column("user_id", width=22),
                Column("recency_score", self.env._("R"), width=6),
                Column("frequency_score", self.env._("F"), width=6),
                Column("monetary_score", self.env._("M"), width=6),
                Column("frequency_monetary_score", self.env._("FM"), width=6),
                Column("last_order_date", width=14),
                Column("first_order_date", width=14),
                Column(
                    "order_count",
                    self.env._("Orders"),
                    width=10,
                    aggregates=("sum", "avg"),
                ),
                Column("order_value", width=18, aggregates=("sum", "avg")),
                Column("order_total_count", width=10, aggregates=("sum", "avg")),
                Column("left_out_reason", self.env._("Left Out Because"), width=18),
                Column("country_id", width=18),
            ),
            fixed_domain=Domain("company_id", "=", self.env.company.id),
            order="order_value desc, id",
            group_by="segment",
            measure="order_value",
            chart="count",
            link_field="partner_id",
            reading_note=self.env._("All orders of each customer"),
            is_stored=True,
            terms=(self._get_scope_term(), *self._get_rfm_terms()),
        )
