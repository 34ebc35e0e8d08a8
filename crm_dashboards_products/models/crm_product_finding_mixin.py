# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmProductFindingMixin(models.AbstractModel):
    """What the night found about a customer and a product.

    Only the night writes such rows; what counts at once is worked out in SQL.
    """

    _name = "crm.product.finding.mixin"
    _inherit = ["crm.customer.product.mixin", "crm.sql.field.mixin"]
    _description = "Found About a Customer and a Product"

    user_id = fields.Many2one(
        related="partner_id.crm_account_manager_id", string="Account Manager"
    )

    def _open_customer(self):
        """Return the action that opens the customer that it is about."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    def _get_columns_sql(self, alias, query, *names):
        return [self._field_to_sql(alias, name, query) for name in names]
