# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What ``make demo ORDERS=`` runs inside an Odoo shell."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

from odoo.addons.crm_dashboards_demo.records import partners, sale_orders
from odoo.addons.crm_dashboards_demo.wholesaler.clock import Clock
from odoo.addons.crm_dashboards_demo.wholesaler.documents import Line, Order

from tools import order_history

NOON = datetime.time(12)


def load(env, path):
    """Load an order history as customers and confirmed orders.

    env: of a superuser, in the company that gets the orders; path: a file that
    ``order_history.read`` reads. Raises order_history.MalformedHistory.
    """
    clock = Clock(env.company)
    past = order_history.read(path).moved_to(clock.today())
    names = sorted(set(past.customers))
    values = [{"name": name, "is_company": True, "customer_rank": 1} for name in names]
    customers = dict(zip(names, partners.create(env, values), strict=True))
    product = _create_product(env)
    noon = {day: clock.at(day, NOON) for day in set(past.dates)}
    smallest = Decimal(1).scaleb(-env.company.currency_id.decimal_places)
    orders = [
        Order(
            partner_id=customers[customer],
            date_order=noon[day],
            lines=[
                Line(
                    product_id=product.id,
                    name=product.display_name,
                    quantity=1,
                    price=amount.quantize(smallest, ROUND_HALF_UP),
                    from_price_list=False,
                )
            ],
        )
        for customer, day, amount in zip(
            past.customers, past.dates, past.amounts, strict=True
        )
    ]
    sale_orders.write(env, orders, product)
    env.company.crm_trend_source = "orders"
    for table in ("res_partner", "sale_order", "sale_order_line"):
        env.cr.execute(f'ANALYZE "{table}"')


def _create_product(env):
    return env["product.product"].create(
        {
            "name": "Order value",
            "type": "service",
            "list_price": 0,
            "invoice_policy": "order",
            "taxes_id": False,
            "purchase_ok": False,
        }
    )
