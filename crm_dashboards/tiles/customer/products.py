# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL, LazyTranslate

from ...analytics.history import OrderHistory, day_number, day_to_date
from ...analytics.missing_orders import judge_rhythms
from ...analytics.rhythm import rhythms, whole_days
from ...models.date_words import format_day
from ...nightly.copy_binary import read_columns
from .. import blocks
from ..report import Term
from ..tile import ROW_COUNT
from ..words import format_amount
from .header import make_quotation_action

_lt = LazyTranslate(__name__)


class CrmTileCustomerProducts(models.AbstractModel):
    """Products that a customer usually buys and left out of its latest orders.

    A product has a rhythm of its own, by the methods that tell when a customer is late.
    A customer that ordered nothing at all since is a missing order, not told of here.
    """

    _name = "crm.tile.customer_products"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Not Re-ordered"
    _purpose = _lt("What the customer usually buys, but left out of the latest orders.")

    _report_action = "crm_dashboards.sale_order_line_action_products_report"

    def _get_content(self, scope):
        history = self._read_products(scope)
        found = self._find_left_out_products(scope, history)
        if not len(found):
            return self._empty(self._get_no_product_reason(history))
        rows = tuple(self._make_row(scope, each) for each in found[:ROW_COUNT])
        return self._ready(
            self._get_note(scope, found),
            blocks.Rows(rows),
            blocks.Text(
                self.env._("Due by their own rhythm, and left out of orders since.")
            ),
            *self._get_rates_text(scope),
            *self._get_unrated_text(
                scope, Domain("order_line", "any", self._get_products_domain(scope))
            ),
            *self._get_reading_note(),
        )

    def _get_products_domain(self, scope):
        """Return the domain of the ordered lines of the customer of ``scope``."""
        ordered = self.env["sale.order.line"]._get_ordered_domain(scope.companies)
        return ordered & scope.get_customer_domain("order_partner_id")

    def _read_products(self, scope):
        """Return the OrderHistory of the customer's products instead of customers."""
        columns = read_columns(
            self.env,
            self._get_products_query(scope),
            {"product_id": "int32", "day": "int32", "value": "float64"},
        )
        scale = 10**scope.currency.decimal_places
        cents = np.rint(columns["value"] * scale).astype("int64")
        return OrderHistory.from_columns(columns["product_id"], columns["day"], cents)

    def _get_products_query(self, scope):
        """Return the query of what was ordered of each product on each day.

        Of the order it is said once more whose it is: PostgreSQL then finds the lines
        by an index that holds all it needs of their orders, instead of each order by
        its line.

        :return: SQL with the product, the day (from 1970-01-01 on) and the value
        """
        line, order = self.env["sale.order.line"], self.env["sale.order"]
        query = line._search(self._get_products_domain(scope))
        _order, alias = line._join_order(query.table, query)
        query.add_where(
            SQL(
                """
                %s = 'sale' AND %s = ANY(%s)
                AND %s IN (
                    SELECT id FROM res_partner WHERE commercial_partner_id = ANY(%s))
                """,
                order._field_to_sql(alias, "state", query),
                order._field_to_sql(alias, "company_id", query),
                scope.companies.ids,
                order._field_to_sql(alias, "partner_id", query),
                scope.entities.ids,
            )
        )
        query.order = None
        query.groupby = SQL("1, 2")
        return query.select(
            SQL(
                "COALESCE(%s, 0)",
                line._field_to_sql(query.table, "product_id", query),
            ),
            SQL(
                "(timezone(%s, timezone('UTC', %s))::date - DATE '1970-01-01')",
                scope.zone.name,
                order._field_to_sql(alias, "date_order", query),
            ),
            SQL(
                "COALESCE(SUM(%s), 0)::float8",
                line._field_to_sql(query.table, "crm_base_net_value", query),
            ),
        )

    def _find_left_out_products(self, scope, history):
        """Return the products that are late though the customer ordered since.

        :param history: OrderHistory of products
        :return: list of dicts {product, interval, last_day, value}, by value
        """
        today = day_number(scope.today)
        # what was returned, or is dated ahead, is no order since
        bought = history.day[(history.cents > 0) & (history.day <= today)]
        if not len(bought):
            return []
        settings = self.env["crm.metric.refresh"]._get_settings(
            scope.company, fields.Datetime.now()
        )
        # one customer's products are no company: each day of their silence counts
        late = judge_rhythms(
            rhythms(history, today), today, **settings.get_rhythm_choices()
        )
        left_out = late.missing & (late.expected_day <= bought.max())
        offered = self.env["product.product"].search(
            Domain("id", "in", history.customer_ids[left_out].tolist())
            & Domain("sale_ok", "=", True)
        )
        scale = 10**settings.decimals
        products = {product.id: product for product in offered}
        found = [
            {
                "product": products[history.customer_ids[place]],
                "interval": whole_days(late.interval_days[place]),
                "last_day": day_to_date(int(late.rhythm.last_day[place])),
                "value": float(np.nan_to_num(late.expected_cents[place])) / scale,
            }
            for place in np.flatnonzero(left_out)
            if history.customer_ids[place] in products
        ]
        return sorted(found, key=lambda each: (-each["value"], each["product"].id))

    def _get_note(self, scope, found):
        count = len(found)
        value = format_amount(sum(each["value"] for each in found), scope.currency)
        words = self.env._("1 product · about %(value)s", value=value)
        if count > 1:
            words = self.env._(
                "%(count)s products · about %(value)s", count=count, value=value
            )
        return blocks.Note(words)

    def _make_row(self, scope, found):
        product = found["product"]
        return blocks.Row(
            id=product.id,
            title=product.display_name,
            subtitle=self.env._(
                "every %(interval)s days, last %(date)s",
                interval=found["interval"],
                date=format_day(self.env, found["last_day"]),
            ),
            cell=blocks.money(found["value"], scope.currency),
            drill=blocks.Drill("product", product.id),
            actions=self._get_buttons(),
        )

    def _get_buttons(self):
        if not self.env["sale.order"].has_access("create"):
            return ()
        label = self.env._("New quotation with it")
        return (blocks.RowAction("quote", label, "fa-file-text-o"),)

    def _get_no_product_reason(self, history):
        if not len(history.day):
            return self.env._("This customer has no ordered product that you may read.")
        return self.env._(
            "No product with a rhythm of its own was left out of the latest orders."
        )

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open what the customer ordered, of one product or grouped by product."""
        key, value = self._check_drill(drill, product=self._is_readable_product)
        facets = {"search_default_group_by_product": 1}
        if key == "product":
            facets = {"search_default_product_id": value}
        return self._get_report_action(
            Domain("company_id", "in", scope.companies.ids)
            & scope.get_customer_domain("order_partner_id"),
            search_default_ordered=1,
            **self._get_company_context(scope),
            **facets,
        )

    def _is_readable_product(self, value):
        return self._is_readable("product.product", value)

    def _row_action_quote(self, product_id, scope):
        """Open a quotation with the product, as many as were ordered last."""
        return self._quote_again(scope, Domain("product_id", "=", product_id))

    def _quote_again(self, scope, domain):
        """Return the action of a quotation with the last ordered line of ``domain``."""
        line = self.env["sale.order.line"].search(
            self._get_products_domain(scope) & domain,
            order="order_id desc, id desc",
            limit=1,
        )
        if not line:
            raise ValidationError(
                self.env._("The customer never ordered this product.")
            )
        values = {
            "product_id": line.product_id.id,
            "product_uom_qty": line.product_uom_qty,
        }
        return make_quotation_action(
            scope.customer, default_order_line=[Command.create(values)]
        )

    def _get_report(self):
        return self._make_lines_report(
            self.env._("Ordered Products"),
            self._report_action,
            group_by="product_id",
            reading_note=self._get_orders_note(),
            terms=tuple(self._get_terms()),
        )

    def _get_terms(self):
        return [*super()._get_terms(), *self._get_rule_terms()]

    def _get_rule_terms(self):
        """Return what the rule is by which products are shown."""
        return [
            Term(
                self.env._("Not re-ordered"),
                self.env._(
                    "A product that the customer orders in a rhythm, that is late by "
                    "it, and that was left out of an order placed since it was due. "
                    "Its value is what it usually comes to in one order."
                ),
            ),
        ]
