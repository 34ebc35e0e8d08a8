# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order lines of one customer."""

from dataclasses import dataclass

from odoo.fields import Domain
from odoo.tools import SQL

from ..analytics.history import day_number

LINES = 5000  # the newest; an order counts for half of that seven orders later
COLUMNS = (
    *("product_id", "product_uom_id", "product_uom_qty"),
    *("price_subtotal", "currency_id", "crm_base_net_value"),
)


@dataclass(frozen=True)
class BoughtLine:
    """A product in a confirmed order.

    Attributes
    ----------
    day : int
        Day number, in the zone of the user.
    product : product.product
        Maybe archived, or of another company.
    unit : uom.uom
    quantity : float
        In ``unit``, above 0.
    amount : float
        Net, in ``currency``, above 0.
    currency : res.currency
    value : float
        Net, in the company's currency, above 0.
    """

    day: int
    product: object
    unit: object
    quantity: float
    amount: float
    currency: object
    value: float


def read_lines(scope):
    """Return the BoughtLines of the customer of ``scope``, the oldest first.

    Of the orders that the user may read in the current company, without what was given
    away, returned, paid in advance, delivered for money or part of a combo, and without
    orders dated ahead.
    """
    model = scope.env["sale.order.line"]
    domain = (
        model._get_ordered_domain(scope.company)
        & scope.get_customer_domain("order_partner_id")
        & Domain("product_id", "!=", False)
        & Domain("combo_item_id", "=", False)
        & Domain("product_uom_qty", ">", 0)
        & Domain("price_subtotal", ">", 0)
    )
    if "is_delivery" in model._fields:
        domain &= Domain("is_delivery", "=", False)
    query = model._search(domain, order="order_id, id", limit=LINES)
    moment, *columns = (
        model._field_to_sql(model._table, name, query)
        for name in ("crm_order_date", *COLUMNS)
    )
    day = SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, scope.zone.name)
    rows = scope.env.execute_query(query.select(day, *columns))
    today = day_number(scope.today)
    lines = [_make_line(scope, *row) for row in reversed(rows)]
    return [line for line in lines if line.day <= today and line.value > 0]


def _make_line(scope, day, product, unit, quantity, amount, currency, value):
    env = scope.env
    return BoughtLine(
        day=day_number(day),
        product=env["product.product"].browse(product),
        unit=env["uom.uom"].browse(unit),
        quantity=float(quantity),
        amount=float(amount),
        currency=env["res.currency"].browse(currency),
        value=float(value),
    )
