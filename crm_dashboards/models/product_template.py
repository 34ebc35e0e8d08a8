# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    crm_replaced_by_id = fields.Many2one(
        "product.template",
        "Replaced By",
        check_company=True,
        help="The product to offer to whoever used to order this one, when it is not "
        "sold any more.",
    )
