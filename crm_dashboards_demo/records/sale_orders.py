# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Confirmed orders, written a hundred thousand at a time."""

import datetime

from . import example_rows


def write(env, orders, product):
    """Write orders, oldest first, and give them their ids and names.

    orders: list of documents.Order whose quantities times prices need no rounding;
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
    with example_rows.unchecked(env.cr):
        example_rows.insert(
            env.cr,
            "sale_order",
            order_row,
            (_order_values(order, validity, env.uid) for order in orders),
        )
        example_rows.insert(
            env.cr,
            "sale_order_line",
            line_row,
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
    return {
        "id": order.id,
        "name": order.name,
        "partner_id": order.partner_id,
        "partner_invoice_id": order.partner_id,
        "partner_shipping_id": order.partner_id,
        "user_id": order.user_id,
        "team_id": order.team_id,
        "create_uid": author,
        "write_uid": author,
        "date_order": order.date_order,
        "create_date": created,
        "write_date": order.date_order,
        "validity_date": created.date() + validity if validity else None,
        "payment_term_id": order.payment_term_id,
        "fiscal_position_id": order.fiscal_position_id,
        "opportunity_id": order.opportunity_id,
        "invoice_status": _invoice_status(order),
        "amount_untaxed": order.amount,
        "amount_total": order.amount,
    }


def _line_values(order, line, number, default_uid):
    author = order.user_id or default_uid
    return {
        "id": line.id,
        "order_id": order.id,
        "sequence": 10 + number,
        "order_partner_id": order.partner_id,
        "salesman_id": order.user_id,
        "create_uid": author,
        "write_uid": author,
        "create_date": order.create_date or order.date_order,
        "write_date": order.date_order,
        "product_id": line.product_id,
        "name": line.name,
        "product_uom_qty": line.quantity,
        "price_unit": line.price,
        # A price equal to the technical one is replaced by the product's as soon
        # as somebody changes the quantity.
        "technical_price_unit": line.price if line.from_price_list else 0,
        "price_subtotal": line.subtotal,
        "price_total": line.subtotal,
        "price_reduce_taxexcl": line.price,
        "price_reduce_taxinc": line.price,
        "qty_delivered": line.quantity if order.delivered else 0,
        "invoice_status": _invoice_status(order),
        "qty_invoiced": line.quantity if order.invoiced else 0,
        "qty_to_invoice": 0 if order.invoiced else line.quantity,
        "untaxed_amount_invoiced": line.subtotal if order.invoiced else 0,
        "untaxed_amount_to_invoice": 0 if order.invoiced else line.subtotal,
    }
