# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Histories of a company into the columns of its customers' figures.

Calls the methods of ``analytics`` and lines their results up by customer; what is
undefined becomes a value that the table's writer turns into an empty one.
"""

import numpy as np

from ..analytics.company_month import COUNTED
from ..analytics.history import unite
from ..analytics.missing_orders import NO_DAY, find_missing_orders
from ..analytics.rfm import rfm
from ..analytics.trend import trends
from .month import make_month
from .order_fingerprint import get_fingerprints

COMPARED = COUNTED  # code of a customer that nothing leaves out
UNKNOWN = -1  # code of a customer without figures: archived, or an own company
NO_CENTS = np.iinfo(np.int64).min
LEFT_OUT_REASONS = ("excluded", "individual", "never_invoiced")
LEFT_OUT_NAMES = {UNKNOWN: "other", **dict(enumerate(LEFT_OUT_REASONS, start=1))}
ORDER_STATES = ("expected", "overdue", "quiet", "missing", "seasonal", "lapsed")


def judge_customers(orders, customers, settings, company=None):
    """Tell what is expected of the customers of an OrderHistory.

    :param orders: OrderHistory of confirmed orders
    :param customers: {"id": sorted int array, "code": int16 array}, the partners that
        may have figures; code COMPARED, or why a customer is left out
    :param settings: FigureSettings
    :param company: CompanyRhythm, where the orders are not those of all customers
    :return: MissingOrders
    """
    return find_missing_orders(
        orders,
        settings.as_of,
        population=is_compared(orders, customers),
        company=company,
        **settings.get_rhythm_choices(),
    )


def make_columns(orders, transactions, customers, settings, judged):
    """Compute all figures of a company's customers.

    :param orders, customers, settings: as for judge_customers
    :param transactions: OrderHistory that the trend is made from
    :param judged: what judge_customers returned
    :return: ({column: array}, a row for each customer that is compared with others or
        has a history; CompanyMonth)
    """
    ids = _get_customer_ids(orders, transactions, customers)
    codes = align(customers["code"], customers["id"], ids, UNKNOWN)
    order_columns, month = _make_order_columns(orders, ids, customers, settings, judged)
    columns = {
        "partner_id": ids.astype("int32"),
        "left_out": codes,
        **order_columns,
        **_make_trend_columns(transactions, orders, ids, customers, settings),
    }
    with_figures = (
        (codes == COMPARED)
        | (columns["order_total_count"] > 0)
        | (columns["trend_this_year"] != 0)
        | (columns["trend_last_year"] != 0)
    )
    keep = (codes != UNKNOWN) & with_figures
    return {name: column[keep] for name, column in columns.items()}, month


def _get_customer_ids(orders, transactions, customers):
    compared = customers["id"][customers["code"] == COMPARED]
    return unite(unite(orders.customer_ids, transactions.customer_ids), compared)


class Alignment:
    """Puts values of customers ``ids`` in the order of ``wanted``, both sorted."""

    def __init__(self, ids, wanted):
        self._size = len(wanted)
        place = np.minimum(np.searchsorted(wanted, ids), max(len(wanted) - 1, 0))
        self._known = wanted[place] == ids if len(wanted) else np.zeros(len(ids), bool)
        self._place = place[self._known]

    def align(self, values, missing):
        """Return a value for each one wanted, ``missing`` where there is none."""
        aligned = np.full(self._size, missing, values.dtype)
        aligned[self._place] = values[self._known]
        return aligned


def align(values, ids, wanted, missing):
    """Values of customers ``ids`` in the order of ``wanted``, both sorted."""
    return Alignment(ids, wanted).align(values, missing)


def is_compared(history, customers):
    """Which customers of a history are compared with the others, bool[c]."""
    codes = align(customers["code"], customers["id"], history.customer_ids, UNKNOWN)
    return codes == COMPARED


def _make_order_columns(orders, ids, customers, settings, judged):
    codes = align(customers["code"], customers["id"], orders.customer_ids, UNKNOWN)
    segments = rfm(
        orders,
        settings.as_of,
        settings.window_months,
        codes == COMPARED,
        settings.method,
        settings.cutoffs,
    )
    month_columns, month = make_month(orders, codes, judged, settings)
    ordering = Alignment(orders.customer_ids, ids)
    columns = {
        name: ordering.align(column, missing)
        for name, (column, missing) in {
            **_get_segment_columns(segments),
            **get_next_order_columns(judged, segments.total_count),
            **month_columns,
            "order_fingerprint": (get_fingerprints(orders), 0),
        }.items()
    }
    return columns, month


def _get_segment_columns(segments):
    ordered = segments.total_count > 0
    return {
        "segment": (segments.segment.astype("int16"), -1),
        "recency_score": (segments.r.astype("int16"), 0),
        "frequency_score": (segments.f.astype("int16"), 0),
        "monetary_score": (segments.m.astype("int16"), 0),
        "frequency_monetary_score": (segments.fm.astype("int16"), 0),
        "first_order_date": (_days(segments.first_day, ordered), NO_DAY),
        "order_count": (segments.order_count, 0),
        "order_value": (segments.value_cents, 0),
    }


def get_next_order_columns(judged, order_counts):
    """Return what is known of each customer's last order, and of its next one.

    :param judged: MissingOrders of c customers
    :param order_counts: int32[c], orders above 0 ever
    :return: {column: (array, value where there is none)}
    """
    waited_for = ~np.isnan(judged.churn_probability)
    shorter = np.where(waited_for, judged.rhythm.gaps_shorter, 0).astype("int32")
    quiet = np.where(waited_for, judged.quiet_days, 0).astype("int32")
    known = ~np.isnan(judged.interval_days)
    gaps = np.where(known, judged.rhythm.gap_count, 0).astype("int32")
    # rounded like the interval, which lies between them
    low = np.where(known, np.round(judged.rhythm.gap_low, 1), np.nan)
    high = np.where(known, np.round(judged.rhythm.gap_high, 1), np.nan)
    return {
        "order_total_count": (order_counts, 0),
        "last_order_date": (_days(judged.rhythm.last_day, order_counts > 0), NO_DAY),
        "interval_days": (judged.interval_days, np.nan),
        "interval_low_days": (low, np.nan),
        "interval_high_days": (high, np.nan),
        "gap_count": (gaps, 0),
        "gap_shorter_count": (shorter, 0),
        "quiet_days": (quiet, 0),
        "expected_order_date": (judged.expected_day, NO_DAY),
        "expected_order_value": (_cents(judged.expected_cents), NO_CENTS),
        "order_state": (_get_order_states(judged), 0),
        "churn_probability": (judged.churn_probability, np.nan),
        "value_at_risk": (_cents(judged.value_at_risk_cents), NO_CENTS),
    }


def _get_order_states(judged):
    """Code of each customer's state: 1 + index into ORDER_STATES, 0 without rhythm."""
    code = {state: index for index, state in enumerate(ORDER_STATES, start=1)}
    return np.select(
        [
            np.isnan(judged.interval_days),
            judged.lapsed,
            judged.missing,
            (judged.late | judged.quiet) & judged.seasonal,
            judged.quiet,
            judged.overdue,
        ],
        [
            0,
            *(code[state] for state in ("lapsed", "missing", "seasonal")),
            *(code[state] for state in ("quiet", "overdue")),
        ],
        code["expected"],
    ).astype("int16")


def _make_trend_columns(transactions, orders, ids, customers, settings):
    known = transactions.customer_ids
    first_orders = orders.positive().first_days(missing=settings.as_of)
    years = trends(
        transactions,
        settings.as_of,
        settings.trend_band,
        settings.trend_strict,
        is_compared(transactions, customers),
        known_from=align(first_orders, orders.customer_ids, known, settings.as_of),
    )
    columns = {
        "trend": (years.trend.astype("int16"), -1),
        "trend_this_year": (years.this_year_cents, 0),
        "trend_last_year": (years.last_year_cents, 0),
        "trend_change": (np.round(years.change_share, 4), np.nan),
        "trend_is_new": (years.new.astype("int16"), 0),
        "trend_is_back": (years.back.astype("int16"), 0),
        "trend_is_lost": (years.lost.astype("int16"), 0),
        "trend_is_chance": (years.may_be_chance.astype("int16"), 0),
    }
    trading = Alignment(known, ids)
    return {
        name: trading.align(column, missing)
        for name, (column, missing) in columns.items()
    }


def _days(days, known):
    return np.where(known, days, NO_DAY).astype("int32")


def _cents(cents):
    """Whole cents of an array that may hold NaN, NO_CENTS for those."""
    known = ~np.isnan(cents)
    return np.where(known, np.where(known, cents, 0), NO_CENTS).astype("int64")
