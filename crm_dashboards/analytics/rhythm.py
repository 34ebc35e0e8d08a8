# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How each customer orders: gaps between order-days, values, the last year.

An order-day is a day with at least one order above 0. These are facts of a customer
alone; what compares customers is in :mod:`~.missing_orders`.
"""

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from .history import add_months
from .windows import Windows, running

__all__ = [
    "Activity",
    "ActivitySeries",
    "LAST_ORDERS",
    "RhythmSeries",
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
SLICE = 1 << 17  # customers that are looked at at a time, which keeps memory small
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
    count = history.customer_count
    slices = [
        RhythmSeries(history.customers(first, min(first + SLICE, count))).take(as_of)
        for first in range(0, max(count, 1), SLICE)
    ]
    if len(slices) == 1:
        return slices[0]
    columns = {
        field.name: [getattr(each, field.name) for each in slices]
        for field in fields(Rhythms)
    }
    weekday_orders = np.sum(columns.pop("weekday_orders"), axis=0)
    return Rhythms(
        **{name: np.concatenate(parts) for name, parts in columns.items()},
        weekday_orders=weekday_orders,
    )


class Activity(NamedTuple):
    """Those of the facts of :class:`Rhythms` that need no gaps."""

    first_day: np.ndarray
    order_day_count: np.ndarray
    year_order_days: np.ndarray
    weekday_orders: np.ndarray


class ActivitySeries:
    """Activity of every customer of a history, on one day after the other."""

    def __init__(self, history, days=None):
        """
        Parameters
        ----------
        history : OrderHistory
        days : OrderHistory, optional
            Its order-days, where they are known.
        """
        self._days = (days or history.order_days()).without_cents()
        self._order_days = Windows(self._days)
        self._orders_by_day = _OrdersByDay(history)

    @property
    def order_day_counts(self):
        """Order-days of all days, int64[c]."""
        return self._days.counts

    def take_activity(self, as_of):
        """The activity on a day.

        Parameters
        ----------
        as_of : int
            Day number; later orders are ignored.

        Returns
        -------
        Activity
        """
        first = self._days.starts[:-1]
        begun = self._order_days.ends(as_of - YEAR_DAYS)
        ends = self._order_days.ends(as_of)
        is_new = (begun == first) & (ends > first)
        return Activity(
            first_day=self._days.pick(first, ends > first),
            order_day_count=(ends - first).astype(np.int32),
            year_order_days=(ends - begun - is_new).astype(np.int32),
            weekday_orders=self._orders_by_day.count_by_weekday(as_of),
        )


class RhythmSeries(ActivitySeries):
    """Facts of every customer of a history, on one day after the other.

    What does not depend on the day is worked out once, and what only an order changes
    again for those customers alone that ordered since the last day.

    Attributes
    ----------
    rows : Windows
        Of the orders, credits included.
    cents : int64[n + 1]
        Running sums of theirs.
    """

    def __init__(self, history):
        days = history.order_days()
        super().__init__(history, days)
        self._day_cents = running(days.cents)
        self._gaps = order_gaps(self._days)
        self._later = _has_gap(self._days)
        self._last = _LastGaps(self._gaps, history.customer_count)
        self._months = _month_bits(self._days.day)
        self.rows = Windows(history.without_cents())
        self.cents = running(history.cents)

    def take(self, as_of):
        """The facts on a day.

        Parameters
        ----------
        as_of : int
            Day number; later orders are ignored.

        Returns
        -------
        Rhythms
        """
        days = self._days
        ends = self._order_days.ends(as_of)
        counts = ends - days.starts[:-1]
        last_day = days.pick(ends - 1, counts > 0)
        last = self._last.bring_up_to_date(ends, counts)
        value_count = np.minimum(counts, LAST_ORDERS)
        return Rhythms(
            **self.take_activity(as_of)._asdict(),
            last_day=last_day,
            gap_count=last.counts.copy(),
            gap_low=last.low.copy(),
            gap_median=last.median.copy(),
            gap_high=last.high.copy(),
            gap_mean_log=last.mean_log.copy(),
            gaps_shorter=last.count_shorter(as_of - last_day),
            mean_cents=_mean_of_last(self._day_cents, ends, value_count),
            year_cents=self.rows.sums(self.cents, as_of - YEAR_DAYS, as_of),
            season_months=self._count_season_months(as_of),
            gap_a_year_ago=self._find_gap_around(as_of - YEAR_DAYS, as_of),
            completed_gaps=self._gaps[self._later & (days.day <= as_of)],
            completed_counts=np.maximum(counts - 1, 0).astype(np.int32),
        )

    def _find_gap_around(self, day, as_of):
        """Length of each customer's gap around a day on which it did not order."""
        length = np.zeros(self._days.customer_count, dtype=np.int32)
        after, ends = self._order_days.ends(day), self._order_days.ends(as_of)
        (customers,) = np.nonzero(after < ends)
        rows = after[customers]
        gaps = self._gaps[rows]
        around = self._later[rows] & (self._days.day[rows] - gaps < day)
        length[customers[around]] = gaps[around]
        return length

    def _count_season_months(self, as_of):
        """Number of months of the year in which each customer ordered lately."""
        months = np.zeros(self._days.customer_count, dtype=np.int8)
        begun = self._order_days.ends(add_months(as_of, -SEASON_MONTHS))
        ends = self._order_days.ends(as_of)
        (some,) = np.nonzero(ends > begun)
        # every second slice is what lies between the customers
        bounds = np.stack([begun[some], ends[some]], axis=1).ravel()
        if len(bounds) and bounds[-1] == len(self._months):
            bounds = bounds[:-1]
        if len(bounds):
            bits = np.bitwise_or.reduceat(self._months, bounds)[::2]
            months[some] = POPCOUNT[bits]
        return months


class _OrdersByDay:
    """How many orders above 0 each day had."""

    def __init__(self, history):
        days = history.day[history.cents > 0]
        self._first = int(days.min()) if len(days) else 0
        self._counts = np.bincount(days - self._first)

    def count_by_weekday(self, as_of):
        """Those of the 365 days up to a day, int64[7], Monday first."""
        first = max(as_of - YEAR_DAYS + 1 - self._first, 0)
        counts = self._counts[first : max(as_of + 1 - self._first, first)]
        found = np.zeros(7, dtype=np.int64)
        np.add.at(found, weekday(self._first + first + np.arange(len(counts))), counts)
        return found


class _LastGaps:
    """The last gaps of each customer, and what is told of them.

    Attributes
    ----------
    counts : int32[c]
        Gaps that the others rest on, at most twelve.
    low, median, high, mean_log : float64[c]
        See :class:`Rhythms`.
    """

    def __init__(self, gaps, customer_count):
        self._gaps = gaps
        self._ends = np.full(customer_count, -1)
        shape = customer_count, LAST_ORDERS
        self._table = np.full(shape, _largest(gaps.dtype), gaps.dtype)
        self.counts = np.zeros(customer_count, dtype=np.int32)
        self.low, self.median, self.high, self.mean_log = (
            np.full(customer_count, np.nan) for _each in range(4)
        )

    def bring_up_to_date(self, ends, order_days):
        """Make them anew where customers ordered.

        Parameters
        ----------
        ends : int64[c]
            Row behind each customer's last order-day.
        order_days : int64[c]
            Number of order-days up to there.

        Returns
        -------
        _LastGaps
            Itself.
        """
        (changed,) = np.nonzero(ends != self._ends)
        self._ends = ends
        self.counts[changed] = np.clip(order_days[changed] - 1, 0, LAST_ORDERS)
        empty = changed[self.counts[changed] == 0]
        self._table[empty] = _largest(self._table.dtype)
        for column in (self.low, self.median, self.high, self.mean_log):
            column[empty] = np.nan
        for place, table in _laid_out(
            self._gaps, ends[changed], self.counts[changed], LAST_ORDERS
        ):
            part = changed[place]
            counts = self.counts[part]
            self.mean_log[part] = _mean_log(table, counts)
            quartiles = _quartiles(table, counts)
            self.low[part], self.median[part], self.high[part] = quartiles
            self._table[part] = table
        return self

    def count_shorter(self, days):
        """How many of each customer's gaps are shorter than some days, int32[c]."""
        return (self._table < days[:, None]).sum(axis=1, dtype=np.int32)


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
        quartiles = _quartiles(table, counts[part])
        for column, values_of_part in zip(answer, quartiles, strict=True):
            column[part] = values_of_part
    return answer


def mean_of_last(values, ends, counts):
    """Means of the groups of :func:`quartiles_of_last`, float64[k]."""
    return _mean_of_last(running(values), ends, counts)


def _mean_of_last(totals, ends, counts):
    total = (totals[ends] - totals[ends - counts]).astype(float)
    return np.divide(total, counts, out=np.full(len(ends), np.nan), where=counts > 0)


def mean_log_of_last(values, ends, counts):
    """Mean logarithms of the groups of :func:`quartiles_of_last`, float64[k].

    Of whole numbers from 1 on; NaN for an empty group.
    """
    answer = np.full(len(ends), np.nan)
    for part, table in _laid_out(values, ends, counts):
        answer[part] = _mean_log(table, counts[part])
    return answer


def _laid_out(values, ends, counts, width=None):
    """Groups as rows of tables, filled up with the largest number.

    Yields the indexes of some of the groups, int[k], and their values, (k, width);
    empty groups are left out, and memory stays small.
    """
    groups = np.flatnonzero(counts)
    for first in range(0, len(groups), SLICE):
        part = groups[first : first + SLICE]
        behind = np.arange(1, (width or int(counts[part].max())) + 1)
        rows = ends[part][:, None] - behind
        beyond = behind > counts[part][:, None]
        table = values[np.where(beyond, 0, rows)]
        table[beyond] = _largest(values.dtype)
        yield part, table


def _largest(dtype):
    return np.inf if dtype.kind == "f" else np.iinfo(dtype).max


def _mean_log(table, counts):
    """Mean logarithm of each row of :func:`_laid_out`."""
    beyond = table == _largest(table.dtype)
    return np.log(np.where(beyond, 1, table)).sum(axis=1) / counts


def _quartiles(table, counts):
    """Quartiles of each row of :func:`_laid_out`, which is put in order."""
    table.sort(axis=1)
    return [_quantile(table, counts, share) for share in (0.25, 0.5, 0.75)]


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


def _month_bits(day):
    """One bit of twelve for the month of the year of each day, int16[n]."""
    if not len(day):
        return np.zeros(0, dtype=np.int16)
    # a table of the days that occur: dates are dear, lookups cheap
    low = int(day.min())
    span = np.arange(low, int(day.max()) + 1).astype("datetime64[D]")
    month = span.astype("datetime64[M]").astype(np.int64) % 12
    return (1 << month).astype(np.int16)[day - low]
