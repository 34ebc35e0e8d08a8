# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How each customer orders: gaps between order-days, values, the last year.

An order-day is a day with at least one order above 0. These are facts of a customer
alone; what compares customers is in :mod:`~.missing_orders`.
"""

from dataclasses import dataclass

import numpy as np

from .history import add_months

__all__ = [
    "LAST_ORDERS",
    "Rhythms",
    "mean_log_of_last",
    "order_gaps",
    "quartiles_of_last",
    "rate_days",
    "rhythms",
    "weekday",
    "whole_days",
]

LAST_ORDERS = 12
YEAR_DAYS = 365
YOUNGEST_RATE_DAYS = 90
SEASON_MONTHS = 24
SLICE = 1 << 17  # customers whose last gaps are laid out at a time
POPCOUNT = np.array([bin(bits).count("1") for bits in range(1 << 12)], dtype=np.int8)


@dataclass(frozen=True, eq=False)
class Rhythms:
    """Facts of c customers on one day.

    Attributes
    ----------
    first_day, last_day : int32[c]
        First and last order-day; 0 where there is none.
    order_day_count : int32[c]
        Order-days ever.
    gap_count : int32[c]
        Gaps that the quartiles rest on, at most twelve.
    gap_low, gap_median, gap_high : float64[c]
        Quartiles of those gaps in days; NaN without gaps.
    gap_mean_log : float64[c]
        Mean natural logarithm of those gaps; NaN without gaps.
    gaps_shorter : int32[c]
        How many of those gaps were shorter than the recency since the last order.
    mean_cents : float64[c]
        Mean of the last twelve order-days; NaN without order-days.
    year_order_days : int32[c]
        Order-days of the last 365 days, the very first order-day left out.
    year_cents : int64[c]
        Net sales of the last 365 days, credits included.
    season_months : int8[c]
        Months of the year (at most 12) with an order-day in the last 24 months.
    gap_a_year_ago : int32[c]
        Length of the gap around the day 365 days ago, 0 where there was none.
    completed_gaps : int32[k]
        All gaps, customer after customer.
    completed_counts : int32[c]
        Number of them.
    weekday_orders : int64[7]
        Orders above 0 of the last 365 days by weekday, Monday first.
    """

    first_day: np.ndarray
    last_day: np.ndarray
    order_day_count: np.ndarray
    gap_count: np.ndarray
    gap_low: np.ndarray
    gap_median: np.ndarray
    gap_high: np.ndarray
    gap_mean_log: np.ndarray
    gaps_shorter: np.ndarray
    mean_cents: np.ndarray
    year_order_days: np.ndarray
    year_cents: np.ndarray
    season_months: np.ndarray
    gap_a_year_ago: np.ndarray
    completed_gaps: np.ndarray
    completed_counts: np.ndarray
    weekday_orders: np.ndarray


def rhythms(history, as_of):
    """Facts of every customer of a history.

    Parameters
    ----------
    history : OrderHistory
    as_of : int
        Day number; later orders are ignored.

    Returns
    -------
    Rhythms
    """
    history = history.until(as_of)
    days = history.order_days()
    gaps = order_gaps(days)
    gap_count = np.clip(days.counts - 1, 0, LAST_ORDERS).astype(np.int32)
    ends = days.starts[1:]
    gap_low, gap_median, gap_high = quartiles_of_last(gaps, ends, gap_count)
    value_count = np.minimum(days.counts, LAST_ORDERS)
    last_day = days.last_days()
    return Rhythms(
        first_day=days.first_days(),
        last_day=last_day,
        order_day_count=days.counts.astype(np.int32),
        gap_count=gap_count,
        gap_low=gap_low,
        gap_median=gap_median,
        gap_high=gap_high,
        gap_mean_log=mean_log_of_last(gaps, ends, gap_count),
        gaps_shorter=_gaps_shorter(gaps, ends, gap_count, as_of - last_day),
        mean_cents=mean_of_last(days.cents, ends, value_count),
        **_last_year(history, days, as_of),
        season_months=_season_months(days, as_of),
        gap_a_year_ago=_gap_around(days, gaps, as_of - YEAR_DAYS),
        completed_gaps=gaps[_has_gap(days)],
        completed_counts=np.maximum(days.counts - 1, 0).astype(np.int32),
        weekday_orders=_weekday_orders(history, as_of),
    )


def rate_days(first_day, as_of):
    """Days over which a customer's sales of the past year are taken as a rate.

    Its age, but a quarter at least: the first order opened that window itself, and
    divided by a day or two it would be a rate that nobody ever saw.

    Parameters
    ----------
    first_day, as_of : int or int[...]
        Day numbers, of shapes that go together.

    Returns
    -------
    int[...]
        90 to 365.
    """
    return np.clip(as_of - first_day, YOUNGEST_RATE_DAYS, YEAR_DAYS)


def weekday(day):
    """Weekday of day numbers, 0 for Monday."""
    return (day + 3) % 7  # 1970-01-01 was a Thursday


def whole_days(days):
    """Days as people read them and as dates count them: half a day is one more."""
    return np.floor(days + 0.5).astype(np.int64)


def order_gaps(days):
    """Days since the customer's order-day before, for each order-day.

    Parameters
    ----------
    days : OrderHistory
        Of order-days.

    Returns
    -------
    int32[n]
        0 on each customer's first.
    """
    gaps = np.diff(days.day, prepend=days.day[:1])
    gaps[days.starts[:-1][days.counts > 0]] = 0
    return gaps


def quartiles_of_last(values, ends, counts):
    """Quartiles of the values that end at some rows.

    Parameters
    ----------
    values : int[n] or float[n]
    ends, counts : int[k]
        Group ``i`` is ``values[ends[i] - counts[i]:ends[i]]``, small.

    Returns
    -------
    tuple of three float64[k]
        Interpolated linearly; NaN for an empty group.
    """
    answer = tuple(np.full(len(ends), np.nan) for _quartile in range(3))
    for part, table in _laid_out(values, ends, counts):
        table.sort(axis=1)
        for column, share in zip(answer, (0.25, 0.5, 0.75), strict=True):
            column[part] = _quantile(table, counts[part], share)
    return answer


def mean_of_last(values, ends, counts):
    """Means of the groups of :func:`quartiles_of_last`, float64[k]."""
    running = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=running[1:])
    total = (running[ends] - running[ends - counts]).astype(float)
    return np.divide(total, counts, out=np.full(len(ends), np.nan), where=counts > 0)


def mean_log_of_last(values, ends, counts):
    """Mean logarithms of the groups of :func:`quartiles_of_last`, float64[k].

    Of whole numbers from 1 on; NaN for an empty group.
    """
    answer = np.full(len(ends), np.nan)
    for part, table in _laid_out(values, ends, counts):
        beyond = table == _largest(table.dtype)
        total = np.log(np.where(beyond, 1, table)).sum(axis=1)
        answer[part] = total / counts[part]
    return answer


def _laid_out(values, ends, counts):
    """Groups as rows of tables, filled up with the largest number.

    Yields the indexes of some of the groups, int[k], and their values, (k, width);
    empty groups are left out, and memory stays small.
    """
    groups = np.flatnonzero(counts)
    for first in range(0, len(groups), SLICE):
        part = groups[first : first + SLICE]
        behind = np.arange(1, int(counts[part].max()) + 1)
        rows = ends[part][:, None] - behind
        beyond = behind > counts[part][:, None]
        table = values[np.where(beyond, 0, rows)]
        table[beyond] = _largest(values.dtype)
        yield part, table


def _largest(dtype):
    return np.inf if dtype.kind == "f" else np.iinfo(dtype).max


def _quantile(ordered, size, share):
    """Linear quantile of the first ``size`` values of each ordered row."""
    row = np.arange(len(ordered))
    place = share * (size - 1)
    below = place.astype(np.int64)
    above = np.minimum(below + 1, size - 1)
    low = ordered[row, below].astype(float)
    return low + (place - below) * (ordered[row, above] - low)


def _has_gap(days):
    """Rows that have an order-day of the same customer before them, bool[n]."""
    later = np.ones(len(days.day), dtype=bool)
    later[days.starts[:-1][days.counts > 0]] = False
    return later


def _gaps_shorter(gaps, ends, counts, recency):
    """How many of each customer's last gaps are shorter than its recency."""
    shorter = np.zeros(len(ends), dtype=np.int32)
    for part, table in _laid_out(gaps, ends, counts):
        shorter[part] = (table < recency[part][:, None]).sum(axis=1)
    return shorter


def _last_year(history, days, as_of):
    start = as_of - YEAR_DAYS
    counted = _has_gap(days) & (days.day > start)
    return {
        "year_order_days": days.sums(counted).astype(np.int32),
        "year_cents": history.sums(np.where(history.day > start, history.cents, 0)),
    }


def _season_months(days, as_of):
    """Number of months of the year in which each customer ordered lately."""
    recent = days.day > add_months(as_of, -SEASON_MONTHS)
    days = days.select(recent)
    months = np.zeros(days.customer_count, dtype=np.int8)
    some = days.counts > 0
    if not some.any():
        return months
    bits = _month_bits(days.day)
    months[some] = POPCOUNT[np.bitwise_or.reduceat(bits, days.starts[:-1][some])]
    return months


def _month_bits(day):
    """One bit of twelve for the month of the year of each day, int16[n]."""
    # a table of the days that occur: dates are dear, lookups cheap
    low = int(day.min())
    span = np.arange(low, int(day.max()) + 1).astype("datetime64[D]")
    month = span.astype("datetime64[M]").astype(np.int64) % 12
    return (1 << month).astype(np.int16)[day - low]


def _gap_around(days, gaps, day):
    """Length of each customer's gap around a day on which it did not order."""
    around = _has_gap(days) & (days.day > day) & (days.day - gaps < day)
    length = np.zeros(days.customer_count, dtype=np.int32)
    length[days.codes[around]] = gaps[around]
    return length


def _weekday_orders(history, as_of):
    """Orders above 0 of the 365 days up to a day by weekday, int64[7], Monday first."""
    counted = (history.cents > 0) & (history.day > as_of - YEAR_DAYS)
    return np.bincount(weekday(history.day[counted]), minlength=7)
