# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Orders that answer what was noted of a customer since its last one."""

import numpy as np

from ..analytics.history import day_number, day_to_date
from .copy_binary import read_columns

OPEN_TYPES = {"id": "int32", "customer_id": "int32", "last_day": "int32"}


def find_answered(night, query):
    """Return the ids of rows after whose last order there is another one.

    :param query: SQL of ids, customers and day numbers of the last order, as int4
    :return: list of int
    """
    rows = read_columns(night.env, query, OPEN_TYPES)
    customers = night.orders.customer_ids
    if not len(customers):
        return []
    place = np.minimum(customers.searchsorted(rows["customer_id"]), len(customers) - 1)
    known = customers[place] == rows["customer_id"]
    since = night.orders.last_days()[place] > rows["last_day"]
    return rows["id"][known & since].tolist()


def get_order_dates(orders, customer, last_date):
    """Return the dates after one on which a customer ordered, the first one first.

    :param orders: OrderHistory that has the customer
    """
    row = orders.customer_ids.searchsorted(customer)
    mine = slice(orders.starts[row], orders.starts[row + 1])
    days = orders.day[mine]
    later = (orders.cents[mine] > 0) & (days > day_number(last_date))
    return map(day_to_date, np.unique(days[later]))
