import numpy as np

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from ..analytics.history import OrderHistory, day_number, day_to_date
from ..analytics.missing_orders import find_missing_orders
from ..nightly.periods import get_viewer_zone, get_zone_today
from . import blocks
from .customer_rows import ROW_COUNT


class CrmDashboardTile(models.Model):
    """Products that a customer usually buys and left out of its latest orders.

    A product has a rhythm of its own, by the methods that tell when a customer is late.
    A customer that ordered nothing at all since is a missing order, not told of here.
    """

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_products_domain(self, scope):
        """Return the domain of the ordered lines of the customer of ``scope``."""
        line = self.env["sale.order.line"]
        return line._get_ordered_domain(
            self._get_companies(scope)
        ) & self._get_customer_domain(scope, "order_partner_id")

    @api.model
    def _tile_customer_products(self, scope):
        """Products not re-ordered, those of the highest value first."""
        history = self._read_products(scope)
        found = self._find_left_out_products(history)
        if not len(found):
            return self._empty(self._get_no_product_reason(history))
        return self._ready(
            self._get_products_note(found),
            {
                "type": "rows",
                "rows": [self._get_product_row(each) for each in found[:ROW_COUNT]],
            },
            blocks.text(
                self.env._("Due by their own rhythm, and left out of orders since.")
            ),
            *self._get_rates_text(scope),
            *self._get_reading_note(),
        )

    @api.model
    def _read_products(self, scope):
        """Return the OrderHistory of the customer's products instead of customers."""
        groups = self.env["sale.order.line"]._read_group(
            self._get_products_domain(scope),
            ["product_id", "order_date:day"],
            ["base_net_value:sum"],
        )
        scale = 10**self.env.company.currency_id.decimal_places
        return OrderHistory.from_columns(
            np.array([product.id for product, _day, _value in groups], "int32"),
            np.array([day_number(day.date()) for _product, day, _v in groups], "int32"),
            np.array([round(value * scale) for *_keys, value in groups], "int64"),
        )

    @api.model
    def _find_left_out_products(self, history):
        """Return the products that are late though the customer ordered since.

        :param history: OrderHistory of products
        :return: list of dicts {product, interval, last_day, value}, by value
        """
        today = day_number(get_zone_today(get_viewer_zone(self.env)))
        # what was returned, or is dated ahead, is no order since
        bought = history.day[(history.cents > 0) & (history.day <= today)]
        if not len(bought):
            return []
        refresh = self.env["crm.metric.refresh"].sudo()
        settings = refresh._get_settings(self.env.company, fields.Datetime.now())
        late = find_missing_orders(
            history,
            today,
            kappa=settings.kappa,
            holidays=settings.holidays,
            min_gaps=settings.min_orders - 1,
            given_up_days=settings.given_up_days,
        )
        left_out = late.missing & (late.expected_day <= bought.max())
        offered = self.env["product.product"].search(
            Domain("id", "in", history.customer_ids[left_out].tolist())
            & Domain("sale_ok", "=", True)
        )
        scale = 10**settings.decimals
        found = [
            {
                "product": offered.browse(int(history.customer_ids[place])),
                "interval": round(float(late.interval_days[place])),
                "last_day": day_to_date(int(late.rhythm.last_day[place])),
                "value": float(np.nan_to_num(late.expected_cents[place])) / scale,
            }
            for place in np.flatnonzero(left_out)
            if history.customer_ids[place] in offered.ids
        ]
        return sorted(found, key=lambda each: (-each["value"], each["product"].id))

    @api.model
    def _get_products_note(self, found):
        count = len(found)
        value = blocks.format_amount(
            sum(each["value"] for each in found), self.env.company.currency_id
        )
        words = self.env._("1 product · about %(value)s", value=value)
        if count > 1:
            words = self.env._(
                "%(count)s products · about %(value)s", count=count, value=value
            )
        return blocks.note(words)

    @api.model
    def _get_product_row(self, found):
        product = found["product"]
        return {
            "id": product.id,
            "title": product.display_name,
            "subtitle": self.env._(
                "every %(interval)s days, last %(date)s",
                interval=found["interval"],
                date=blocks.format_day(self.env, found["last_day"]),
            ),
            "cell": blocks.money(found["value"], self.env.company.currency_id),
            "drill": blocks.drill("product", product.id),
            "actions": self._get_product_actions(),
        }

    @api.model
    def _get_product_actions(self):
        if not self.env["sale.order"].has_access("create"):
            return []
        label = self.env._("New quotation with it")
        return [{"key": "quote", "label": label, "icon": "fa-file-text-o"}]

    @api.model
    def _get_no_product_reason(self, history):
        if not len(history.day):
            return self.env._("This customer has no ordered product that you may read.")
        return self.env._(
            "No product with a rhythm of its own was left out of the latest orders."
        )

    @api.model
    def _open_customer_products(self, scope, drill):
        """Open what the customer ordered, of one product or grouped by product."""
        key, value = self._check_drill(drill, product=self._is_row_id)
        facets = {"search_default_group_by_product": 1}
        if key == "product":
            facets = {"search_default_product_id": value}
        return self._get_report_action(
            "crm_dashboards.sale_order_line_action_products_report",
            Domain("company_id", "in", self._get_companies(scope).ids)
            & self._get_customer_domain(scope, "order_partner_id"),
            search_default_ordered=1,
            **self._get_company_context(scope),
            **facets,
        )

    @api.model
    def _row_action_customer_products_quote(self, product_id, scope):
        """Open a quotation with the product, as many as were ordered last."""
        line = self.env["sale.order.line"].search(
            self._get_products_domain(scope) & Domain("product_id", "=", product_id),
            order="order_id desc, id desc",
            limit=1,
        )
        if not line:
            raise ValidationError(
                self.env._("The customer never ordered this product.")
            )
        action = self._customer_action_new_quotation(self._get_customer(scope))
        values = {
            "product_id": line.product_id.id,
            "product_uom_qty": line.product_uom_qty,
        }
        context = {**action["context"], "default_order_line": [Command.create(values)]}
        return {**action, "context": context}
