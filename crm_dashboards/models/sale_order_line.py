from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .sql_field_mixin import sql_field


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "crm.sql.field.mixin"]

    dashboard_currency_id = sql_field(
        "dashboard_currency_id", fields.Many2one, comodel_name="res.currency"
    )
    base_net_value = sql_field(
        "base_net_value",
        fields.Monetary,
        currency_field="dashboard_currency_id",
        aggregator="sum",
        help="Value without tax in the current company's currency, at the order's own "
        "rate. Lines of other companies are converted from their company's currency "
        "at today's rate.",
    )
    order_date = fields.Datetime(related="order_id.date_order", string="Order Date")

    @api.depends("price_subtotal", "order_id.currency_rate", "company_id")
    @api.depends_context("company")
    def _compute_sql_fields(self):
        return super()._compute_sql_fields()

    @api.model
    def _get_dashboard_currency_id_sql(self, alias, query):
        return self.env["sale.order"]._get_dashboard_currency_id_sql(alias, query)

    @api.model
    def _get_base_net_value_sql(self, alias, query):
        """Return the SQL of a line's value: its amount, worth what its order says."""
        order, order_alias = self._fields["order_id"].join(self.sudo(), alias, query)
        amount = SQL.identifier(
            alias, "price_subtotal", to_flush=self._fields["price_subtotal"]
        )
        return order._get_base_net_value_sql(order_alias, query, amount)

    @api.model
    def _get_ordered_domain(self, companies):
        """Return the domain of the lines of products in confirmed orders."""
        return (
            Domain("state", "=", "sale")
            & Domain("company_id", "in", companies.ids)
            & Domain("display_type", "=", False)
            & Domain("is_downpayment", "=", False)
        )
