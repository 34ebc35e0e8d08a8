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
        depends=(
            "price_subtotal",
            "order_id.currency_rate",
            "order_id.currency_id",
            "company_id",
        )
    )
    crm_is_sound = fields.Boolean(depends=("price_subtotal", "order_id.crm_is_sound"))
    crm_order_date = fields.Datetime(related="order_id.date_order", string="Order Date")

    def _get_crm_base_net_value_sql(self, alias, query):
        """Return the SQL of a line's value: its amount, worth what its order says."""
        order, order_alias = self._join_order(alias, query)
        amount = self._get_line_amount_sql(alias)
        return order._get_crm_base_net_value_sql(order_alias, query, amount)

    def _get_crm_is_sound_sql(self, alias, query):
        """Return the SQL of whether figures can use a line, and its order."""
        order, order_alias = self._join_order(alias, query)
        amount = self._get_line_amount_sql(alias)
        return SQL(
            "(%s AND %s)",
            order._get_sound_sql(order_alias),
            order._get_sound_value_sql(order_alias, amount),
        )

    def _join_order(self, alias, query):
        return self._fields["order_id"].join(self.sudo(), alias, query)

    def _get_line_amount_sql(self, alias):
        return SQL.identifier(
            alias, "price_subtotal", to_flush=self._fields["price_subtotal"]
        )

    def _get_asked_for_domain(self):
        """Return the domain that leaves out what was proposed and never sent."""
        return Domain("state", "!=", "draft") | Domain(
            "order_id.crm_is_usual_order", "=", False
        )

    def _get_ordered_domain(self, companies):
        """Return the domain of the lines of products in confirmed orders."""
        return (
            Domain("state", "=", "sale")
            & Domain("company_id", "in", companies.ids)
            & Domain("crm_is_sound", "=", True)
            & Domain("display_type", "=", False)
            & Domain("is_downpayment", "=", False)
        )
