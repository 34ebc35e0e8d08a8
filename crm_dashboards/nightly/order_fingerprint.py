# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A number that tells whether a customer's orders are those that figures rest on.

Not when they were written: a contact that moves, a merge and a deletion leave no trace
on any order. The sum over the orders of a mixture of day and amount, in numpy by night
and in SQL by day: any order that comes, goes or changes makes it another number.
"""

from odoo.tools import SQL

DAY_STEP = 1_000_003
PRIME = 2**31 - 1  # the remainder's square fits into 64 bits, the result into 32


def get_fingerprints(orders):
    """Return the fingerprint of each customer of an OrderHistory, int32[c]."""
    key = (orders.day.astype("int64") * DAY_STEP + orders.cents) % PRIME
    return (orders.sums(key * key % PRIME) % PRIME).astype("int32")


def get_fingerprint_sql(orders):
    """Return the SQL of the fingerprint of some orders.

    :param orders: query of columns day and cents, see reading.get_orders_sql
    """
    return SQL(
        """
        (SELECT MOD(COALESCE(SUM(MOD(mixed.key * mixed.key, %(prime)s)), 0),
                    %(prime)s)::int4
           FROM (SELECT MOD(counted.day::int8 * %(step)s + counted.cents, %(prime)s)
                        AS key
                   FROM (%(orders)s) counted) mixed)
        """,
        prime=PRIME,
        step=DAY_STEP,
        orders=orders,
    )
