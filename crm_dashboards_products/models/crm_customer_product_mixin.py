# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmCustomerProductMixin(models.AbstractModel):
    """Something about a customer and a product, in one company."""

    _name = "crm.customer.product.mixin"
    _description = "About a Customer and a Product"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", readonly=True
    )
    product_tmpl_id = fields.Many2one(
        "product.template", "Product", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
