# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The compared customers of a company, read from their stored figures."""

from typing import NamedTuple

import numpy as np

from odoo.tools import SQL

from ..analytics.rfm import OrderFigures
from ..analytics.rfm_moves import Ranking
from .copy_binary import read_columns

TYPES = {
    "id": "int32",
    "first_day": "int32",
    "last_day": "int32",
    "order_count": "int32",
    "value_cents": "int64",
    "total_count": "int32",
}
MOST_KEPT = 4  # companies of which a process keeps the population of the last night


class Population(NamedTuple):
    """The compared customers of a company as the last night knew them."""

    ids: np.ndarray  # of crm.customer.metric
    figures: OrderFigures
    ranking: Ranking


_kept = {}  # {(database, company id): (night, Population)}


def read_population(metric):
    """Return the customers that one is compared with, and its row among them.

    Read once a night and process: 200 000 customers are much to read to explain one of
    them. A customer whose own figures were refreshed since has all read again.

    Past record rules: only shares and thresholds of others may ever leave the caller,
    never a figure of one of them.

    :param metric: crm.customer.metric of one customer
    :return: (Population, row or None if not compared)
    """
    company = metric.company_id.sudo()
    key = (metric.env.cr.dbname, company.id)
    refresh = company.crm_metric_refresh_ids
    night = (refresh.as_of, refresh.duration_seconds, refresh.changed_count)
    known, population = _kept.get(key, (None, None))
    if known != night or not _holds(population, metric):
        population = _read(metric)
        _kept.pop(key, None)
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = (night, population)
    row = population.ids.searchsorted(metric.id)
    return population, int(row) if metric.segment else None


def _read(metric):
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
    ids, figures = columns.pop("id"), OrderFigures(**columns)
    return Population(ids, figures, Ranking.of(figures))


def _holds(population, metric):
    """Whether a population has the customer with the figures that it has now."""
    if not metric.segment:
        return True
    row = population.ids.searchsorted(metric.id)
    if row == len(population.ids) or population.ids[row] != metric.id:
        return False
    cents = round(metric.order_value * 10**metric.currency_id.decimal_places)
    figures = population.figures
    return (figures.order_count[row], figures.value_cents[row]) == (
        metric.order_count,
        cents,
    )
