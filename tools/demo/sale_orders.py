"""Confirmed orders, written a hundred thousand at a time."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from . import example_rows

ORDER_COLUMNS = [
    "id",
    "name",
    "partner_id",
    "partner_invoice_id",
    "partner_shipping_id",
    "user_id",
    "team_id",
    "create_uid",
    "write_uid",
    "date_order",
    "create_date",
    "write_date",
    "validity_date",
    "payment_term_id",
    "fiscal_position_id",
    "opportunity_id",
    "invoice_status",
    "amount_untaxed",
    "amount_total",
]
LINE_COLUMNS = [
    "id",
    "order_id",
    "sequence",
    "order_partner_id",
    "salesman_id",
    "create_uid",
    "write_uid",
    "create_date",
    "write_date",
    "product_id",
    "name",
    "product_uom_qty",
    "price_unit",
    "technical_price_unit",
    "price_subtotal",
    "price_total",
    "price_reduce_taxexcl",
    "price_reduce_taxinc",
    "qty_delivered",
    "invoice_status",
    "qty_invoiced",
    "qty_to_invoice",
    "untaxed_amount_invoiced",
    "untaxed_amount_to_invoice",
]


@dataclass
class Line:
    """One product of an order; prices in the company's currency, without tax."""

    product_id: int
    name: str
    quantity: Decimal
    price: Decimal
    from_price_list: bool
    id: int = 0

    @property
    def subtotal(self):
        return self.quantity * self.price


@dataclass
class Order:
    """A confirmed order to be written; times are naive UTC."""

    partner_id: int
    invoice_partner_id: int
    date_order: datetime.datetime
    lines: list
    user_id: int | None = None
    team_id: int | None = None
    create_date: datetime.datetime | None = None
    payment_term_id: int | None = None
    fiscal_position_id: int | None = None
    opportunity_id: int | None = None
    delivered: bool = False
    invoiced: bool = False
    id: int = 0
    name: str = ""

    @property
    def amount(self):
        return sum(line.subtotal for line in self.lines)


def write(env, orders, product):
    """Write orders, oldest first, and give them their ids and names.

    orders: list of Order whose quantities times prices need no rounding;
    product: any of the products, without taxes, invoiced as ordered.
    Totals and what is left to invoice are written as Odoo computes them; invoices of
    orders that are ``invoiced`` are to follow from ``invoices.write``.
    """
    order_row, line_row = _examples(env, product)
    orders.sort(key=lambda order: order.date_order)
    for order, id_, name in zip(
        orders,
        example_rows.reserve_ids(env.cr, "sale_order", len(orders)),
        _take_names(env, len(orders)),
        strict=True,
    ):
        order.id, order.name = id_, name
    lines = [line for order in orders for line in order.lines]
    line_ids = example_rows.reserve_ids(env.cr, "sale_order_line", len(lines))
    for line, id_ in zip(lines, line_ids, strict=True):
        line.id = id_
    validity = datetime.timedelta(days=env.company.quotation_validity_days)
    example_rows.insert(
        env.cr,
        "sale_order",
        order_row,
        ORDER_COLUMNS,
        (_order_values(order, validity, env.uid) for order in orders),
    )
    example_rows.insert(
        env.cr,
        "sale_order_line",
        line_row,
        LINE_COLUMNS,
        (
            _line_values(order, line, number, env.uid)
            for order in orders
            for number, line in enumerate(order.lines)
        ),
    )
    env.invalidate_all()


def _examples(env, product):
    """The rows of a confirmed order of one line, and of that line."""
    with example_rows.forgotten(env):
        customer = env["res.partner"].create({"name": "Example", "is_company": True})
        line = {"product_id": product.id, "product_uom_qty": 1, "price_unit": 1}
        order = env["sale.order"].create(
            {
                "name": "Example",
                "partner_id": customer.id,
                "pricelist_id": False,
                "user_id": False,
                "order_line": [(0, 0, line)],
            }
        )
        order.action_confirm()
        return example_rows.row_of(order), example_rows.row_of(order.order_line)


def _take_names(env, count):
    """The next names of orders, taken from the sequence that numbers them."""
    sequence = env["ir.sequence"].search(
        [
            ("code", "=", "sale.order"),
            ("company_id", "in", [env.company.id, False]),
        ],
        order="company_id",
        limit=1,
    )
    prefix, suffix = sequence._get_prefix_suffix()
    current = sequence._get_current_sequence()
    first, step = current.number_next_actual, sequence.number_increment
    current.number_next_actual = first + count * step
    return [
        f"{prefix}{number:0{sequence.padding}d}{suffix}"
        for number in range(first, first + count * step, step)
    ]


def _invoice_status(order):
    return "invoiced" if order.invoiced else "to invoice"


def _order_values(order, validity, default_uid):
    created = order.create_date or order.date_order
    author = order.user_id or default_uid
    return (
        order.id,
        order.name,
        order.partner_id,
        order.invoice_partner_id,
        order.partner_id,
        order.user_id,
        order.team_id,
        author,
        author,
        order.date_order,
        created,
        order.date_order,
        created.date() + validity if validity else None,
        order.payment_term_id,
        order.fiscal_position_id,
        order.opportunity_id,
        _invoice_status(order),
        order.amount,
        order.amount,
    )


def _line_values(order, line, number, default_uid):
    author = order.user_id or default_uid
    return (
        line.id,
        order.id,
        10 + number,
        order.partner_id,
        order.user_id,
        author,
        author,
        order.create_date or order.date_order,
        order.date_order,
        line.product_id,
        line.name,
        line.quantity,
        line.price,
        # A price equal to the technical one is replaced by the product's as soon
        # as somebody changes the quantity.
        line.price if line.from_price_list else 0,
        line.subtotal,
        line.subtotal,
        line.price,
        line.price,
        line.quantity if order.delivered else 0,
        _invoice_status(order),
        line.quantity if order.invoiced else 0,
        0 if order.invoiced else line.quantity,
        line.subtotal if order.invoiced else 0,
        0 if order.invoiced else line.subtotal,
    )
