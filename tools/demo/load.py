# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What ``make demo`` runs inside an Odoo shell."""

import contextlib
import datetime
import time
from decimal import ROUND_HALF_UP, Decimal

from . import follow_ups, history, nights, partners, sale_orders
from . import wholesale as made_up
from .clock import Clock

NOON = datetime.time(12)
CHANGED_TABLES = (
    "res_partner",
    "sale_order",
    "sale_order_line",
    "account_move",
    "account_move_line",
    "account_payment",
    "account_partial_reconcile",
    "crm_lead",
    "mail_activity",
    "mail_message",
)


def orders(env, path):
    """Load an order history as customers and confirmed orders, and commit.

    env: of a superuser, in the company that gets the orders; path: a file that
    ``history.read`` reads. Raises history.MalformedHistory, and leaves nothing
    behind whatever goes wrong.
    """
    started = time.monotonic()
    with _all_or_nothing(env):
        clock = Clock(env.company)
        past = history.read(path).moved_to(clock.today())
        customers = partners.companies_named(env, sorted(set(past.customers)))
        print(f"{len(customers)} customers")
        product = _order_value_product(env)
        noon = {day: clock.at(day, NOON) for day in set(past.dates)}
        smallest = Decimal(1).scaleb(-env.company.currency_id.decimal_places)
        made = [
            sale_orders.Order(
                partner_id=customers[customer],
                invoice_partner_id=customers[customer],
                date_order=noon[day],
                lines=[
                    sale_orders.Line(
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
        sale_orders.write(env, made, product)
        if "crm_trend_source" in env.company._fields:
            env.company.crm_trend_source = "orders"
        _renew_statistics(env)
    print(
        f"{len(past)} orders, {min(past.dates)} to {max(past.dates)},"
        f" loaded in {time.monotonic() - started:.0f} s"
    )


def wholesale(env, today=None):
    """Make up a wholesaler with 36 months of business that end today, and commit.

    env: of a superuser, in the company that gets the business; today: another last
    day (datetime.date). Leaves nothing behind whatever goes wrong.
    """
    started = time.monotonic()
    with _all_or_nothing(env):
        clock = Clock(env.company, today)
        made_up.make(env, clock, print)
        _renew_statistics(env)
        nights.relive(env, clock)
        print(f"{follow_ups.create(env, clock)} missing orders followed up")
    print(f"made in {time.monotonic() - started:.0f} s")


def _order_value_product(env):
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


@contextlib.contextmanager
def _all_or_nothing(env):
    """Commit at the end, or undo everything."""
    try:
        yield
        env.cr.commit()
    except BaseException:
        env.cr.rollback()
        raise


def _renew_statistics(env):
    """Let PostgreSQL plan for the new sizes at once, not when it gets round to it."""
    for table in CHANGED_TABLES:
        env.cr.execute(f'ANALYZE "{table}"')
