# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Quotations of the last two years: from them follows how many are ordered later."""

import datetime

from psycopg2.extras import execute_values

from ..wholesaler import catalogue
from . import quotations

ORDERED, LOST = 130, 90
DAYS_AGO = (190, 690)
SENT_DAYS_AGO = (2, 5, 12, 25, 28, 45, 75)
LONG_VALID = datetime.timedelta(days=90)  # of those open for longer than usual
SENT_LINES = 4
MOST_DAYS_OPEN = 75  # of those that were ordered
MEAN_DAYS_OPEN = 12


def create(env, rng, clock, customers, products):
    """Let some orders have been sent as quotations before, and make up lost ones.

    products: catalogue.Product at the indices that customers want.
    """
    _send_before(env, rng, clock)
    prices = catalogue.prices(products)
    made = []
    for _each in range(LOST):
        customer = customers[rng.integers(len(customers))]
        moment = clock.days_ago(rng, rng.integers(*DAYS_AGO))
        value = quotations.USUAL_VALUE * (0.4 + 2 * rng.random())
        basket = catalogue.basket(rng, value, customer.wanted, prices)
        lines = [(products[index], float(count)) for index, count in basket]
        made.append((customer, moment, lines, "cancel"))
    return quotations.write(env, made)


def create_open(env, clock, customers, products):
    """Create a quotation of each of some customers, sent so many days ago.

    products: catalogue.Product at the indices that customers want.
    """
    made = []
    for customer, days in zip(customers, SENT_DAYS_AGO, strict=False):
        moment = clock.at(
            clock.today() - datetime.timedelta(days=days), datetime.time(10, 20)
        )
        lines = [
            (products[index], float(catalogue.pack_size(products[index].price)))
            for index in customer.wanted[:SENT_LINES]
        ]
        made.append((customer, moment, lines, "sent"))
    open_ = quotations.write(env, made)
    for quotation in open_:
        sent_on = quotation.create_date.date()
        if clock.today() - sent_on > quotations.VALID:
            quotation.validity_date = sent_on + LONG_VALID
    return open_


def _send_before(env, rng, clock):
    """Date some orders' quotations and their sending some days before the order."""
    newest, oldest = (clock.now() - datetime.timedelta(days=days) for days in DAYS_AGO)
    env.cr.execute(
        "SELECT id, date_order FROM sale_order WHERE company_id = %s"
        " AND state = 'sale' AND date_order BETWEEN %s AND %s ORDER BY id",
        [env.company.id, oldest, newest],
    )
    orders = env.cr.fetchall()
    chosen = rng.choice(len(orders), min(ORDERED, len(orders)), replace=False)
    days = rng.exponential(MEAN_DAYS_OPEN, len(chosen)).clip(0.1, MOST_DAYS_OPEN)
    sent = [
        (orders[place][0], orders[place][1] - datetime.timedelta(days=float(open_)))
        for place, open_ in zip(chosen.tolist(), days, strict=True)
    ]
    execute_values(
        env.cr._obj,
        "UPDATE sale_order AS t SET create_date = v.moment::timestamp"
        " FROM (VALUES %s) AS v (id, moment) WHERE t.id = v.id",
        sent,
    )
    quotations.note_changes(env, [(order, "sent", moment) for order, moment in sent])
    env.invalidate_all()
