# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What was sold, as orders, invoices and payments."""

from ..wholesaler import selling
from . import customers, invoices, sale_orders


def write(env, rng, clock, sold):
    """Write orders and what follows from them; returns (bills, payments).

    sold: [(Customer, documents.Order)].
    """
    orders = [order for _customer, order in sold]
    product = env["product.product"].browse(orders[0].lines[0].product_id)
    sale_orders.write(env, orders, product)
    bills, payments = selling.bills(rng, clock, sold)
    invoices.write(env, bills, payments, product)
    customers.mark_invoiced(env, bills)
    return bills, payments
