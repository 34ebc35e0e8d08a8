# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a month will come to: a company's, or an account manager's.

Two simple expectations of the whole month are brought up to date with the sales so
far, and weighed by how well each did on the same day of the past months. The range
comes from the errors of the past months, and so does the confidence.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from .history import add_months, day_number, day_to_date
from .rhythm import weekday

__all__ = [
    "CONFIDENCE",
    "DailySales",
    "MonthProjection",
    "MonthTables",
    "NEEDED_MONTHS",
    "confidence_of",
    "month_start",
    "project_month",
]

CONFIDENCE = ("high", "medium", "low", "not_enough_history")
HIGH_HALF_WIDTH = 0.10
MEDIUM_HALF_WIDTH = 0.25

PAST_MONTHS = 12
FEWEST_MONTHS = 3
LEVEL_MONTHS = 3
WEIGHT_DAYS = 91
LEVEL_DAYS = 56
PERFECT_ERROR = 1e-5  # keeps the weight of an expectation that never erred finite
USUAL_ERROR = 0.1  # counted as two past months
USUAL_MONTHS = 2
LEAST_LEFT = 0.02
# 90th percentile of Student's t with 2, 3, ... 14 degrees of freedom
T80 = (
    *(1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149, 1.3968),
    *(1.3830, 1.3722, 1.3634, 1.3562, 1.3502, 1.3450),
)
# past months, their own past months, and the year and quarter before those
NEEDED_MONTHS = 2 * PAST_MONTHS + 12 + LEVEL_MONTHS + 1


@dataclass(frozen=True, eq=False)
class DailySales:
    """Net sales of consecutive days.

    Attributes
    ----------
    first_day : int
        Day number of the first value, the beginning of the history.
    cents : int64[n]
        Net sales of each day, 0 where there were none.
    has_credits : bool
        Whether orders below 0 are among them: only then can a month shrink.
    """

    first_day: int
    cents: np.ndarray
    has_credits: bool = False

    @classmethod
    def from_orders(cls, day, cents, last_day):
        """Daily totals of orders.

        Parameters
        ----------
        day : int[n]
            Day numbers, in any order; days after ``last_day`` are ignored.
        cents : int64[n]
        last_day : int
            Last day of the series.
        """
        day = np.asarray(day, dtype=np.int64)
        cents = np.asarray(cents, dtype=np.int64)
        known = day <= last_day
        day, cents = day[known], cents[known]
        first_day = int(day.min()) if len(day) else last_day + 1
        totals = np.zeros(last_day - first_day + 1, dtype=np.int64)
        np.add.at(totals, day - first_day, cents)
        return cls(first_day, totals, bool((cents < 0).any()))


@dataclass(frozen=True)
class MonthProjection:
    """A month as it is expected to end; money in cents.

    Attributes
    ----------
    so_far : int
        Sales of the month, today's included.
    point : float or None
        None where nothing is known yet.
    low, high : float or None
        80 % range around the point; None where the point is not above 0.
    half_width : float or None
        Of the range, as a share of the point.
    confidence : str or None
        One of :data:`CONFIDENCE`; None where the point is not above 0.
    past_months : int
        Past months that the range and the confidence rest on.
    past_error : float or None
        Mean error on this day of those months, as a share of what they came to.
    """

    so_far: int
    point: float | None
    low: float | None
    high: float | None
    half_width: float | None
    confidence: str | None
    past_months: int
    past_error: float | None


def project_month(sales, today):
    """Project the month of a day, as at the end of the day before.

    Parameters
    ----------
    sales : DailySales
        Up to and including today; the last :data:`NEEDED_MONTHS` months suffice.
    today : int
        Day number.

    Returns
    -------
    MonthProjection
        Never below the month so far, unless credits are among the sales and are
        expected in the days to come as well.
    """
    start = month_start(today)
    so_far = int(_window(sales, start, today + 1).sum())
    tables = MonthTables(sales, start)
    return tables.project(len(tables.starts) - 1, today - start, so_far)


def month_start(day):
    """Day number of the first of a day's month."""
    return day_number(day_to_date(day).replace(day=1))


def confidence_of(half_width, past_months):
    """Confidence in a projection from the half width of its range."""
    if past_months < FEWEST_MONTHS:
        return "not_enough_history"
    if half_width <= HIGH_HALF_WIDTH:
        return "high"
    return "medium" if half_width <= MEDIUM_HALF_WIDTH else "low"


class MonthTables:
    """Months of a history laid out so that each can be projected on any day.

    How to use: build it up to a month, then ask :meth:`project` for a month and the
    number of its days gone. Nothing from after that day is looked at.
    """

    def __init__(self, sales, last_month):
        """
        Parameters
        ----------
        sales : DailySales
        last_month : int
            Day number of the first of the last month to project; its days need not
            have passed.
        """
        self.sales = sales
        # a history begins with a day on which somebody ordered: no rate may count it
        self.counted_from = sales.first_day + 1
        self.starts = _month_starts(sales, last_month)
        self.lengths = np.array(
            [add_months(start, 1) - start for start in self.starts], dtype=np.int64
        )
        self.totals = np.array(
            [
                _window(sales, start, start + length).sum()
                for start, length in zip(self.starts, self.lengths, strict=True)
            ],
            dtype=np.int64,
        )
        # only a month that began with or after the history is a whole one
        self.whole = np.array(self.starts) >= sales.first_day
        self.weights = [self._weekday_means(s, WEIGHT_DAYS) for s in self.starts]
        self.expectations = np.array(
            [(self._recent_level(t), self._last_year(t)) for t in self._months()]
        )
        self._projected = {}

    def project(self, month, days_gone, so_far=None):
        """Project one month.

        Parameters
        ----------
        month : int
            Index into :attr:`starts`.
        days_gone : int
            Days of it that are over.
        so_far : int, optional
            Sales of the month where some of the day after are known already.

        Returns
        -------
        MonthProjection
        """
        gone, sold = self._share_gone(month, days_gone), self._sold(month, days_gone)
        so_far = sold if so_far is None else so_far
        point = self._points(days_gone)[month]
        if np.isnan(point):
            return MonthProjection(so_far, *[None] * 5, 0, None)
        floor = so_far
        if self.sales.has_credits:
            floor += min(0, point - sold)
        point = max(float(point), float(floor))
        scaled, errors = self._past_errors(month, days_gone)
        if point <= 0:
            none = [None] * 4
            return MonthProjection(so_far, point, *none, len(errors), _mean(errors))
        half = 0.0
        if days_gone < self.lengths[month]:
            half = _half_width(scaled, gone)
        return MonthProjection(
            so_far=so_far,
            point=point,
            low=max(point * (1 - half), float(floor)),
            high=point * (1 + half),
            half_width=half,
            confidence=confidence_of(half, len(scaled)),
            past_months=len(scaled),
            past_error=_mean(errors),
        )

    def _months(self):
        return range(len(self.starts))

    def _weekday_means(self, start, days):
        """Mean sales by weekday over the days before a month, float64[7]."""
        first = max(start - days, self.counted_from)
        if first >= start:
            return np.zeros(7)
        weekdays = weekday(np.arange(first, start))
        sold = np.bincount(weekdays, _window(self.sales, first, start), minlength=7)
        return sold / np.maximum(np.bincount(weekdays, minlength=7), 1)

    def _recent_level(self, month):
        """The month if its weekdays sold as in the eight weeks before."""
        start = self.starts[month]
        if start <= self.counted_from:
            return np.nan
        means = self._weekday_means(start, LEVEL_DAYS)
        return means[weekday(np.arange(start, start + self.lengths[month]))].sum()

    def _last_year(self, month):
        """The same month last year, grown as the last months grew in a year."""
        whole = int(self.whole[:month].sum())
        span = min(LEVEL_MONTHS, whole - 12)
        if span < 1:
            return np.nan
        lately = self.totals[month - span : month].sum()
        before = self.totals[month - 12 - span : month - 12].sum()
        if before <= 0:
            return np.nan
        return float(self.totals[month - 12]) * float(lately) / float(before)

    def _share_gone(self, month, days_gone):
        days_gone = min(days_gone, int(self.lengths[month]))
        start = self.starts[month]
        days = weekday(np.arange(start, start + self.lengths[month]))
        weights = np.maximum(self.weights[month], 0)[days]
        if not weights.sum():
            return days_gone / len(days)
        return float(weights[:days_gone].sum() / weights.sum())

    def _sold(self, month, days_gone):
        days_gone = min(days_gone, int(self.lengths[month]))
        start = self.starts[month]
        return int(_window(self.sales, start, start + days_gone).sum())

    def _brought_up_to_date(self, month, days_gone):
        """Both expectations of a month with its sales so far, float64[2]."""
        gone, sold = self._share_gone(month, days_gone), self._sold(month, days_gone)
        expected = self.expectations[month]
        if np.isnan(expected).all():
            # nothing to compare with
            expected = np.array([self._run_rate(month, days_gone), np.nan])
        return sold + (1 - gone) * (sold + expected) / (gone + 1)

    def _run_rate(self, month, days_gone):
        """The month if it goes on as it began; NaN where that is not known yet."""
        start, length = self.starts[month], int(self.lengths[month])
        end = start + min(days_gone, length)
        if end <= self.counted_from:
            return np.nan
        days = end - start - int(start < self.counted_from)
        sold = _window(self.sales, max(start, self.counted_from), end).sum()
        return sold * length / days

    def _points(self, days_gone):
        """Point of every month on one day, each from the months before it only."""
        if days_gone not in self._projected:
            each = np.array(
                [self._brought_up_to_date(t, days_gone) for t in self._months()]
            ).reshape(-1, 2)
            usable = self.whole[:, None] & (each > 0) & (self.totals[:, None] > 0)
            usable &= ~np.isnan(self.expectations)
            ratio = np.ones_like(each)
            np.divide(each, self.totals[:, None], out=ratio, where=usable)
            misses = np.log(ratio) ** 2
            points = np.array(
                [_weighed(each[t], *_past(t, usable, misses)) for t in self._months()]
            )
            self._projected[days_gone] = points
        return self._projected[days_gone]

    def _past_errors(self, month, days_gone):
        """Errors on the same day of the past months.

        Returns
        -------
        scaled : float64[k]
            Shares of the point, over the root of the part of the month left.
        errors : float64[k]
            Shares of what the months came to, without sign; none for months of 0.
        """
        past = slice(max(0, month - PAST_MONTHS), month)
        months = np.arange(month)[past]
        points = self._points(days_gone)[past]
        if not self.sales.has_credits:
            points = np.fmax(points, [self._sold(t, days_gone) for t in months])
        known = self.whole[past] & (points > 0)
        known &= ~np.isnan(self.expectations[past]).all(axis=1)
        points, months = points[known], months[known]
        totals = self.totals[months].astype(float)
        left = [1 - self._share_gone(t, days_gone) for t in months]
        scaled = (totals - points) / points / np.sqrt(np.maximum(left, LEAST_LEFT))
        sold = totals > 0
        return scaled, np.abs(totals - points)[sold] / totals[sold]


def _month_starts(sales, last_month):
    """First days of the months from the history's first to the last one asked."""
    first = month_start(min(sales.first_day, last_month))
    starts = [last_month]
    while starts[-1] > first and len(starts) < NEEDED_MONTHS:
        starts.append(add_months(starts[-1], -1))
    return starts[::-1]


def _window(sales, first, end):
    """Daily cents from a day to before another; nothing outside the series."""
    first = max(first - sales.first_day, 0)
    return sales.cents[first : max(end - sales.first_day, first)]


def _past(month, usable, misses):
    past = slice(max(0, month - PAST_MONTHS), month)
    return usable[past], misses[past]


def _weighed(points, usable, misses):
    """Mean of the expectations, each weighed by its past errors.

    Parameters
    ----------
    points : float64[2]
        NaN for an expectation that there is not.
    usable, misses : bool[k, 2], float64[k, 2]
        Past months that count, and their squared logarithmic errors.
    """
    there = ~np.isnan(points)
    if not there.any():
        return np.nan
    count = usable.sum(axis=0)
    enough = (count >= FEWEST_MONTHS) & there
    error = misses.sum(axis=0) / np.maximum(count, 1)
    # too few months to judge one: it counts as much as the others do
    others = error[enough].mean() if enough.any() else 1.0
    error = np.where(enough, error, others)[there]
    return float(np.average(points[there], weights=(error + PERFECT_ERROR) ** -2))


def _half_width(scaled, gone):
    """Half of the 80 % range, as a share of the point."""
    months = len(scaled) + USUAL_MONTHS
    spread = (scaled**2).sum() + USUAL_MONTHS * USUAL_ERROR**2
    quantile = T80[min(months - 2, len(T80) - 1)]
    return quantile * sqrt(spread / months) * sqrt(max(1 - gone, LEAST_LEFT))


def _mean(values):
    return float(values.mean()) if len(values) else None
