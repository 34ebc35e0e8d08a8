# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What became of earlier alerts and projections, worked out from the history.

Nothing from after the day of an alert or projection enters it, so that the figures
of the first run are those that would have been stored at the time.
"""

from dataclasses import dataclass

import numpy as np

from .alert_clock import alert_clock
from .history import add_months
from .missing_orders import KAPPA, MIN_GAPS, company_rhythm, judge_rhythms
from .projection import MonthTables, month_start
from .rhythm import YEAR_DAYS, ActivitySeries, RhythmSeries, rate_days
from .windows import running

__all__ = [
    "AlertBacktest",
    "ProjectionBacktest",
    "alert_backtest",
    "monthly_alert_backtests",
    "projection_backtests",
]

ALERT_AGE_DAYS = 90
ALERT_WAIT_DAYS = 30
PROJECTION_DAYS_GONE = 10
PAST_MONTHS = 12


@dataclass(frozen=True)
class AlertBacktest:
    """The missing orders of one day, looked at again later.

    Attributes
    ----------
    day : int
        Day number of the alerts.
    wait_days : int
        Days that were waited for an order.
    alerts : int
        Missing orders on that day.
    churned : int
        Those without any order in the days waited.
    at_risk_cents, lost_cents : int
        Sales of the 90 days since that the alerts put at risk, and those of them that
        did not come: the customer's usual ones less what it bought, at least 0.
    """

    day: int
    wait_days: int
    alerts: int
    churned: int
    at_risk_cents: int
    lost_cents: int


@dataclass(frozen=True)
class ProjectionBacktest:
    """A month as it was projected, and as it came; money in cents.

    Attributes
    ----------
    month : int
        Day number of its first day.
    days_gone : int
        Days that were over when it was projected.
    point : float
    low, high : float or None
    confidence : str or None
    actual : int
    error : float or None
        ``|point - actual| / actual``; None where the month came to 0 or less.
    """

    month: int
    days_gone: int
    point: float
    low: float | None
    high: float | None
    confidence: str | None
    actual: int

    @property
    def error(self):
        return abs(self.point - self.actual) / self.actual if self.actual > 0 else None


def alert_backtest(history, as_of, **choices):
    """Which missing orders of 90 days ago had still not come 30 days later.

    Parameters
    ----------
    history : OrderHistory
    as_of : int
        Day number.
    **choices
        Those of :func:`~.missing_orders.find_missing_orders`.

    Returns
    -------
    AlertBacktest
    """
    return _AlertBacktests(history, as_of, **choices).test(as_of)


class _AlertBacktests:
    """Back-tests of alerts on several days, the earlier ones first.

    Only who ordered often enough to have a usual interval can be missed; of the others
    the company's rates are all that matters.
    """

    def __init__(
        self,
        history,
        last_day,
        population=None,
        kappa=KAPPA["balanced"],
        min_gaps=MIN_GAPS,
        **choices,
    ):
        """
        Parameters
        ----------
        history : OrderHistory
        last_day : int
            Day number of the last one.
        population, kappa, min_gaps, **choices
            Those of :func:`~.missing_orders.judge_rhythms`.
        """
        self._clock = alert_clock(history, last_day - ALERT_AGE_DAYS, population)
        self._everybody, self._active = ActivitySeries(history), population
        often = self._everybody.order_day_counts > min_gaps
        history = history.choose(often)
        self._population = None if population is None else population[often]
        self._kappa, self._choices = kappa, {"min_gaps": min_gaps, **choices}
        self._series = RhythmSeries(history)
        self._orders = running(history.cents > 0, np.int32)

    def test(self, as_of):
        then = as_of - ALERT_AGE_DAYS
        rhythm, clock = self._series.take(then), self._clock.until(then)
        company = company_rhythm(
            rhythm,
            then,
            self._population,
            self._kappa,
            self._choices["min_gaps"],
            clock,
            self._everybody.take_activity(then),
            self._active,
        )
        judged = judge_rhythms(
            rhythm, then, self._population, company=company, **self._choices
        )
        missing = judged.missing
        late = self._series.rows.sums(self._orders, then, then + ALERT_WAIT_DAYS)
        churned = missing & (late == 0)
        at_risk = judged.value_at_risk_cents[missing].sum() * ALERT_AGE_DAYS / YEAR_DAYS
        return AlertBacktest(
            day=then,
            wait_days=ALERT_WAIT_DAYS,
            alerts=int(missing.sum()),
            churned=int(churned.sum()),
            at_risk_cents=round(at_risk),
            lost_cents=round(self._lose_cents(then, rhythm)[missing].sum()),
        )

    def _lose_cents(self, then, rhythm):
        """What each one's own rate let expect of the 90 days since, and was missed."""
        series = self._series
        bought = series.rows.sums(series.cents, then, then + ALERT_AGE_DAYS)
        daily = np.maximum(rhythm.year_cents, 0) / rate_days(rhythm.first_day, then)
        return np.maximum(daily * ALERT_AGE_DAYS - bought, 0)


def monthly_alert_backtests(history, as_of, months=PAST_MONTHS, **choices):
    """Back-tests as they would have been stored in the past months, oldest first.

    Parameters
    ----------
    history : OrderHistory
    as_of : int
        Day number of the newest; the others lie whole months before it, as far as
        the history reaches back.
    months : int
    **choices
        Those of :func:`alert_backtest`.

    Returns
    -------
    list of AlertBacktest
    """
    if not len(history.day):
        return []
    begun = int(history.day.min())
    days = [add_months(as_of, -back) for back in range(months)]
    backtests = _AlertBacktests(history, as_of, **choices)
    tests = [backtests.test(day) for day in reversed(days)]
    return [test for test in tests if test.day >= begun]


def projection_backtests(
    sales, today, days_gone=PROJECTION_DAYS_GONE, months=PAST_MONTHS
):
    """The past months as they were projected on one of their days, oldest first.

    Parameters
    ----------
    sales : DailySales
    today : int
        Day number; only months that are over are looked at.
    days_gone : int
        Days of each month that were over.
    months : int

    Returns
    -------
    list of ProjectionBacktest
        Whole months that could be projected.
    """
    tests = []
    for back in range(months, 0, -1):
        start = add_months(month_start(today), -back)
        if start < sales.first_day:
            continue
        tables = MonthTables(sales, start)
        month = len(tables.starts) - 1
        projected = tables.project(month, days_gone)
        if projected.point is None:
            continue
        actual = int(tables.totals[month])
        tests.append(
            ProjectionBacktest(
                month=start,
                days_gone=days_gone,
                point=projected.point,
                low=projected.low,
                high=projected.high,
                confidence=projected.confidence,
                actual=actual,
            )
        )
    return tests
