# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The compared customers of a company, read from their stored figures."""

from odoo.tools import SQL

from ..analytics.rfm import OrderFigures
from .copy_binary import read_columns

TYPES = {
    "id": "int32",
    "first_day": "int32",
    "last_day": "int32",
    "order_count": "int32",
    "value_cents": "int64",
    "total_count": "int32",
}


def read_population(metric):
    """Return the customers that one is compared with, and its row among them.

    Past record rules: only shares and thresholds of others may ever leave the caller,
    never a figure of one of them.

    :param metric: crm.customer.metric of one customer
    :return: (OrderFigures of c customers, row or None if not compared)
    """
    query = SQL(
        """
        SELECT id, (first_order_date - DATE '1970-01-01')::int4,
               (last_order_date - DATE '1970-01-01')::int4,
               order_count::int4, (order_value * %s)::int8, order_total_count::int4
          FROM crm_customer_metric
         WHERE company_id = %s AND segment IS NOT NULL
         ORDER BY id
        """,
        10**metric.currency_id.decimal_places,
        metric.company_id.id,
    )
    columns = read_columns(metric.env, query, TYPES)
    ids = columns.pop("id")
    row = ids.searchsorted(metric.id)
    known = row < len(ids) and ids[row] == metric.id
    return OrderFigures(**columns), int(row) if known else None
