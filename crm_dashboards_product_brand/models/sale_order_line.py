from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_dashboards.models.sql_field_mixin import sql_field

QUOTED_STATES = ("draft", "sent", "sale")


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
    product_brand_id = fields.Many2one(
        "product.brand", related="product_id.product_tmpl_id.product_brand_id"
    )
    quotation_date = fields.Datetime(
        related="order_id.create_date",
        help="When the quotation was made; an order's own date is that of its "
        "confirmation.",
    )
    order_date = fields.Datetime(related="order_id.date_order", string="Order Date")
    is_quoted = fields.Boolean(
        "Counts as Quoted",
        compute="_compute_is_quoted",
        search="_search_is_quoted",
        help="A line of a quotation or order, cancelled ones left out. Sections, notes "
        "and down payments do not count, nor do carts that were never sent.",
    )

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

    @api.depends("state", "display_type", "is_downpayment")
    def _compute_is_quoted(self):
        quoted = self.filtered_domain(self._get_quoted_domain())
        quoted.is_quoted = True
        (self - quoted).is_quoted = False

    @api.model
    def _search_is_quoted(self, operator, value):
        if operator != "in":
            return NotImplemented
        return (
            self._get_quoted_domain() if True in value else ~self._get_quoted_domain()
        )

    @api.model
    def _get_quoted_domain(self):
        """Return the domain of the lines that were quoted, whatever came of them."""
        domain = (
            Domain("state", "in", QUOTED_STATES)
            & Domain("display_type", "=", False)
            & Domain("is_downpayment", "=", False)
        )
        if "website_id" in self.env["sale.order"]._fields:  # there is a web shop
            domain &= Domain("state", "!=", "draft") | Domain(
                "order_id.website_id", "=", False
            )
        return domain
