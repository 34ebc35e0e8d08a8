# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

QUOTED_STATES = ("draft", "sent", "sale")


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    crm_product_brand_id = fields.Many2one(
        "product.brand", related="product_id.product_tmpl_id.product_brand_id"
    )
    crm_quotation_date = fields.Datetime(
        related="order_id.create_date",
        help="When the quotation was made; an order's own date is that of its "
        "confirmation.",
    )
    crm_is_quoted = fields.Boolean(
        "Counts as Quoted",
        compute="_compute_crm_is_quoted",
        search="_search_crm_is_quoted",
        help="A line of a quotation or order, cancelled ones left out. Sections, notes "
        "and down payments do not count, nor do carts and usual orders that were never "
        "sent.",
    )

    @api.depends(
        "state",
        "display_type",
        "is_downpayment",
        "crm_is_sound",
        "order_id.crm_is_usual_order",
    )
    def _compute_crm_is_quoted(self):
        quoted = self.filtered_domain(self._get_quoted_domain())
        quoted.crm_is_quoted = True
        (self - quoted).crm_is_quoted = False

    def _search_crm_is_quoted(self, operator, value):
        if operator != "in":
            return NotImplemented
        return (
            self._get_quoted_domain() if True in value else ~self._get_quoted_domain()
        )

    def _get_quoted_domain(self):
        """Return the domain of the lines that were quoted, whatever came of them."""
        domain = (
            Domain("state", "in", QUOTED_STATES)
            & Domain("display_type", "=", False)
            & Domain("is_downpayment", "=", False)
            & Domain("crm_is_sound", "=", True)
            & self._get_asked_for_domain()
        )
        if self._has_web_shop():
            domain &= Domain("state", "!=", "draft") | Domain(
                "order_id.website_id", "=", False
            )
        return domain

    def _has_web_shop(self):
        return "website_id" in self.env["sale.order"]._fields
