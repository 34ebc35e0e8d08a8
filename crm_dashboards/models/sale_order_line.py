# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "crm.net.value.mixin"]

    crm_commercial_partner_id = fields.Many2one(
        "res.partner", related="order_partner_id.commercial_partner_id"
    )
    crm_base_net_value = fields.Monetary(
        depends=("price_subtotal", "order_id.currency_rate", "company_id")
    )
    crm_order_date = fields.Datetime(related="order_id.date_order", string="Order Date")

    def _get_crm_base_net_value_sql(self, alias, query):
        """Return the SQL of a line's value: its amount, worth what its order says."""
        order, order_alias = self._fields["order_id"].join(self.sudo(), alias, query)
        amount = SQL.identifier(
            alias, "price_subtotal", to_flush=self._fields["price_subtotal"]
        )
        return order._get_crm_base_net_value_sql(order_alias, query, amount)

    def _get_ordered_domain(self, companies):
        """Return the domain of the lines of products in confirmed orders."""
        return (
            Domain("state", "=", "sale")
            & Domain("company_id", "in", companies.ids)
            & Domain("display_type", "=", False)
            & Domain("is_downpayment", "=", False)
        )
