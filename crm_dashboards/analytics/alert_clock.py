# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""By what an alert goes: a clock that slows down while the whole company is quiet.

A week around Christmas in which hardly anybody orders is not the silence of one
customer. Each day counts as much as the company was busy before it, and what counts is
compared with an interval of its own: an alert has to be sure, a date only likely.
"""

from dataclasses import dataclass

import numpy as np

__all__ = ["AlertClock", "alert_clock", "alert_days", "alert_intervals"]

WEEK_DAYS = 7
QUARTER_DAYS = 91
ACTIVE_DAYS = 365
FIRST_DAYS = 60
KEPT_DAYS = 4 * 365  # whoever is silent for longer has lapsed long ago
SLOWEST = 0.1
DECIMALS = 9  # of a day: a full day is 1 exactly, whatever was added up before


@dataclass(frozen=True, eq=False)
class AlertClock:
    """What the days of a company count.

    Attributes
    ----------
    first_day : int
        Day number of its first order.
    readings : float64[k]
        Days that count up to the end of each day from the first one on.
    """

    first_day: int
    readings: np.ndarray

    def between(self, since, until):
        """Days that count from after one day to the end of another.

        Parameters
        ----------
        since, until : int or int[n]
            Day numbers; before the first day and after the last one nothing counts.

        Returns
        -------
        float64[n]
        """
        return np.round(self._read(until) - self._read(since), DECIMALS)

    def until(self, day):
        """The clock as it was at the end of an earlier day."""
        if day < self.first_day:
            return AlertClock(day, np.zeros(1))
        return AlertClock(self.first_day, self.readings[: day - self.first_day + 1])

    def to_plain(self):
        """The clock as a dict of plain numbers, of the days that alerts ask for."""
        kept = self.readings[-KEPT_DAYS:]
        dropped = len(self.readings) - len(kept)
        return {"first_day": self.first_day + dropped, "readings": kept.tolist()}

    @classmethod
    def from_plain(cls, clock):
        """The reverse of :meth:`to_plain`."""
        return cls(clock["first_day"], np.array(clock["readings"], dtype=float))

    def _read(self, day):
        last = len(self.readings) - 1
        return self.readings[np.clip(day - self.first_day, 0, last)]


def alert_clock(history, as_of, population=None):
    """The clock of a company's orders up to a day.

    A day counts ``clip(r7 / r91, .1, 1)``: r7 and r91 are the orders per active
    customer, the mean of the 7 and of the 91 days before it. Each of the first 60 days
    counts in full; a day after a week without any order counts a tenth.

    Parameters
    ----------
    history : OrderHistory
    as_of : int
        Day number; later orders are ignored.
    population : bool[c], optional
        Customers whose orders are the company's; all by default.

    Returns
    -------
    AlertClock
    """
    orders = history.until(as_of).positive()
    if population is not None and not population.all():
        orders = orders.select(population[orders.codes])
    if not len(orders.day):
        return AlertClock(as_of, np.zeros(1))
    first_day = int(orders.day.min())
    rates = _orders_per_active(orders, first_day, as_of)
    week, quarter = (_mean_before(rates, days) for days in (WEEK_DAYS, QUARTER_DAYS))
    busy = np.divide(week, quarter, out=np.zeros(len(rates)), where=quarter > 0)
    counted = np.round(np.clip(busy, SLOWEST, 1), DECIMALS)
    counted[:FIRST_DAYS] = 1
    return AlertClock(first_day, np.cumsum(counted))


def alert_intervals(rhythm, known, company_median=None):
    """Intervals that alerts compare with, see :func:`alert_days`.

    Parameters
    ----------
    rhythm : Rhythms
    known : bool[c]
        Customers that have a usual interval.
    company_median : float, optional
        That of these customers by default.

    Returns
    -------
    float64[c]
        NaN for the others.
    """
    interval = np.full(len(known), np.nan)
    if known.any():
        median, mean_log = rhythm.gap_median[known], rhythm.gap_mean_log[known]
        count = rhythm.gap_count[known]
        if company_median is None or np.isnan(company_median):
            company_median = np.median(median)
        interval[known] = alert_days(median, mean_log, count, company_median)
    return interval


def alert_days(median, mean_log, count, company_median):
    """Days between order-days as alerts take them, two gaps of the company among them.

    ``exp((n (ln median + mean ln gap) / 2 + 2 ln company) / (n + 2))``: halfway between
    the median, which long gaps do not move, and the geometric mean, which they do.

    Parameters
    ----------
    median, mean_log : float64[c]
        Of the last gaps, and of their natural logarithms.
    count : int[c]
        Gaps that they rest on.
    company_median : float

    Returns
    -------
    float64[c]
        To a billionth of a day, so that equal gaps give that whole number back.
    """
    own = (np.log(median) + mean_log) / 2
    mean = (count * own + 2 * np.log(company_median)) / (count + 2)
    return np.round(np.exp(mean), DECIMALS)


def _orders_per_active(orders, first_day, as_of):
    """Orders of each day for each customer that ordered within 365 days, float64."""
    length = as_of - first_day + 1
    following = np.empty_like(orders.day)
    following[:-1] = orders.day[1:]
    following[orders.starts[1:][orders.counts > 0] - 1] = as_of + 1
    # active from an order to the next one, or for a year
    ends = np.minimum(np.minimum(following, orders.day + ACTIVE_DAYS), as_of + 1)
    begun = np.bincount(orders.day - first_day, minlength=length)
    ended = np.bincount(ends - first_day, minlength=length + 1)[:length]
    active = np.cumsum(begun - ended)
    return begun / np.maximum(active, 1)


def _mean_before(values, days):
    """Mean of the values before each one, of all where there are fewer than ``days``.

    0 before the first.
    """
    place = np.arange(len(values))
    start = np.maximum(place - days, 0)
    running = np.concatenate(([0.0], np.cumsum(values)))
    return (running[place] - running[start]) / np.maximum(place - start, 1)
