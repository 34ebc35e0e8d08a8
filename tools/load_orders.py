# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What ``make demo ORDERS=`` runs inside an Odoo shell."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from odoo.addons.crm_dashboards_demo.records import partners, sale_orders
from odoo.addons.crm_dashboards_demo.wholesaler.clock import Clock
from odoo.addons.crm_dashboards_demo.wholesaler.documents import Line, Order

from tools.order_history import LineHistory, read

NOON = datetime.time(12)


def load(env, path):
    """Load an order history as customers and confirmed orders.

    env: of a superuser, in the company that gets the orders; path: a file that
    ``order_history.read`` reads, products being made of one that has lines. Raises
    MalformedHistory.
    """
    clock = Clock(env.company)
    past = read(path).moved_to(clock.today())
    names = sorted(set(past.customers))
    values = [{"name": name, "is_company": True, "customer_rank": 1} for name in names]
    customers = dict(zip(names, partners.create(env, values), strict=True))
    noon = {day: clock.at(day, NOON) for day in set(past.dates)}
    smallest = Decimal(1).scaleb(-env.company.currency_id.decimal_places)
    if isinstance(past, LineHistory):
        orders, product = _orders_of_lines(env, past, customers, noon, smallest)
    else:
        orders, product = _orders_of_amounts(env, past, customers, noon, smallest)
    sale_orders.write(env, orders, product)
    env.company.crm_trend_source = "orders"
    for table in ("res_partner", "sale_order", "sale_order_line", "product_product"):
        env.cr.execute(f'ANALYZE "{table}"')


def _orders_of_amounts(env, past, customers, noon, smallest):
    """Orders of one line each, and its product."""
    (product,) = _create_products(env, [{"name": "Order value", "type": "service"}])
    orders = [
        Order(
            partner_id=customers[customer],
            date_order=noon[day],
            lines=[_line(product, 1, amount, smallest)],
        )
        for customer, day, amount in zip(
            past.customers, past.dates, past.amounts, strict=True
        )
    ]
    return orders, product


def _orders_of_lines(env, past, customers, noon, smallest):
    """Orders of the lines, and one of the products."""
    newest = sorted(zip(past.dates, past.products, past.prices, strict=True))
    prices = {product: price for _day, product, price in newest}
    codes = list(past.names)
    values = [
        {
            "name": past.names[code],
            "default_code": code,
            "type": "consu",
            "list_price": float(prices[code]),
        }
        for code in codes
    ]
    products = dict(zip(codes, _create_products(env, values), strict=True))
    orders = {}
    for customer, number, day, code, quantity, price in zip(
        past.customers,
        past.orders,
        past.dates,
        past.products,
        past.quantities,
        past.prices,
        strict=True,
    ):
        order = orders.setdefault(
            number,
            Order(partner_id=customers[customer], date_order=noon[day], lines=[]),
        )
        order.lines.append(_line(products[code], quantity, price, smallest))
    return list(orders.values()), products[codes[0]]


def _line(product, quantity, price, smallest):
    """A line whose price is a sum of money, and its value as Odoo rounds it."""
    return _Line(
        product_id=product.id,
        name=product.display_name,
        quantity=quantity,
        price=price.quantize(smallest, ROUND_HALF_UP),
        from_price_list=False,
        smallest=smallest,
    )


@dataclass
class _Line(Line):
    smallest: Decimal = Decimal("0.01")

    @property
    def subtotal(self):
        return super().subtotal.quantize(self.smallest, ROUND_HALF_UP)


def _create_products(env, values):
    common = {
        "list_price": 0,
        "invoice_policy": "order",
        "taxes_id": False,
        "purchase_ok": False,
    }
    return partners.quietly(env)["product.product"].create(
        [{**common, **each} for each in values]
    )
