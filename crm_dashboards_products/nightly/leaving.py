# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Lines that fell silent: found among a company's order lines, and stored."""

from dataclasses import replace

import numpy as np

from odoo.tools import SQL

from odoo.addons.crm_dashboards.analytics.history import OrderHistory, day_to_date
from odoo.addons.crm_dashboards.analytics.missing_orders import judge_rhythms
from odoo.addons.crm_dashboards.analytics.rhythm import rhythms
from odoo.addons.crm_dashboards.nightly.columns import align, judge_customers

from ..analytics.backtest import WAIT_DAYS, get_keys, sum_later
from ..analytics.leaving import choose_silence, find_leaving, is_watched
from .row_store import RowStore

LEAVING, FADING = "leaving", "fading"


def store_leaving(night, sales):
    """Store which lines customers stopped buying, as of a night.

    :param night: Night
    :param sales: ProductSales
    """
    customers = night.customers["id"]
    columns = find_lines(
        sales,
        night.orders,
        night.judged,
        night.settings,
        night.refresh.leaving_least_silence,
    )
    columns.pop("silence")
    known = np.isin(columns["partner_id"], customers)
    currency = np.full(known.sum(), night.company.currency_id.id, "int32")
    columns = {name: column[known] for name, column in columns.items()}
    RowStore(
        night,
        "crm.leaving.line",
        ("partner_id", "product_tmpl_id"),
        _get_values(night.settings.decimals),
        _get_stored(night.settings.decimals),
        born={"found_on": SQL("%s", day_to_date(night.settings.as_of))},
    ).store({**columns, "currency_id": currency})


def find_lines(sales, orders, judged, settings, least_silence=0):
    """Find the lines that fell silent.

    :param sales: ProductSales
    :param orders: OrderHistory of the customers
    :param judged: MissingOrders of the same, as of the same day
    :param settings: FigureSettings
    :param int least_silence: what the company asks for, in intervals
    :return: {column: array}, by rising customer and product
    """
    as_of = settings.as_of
    purchases = sales.purchases.until(as_of)
    known, ids = orders.customer_ids, purchases.customer_ids
    interval = align(judged.interval_days, known, ids, np.nan)
    last_day = align(judged.rhythm.last_day, known, ids, 0)
    watched = is_watched(purchases, interval, last_day, as_of)
    lines = judge_lines(purchases.of_pairs(watched), as_of)
    found = find_leaving(
        purchases,
        np.flatnonzero(watched),
        lines.interval_days,
        lines.seasonal,
        sales.offered,
        as_of,
        least_silence,
    )
    pair = found.pair
    return {
        "partner_id": ids[purchases.pair_customer[pair]].astype("int32"),
        "product_tmpl_id": purchases.product_ids[purchases.pair_product[pair]].astype(
            "int32"
        ),
        "is_fading": found.fading.astype("int16"),
        "last_day": purchases.last_day[pair].astype("int32"),
        "interval_days": found.interval_days,
        "silence": found.silence,
        "held_count": found.held_orders,
        "before_count": found.orders_before,
        "absent_count": found.absent_orders,
        "year_cents": found.year_cents,
    }


def review_leaving(night, sales):
    """Store what became of the lines that left quietly 90 days ago.

    And how long a silence it takes, where too many of them came back by themselves.

    :param night: Night
    :param sales: ProductSales
    """
    as_of = night.settings.as_of - WAIT_DAYS
    settings = replace(night.settings, as_of=as_of)
    judged = judge_customers(night.orders, night.customers, settings)
    columns = find_lines(sales, night.orders, judged, settings)
    left = columns["is_fading"] == 0
    pair = _find_pairs(sales.purchases, columns)[left]
    again = sum_later(sales.purchases, pair, as_of) > 0
    silence = columns["silence"][left]
    least = choose_silence(silence, again)
    found = silence >= least
    night.refresh.write(
        {
            "leaving_least_silence": least,
            "leaving_test_date": day_to_date(as_of),
            "leaving_test_count": int(found.sum()),
            "leaving_again_count": int(again[found].sum()),
        }
    )


def _find_pairs(purchases, columns):
    """Return the places of the pairs of columns of lines."""
    customer = purchases.customer_ids.searchsorted(columns["partner_id"])
    product = purchases.product_ids.searchsorted(columns["product_tmpl_id"])
    keys = customer * len(purchases.product_ids) + product
    return get_keys(purchases).searchsorted(keys)


def judge_lines(purchases, as_of):
    """Return what the rhythm of each pair says, as that of a customer would.

    :return: MissingOrders; each day of a line's silence counts
    """
    history = OrderHistory(
        np.arange(purchases.pair_count),
        purchases.starts,
        purchases.day,
        purchases.cents,
    )
    return judge_rhythms(rhythms(history, as_of), as_of)


def _get_values(decimals):
    """Return {column of crm_leaving_line: SQL of its value in ``fresh``}."""
    return {
        "currency_id": SQL("fresh.currency_id"),
        "kind": SQL(
            "CASE WHEN fresh.is_fading = 1 THEN %s ELSE %s END", FADING, LEAVING
        ),
        "last_date": SQL("DATE '1970-01-01' + fresh.last_day"),
        "interval_days": SQL("fresh.interval_days"),
        "held_count": SQL("fresh.held_count"),
        "before_count": SQL("fresh.before_count"),
        "absent_count": SQL("fresh.absent_count"),
        "year_value": SQL(
            "ROUND(fresh.year_cents / 10::numeric ^ %s, %s)", decimals, decimals
        ),
    }


def _get_stored(decimals):
    """Return {name of a fresh column: SQL of it in ``stored``}, the reverse."""
    return {
        "currency_id": SQL("COALESCE(stored.currency_id, 0)"),
        "is_fading": SQL("(stored.kind = %s)::int4", FADING),
        "last_day": SQL("stored.last_date - DATE '1970-01-01'"),
        "interval_days": SQL("stored.interval_days"),
        "held_count": SQL("stored.held_count"),
        "before_count": SQL("stored.before_count"),
        "absent_count": SQL("stored.absent_count"),
        "year_cents": SQL("(stored.year_value * 10::numeric ^ %s)", decimals),
    }
