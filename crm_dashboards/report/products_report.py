from odoo import api, models
from odoo.fields import Domain

from .report_definition import Column, ReportDefinition


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "products":
            return self._make_products_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_products_definition(self):
        """Return the definition of the report of ordered products, line by line."""
        note = self.env._("All orders of the company")
        if self._get_reading_note():
            note = self.env._("The orders you may read")
        return self._make_lines_definition(
            title=self.env._("Ordered Products"),
            columns=(
                Column("commercial_partner_id", self.env._("Customer"), width=34),
                Column("order_id", self.env._("Order"), width=16),
                Column("order_date", width=18),
                Column("product_id", width=34),
                Column("product_uom_qty", width=12),
                Column("product_uom_id", width=10),
            ),
            order="order_id desc, id desc",
            group_by="product_id",
            reading_note=note,
            terms=(*self._get_order_terms(), *self._get_products_terms()),
        )

    @api.model
    def _make_lines_definition(self, columns, **parts):
        """Return the definition of a report of order lines and what they are worth.

        :param columns: tuple of Column; the value of a line follows them
        :param parts: what else differs from report to report
        """
        value = Column(
            "base_net_value",
            self.env._("Base Net Value"),
            width=18,
            aggregates=("sum", "avg"),
        )
        return ReportDefinition(
            model="sale.order.line",
            columns=(*columns, value),
            fixed_domain=Domain("company_id", "in", self.env.companies.ids),
            measure="base_net_value",
            link_field="order_id",  # a line alone has no page that one works on
            describe_rates=self._describe_line_rates,
            **parts,
        )

    @api.model
    def _describe_line_rates(self, domain):
        """Say at which rates lines in other currencies count, empty without any."""
        return self._describe_order_rates(Domain("order_line", "any", domain))

    @api.model
    def _get_dashboard_terms(self, dashboard):
        terms = super()._get_dashboard_terms(dashboard)
        if dashboard == "customer":
            terms += self._get_products_terms()
        return terms

    @api.model
    def _get_products_terms(self):
        return [
            (
                self.env._("Not re-ordered"),
                self.env._(
                    "A product that the customer orders in a rhythm, that is late by "
                    "it, and that was left out of an order placed since it was due. "
                    "Its value is what it usually comes to in one order."
                ),
            )
        ]
