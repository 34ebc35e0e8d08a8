from odoo import api, models

from odoo.addons.crm_dashboards.report.report_definition import Column


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "customer_brands":
            return self._make_brands_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_brands_definition(self):
        """Return the definition of the report of quoted lines by brand."""
        note = self.env._("All quotations")
        if self._get_reading_note():
            note = self.env._("The quotations you may read")
        return self._make_lines_definition(
            title=self.env._("Quotes by Brand"),
            columns=(
                Column("commercial_partner_id", self.env._("Customer"), width=34),
                Column("order_id", self.env._("Quotation"), width=16),
                Column("quotation_date", width=18),
                Column("state", width=16),
                Column("order_date", width=18),
                Column("product_brand_id", width=22),
                Column("product_id", width=34),
                Column("product_uom_qty", width=12),
                Column("currency_id", self.env._("Order Currency"), width=10),
                Column("price_subtotal", self.env._("Net in Order Currency"), width=16),
            ),
            order="quotation_date desc, id desc",
            group_by="product_brand_id",
            reading_note=note,
            terms=tuple(self._get_brand_terms()),
        )

    @api.model
    def _get_dashboard_terms(self, dashboard):
        terms = super()._get_dashboard_terms(dashboard)
        if dashboard == "customer":
            terms += self._get_brand_terms()
        return terms

    @api.model
    def _get_brand_terms(self):
        return [
            (
                self.env._("Quoted"),
                self.env._(
                    "Lines of quotations and orders by the day the quotation was made. "
                    "Cancelled ones, sections, notes, down payments and web shop carts "
                    "that were never sent do not count."
                ),
            ),
            (
                self.env._("Value of a line"),
                self.env._(
                    "Without tax, at the order's own rate and rounded line by line."
                ),
            ),
            (
                self.env._("Ordered (conversion)"),
                self.env._(
                    "Share of the quotations of the last 12 months that were "
                    "confirmed, by number and by value."
                ),
            ),
            (
                self.env._("Never ordered, lapsed"),
                self.env._(
                    "A brand that was quoted and never ordered; a brand that was "
                    "ordered in the 12 months before the last 12, and not since."
                ),
            ),
        ]
