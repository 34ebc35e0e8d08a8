# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Usual interval, expected next order, who is late and what is at risk."""

from dataclasses import dataclass

import numpy as np

from .alert_clock import alert_clock, alert_intervals
from .churn import churn_odds, leaving_probability, rate_moments
from .company_rhythm import CompanyRhythm
from .history import add_months
from .rhythm import YEAR_DAYS, Rhythms, rate_days, rhythms, weekday, whole_days
from .steps import days_in_steps

__all__ = [
    "KAPPA",
    "MissingOrders",
    "NO_DAY",
    "automatic_kappa",
    "company_rhythm",
    "find_missing_orders",
    "judge_rhythms",
    "next_open_days",
    "open_weekdays",
    "usual_days",
    "usual_intervals",
]

# intervals of silence from which an order is late
KAPPA = {"early": 1.5, "balanced": 2.0, "sure": 3.0}
AUTOMATIC = "automatic"
AUTOMATIC_SHARE = 0.8
AUTOMATIC_BOUNDS = (1.5, 5.0)
AUTOMATIC_GAPS = 200
AUTOMATIC_MONTHS = 12

MIN_GAPS = 3
STEADY_DAYS = 2
OPEN_SHARE = 0.02
LONGEST_CLOSURE_DAYS = 60
SEASONAL_AGE_MONTHS = 18
SEASONAL_MONTHS = 3
LAPSED_LATENESS = 10.0
LAPSED_DAYS = 365

NO_DAY = np.iinfo(np.int32).min


@dataclass(frozen=True, eq=False)
class MissingOrders:
    """What is expected of each customer, and what did not come.

    Attributes
    ----------
    interval_days : float64[c]
        Usual interval; NaN where there are too few gaps.
    expected_day : int32[c]
        Day number of the next order; ``NO_DAY`` without interval.
    expected_cents : float64[c]
        Whole cents; NaN without interval, or where they would not be above 0.
    lateness : float64[c]
        Recency in usual intervals; NaN without interval.
    quiet_days : int32[c]
        Days of the recency that do not count for alerts, since the whole company was
        quiet; 0 without interval.
    overdue, late, lapsed, seasonal, missing : bool[c]
        ``late`` by the clock of alerts; ``missing`` is late and neither lapsed nor
        seasonal.
    quiet : bool[c]
        Late by its lateness, but not by the clock of alerts.
    churn_probability : float64[c]
        That no order comes within 90 days, to .01; NaN unless overdue and not lapsed.
    value_at_risk_cents : float64[c]
        Probability, to .01, that no order comes within another usual interval, times
        a year's sales; in whole cents, NaN as the other probability.
    return_factor : float64[c]
        What the present recency leaves of the usual rate of sales, at most 1; 1
        where nothing speaks against it.
    kappa : float
        Intervals of silence that were applied.
    rhythm : Rhythms
        Facts behind it: quartiles, counts, first and last order-day.
    company : CompanyRhythm
        What the customers were compared with.
    """

    interval_days: np.ndarray
    expected_day: np.ndarray
    expected_cents: np.ndarray
    lateness: np.ndarray
    quiet_days: np.ndarray
    overdue: np.ndarray
    late: np.ndarray
    lapsed: np.ndarray
    seasonal: np.ndarray
    missing: np.ndarray
    quiet: np.ndarray
    churn_probability: np.ndarray
    value_at_risk_cents: np.ndarray
    return_factor: np.ndarray
    kappa: float
    rhythm: Rhythms
    company: CompanyRhythm


def find_missing_orders(history, as_of, population=None, company=None, **choices):
    """Expected and missing orders of every customer of a company.

    Parameters
    ----------
    history : OrderHistory
    as_of : int
        Day number; later orders are ignored.
    population : bool[c], optional
        The company's customers; all by default.
    company : CompanyRhythm, optional
        What to compare with, where not all of the company's customers are there.
    **choices
        Those of :func:`judge_rhythms`.

    Returns
    -------
    MissingOrders
    """
    clock = None
    if company is None:
        clock = alert_clock(history, as_of, population)
    return judge_rhythms(
        rhythms(history, as_of), as_of, population, clock, company=company, **choices
    )


def judge_rhythms(
    rhythm,
    as_of,
    population=None,
    clock=None,
    kappa=KAPPA["balanced"],
    holidays=(),
    min_gaps=MIN_GAPS,
    lapsed_lateness=LAPSED_LATENESS,
    lapsed_days=LAPSED_DAYS,
    company=None,
):
    """Compare customers with their own rhythm and with the company's.

    Parameters
    ----------
    rhythm : Rhythms
    as_of : int
        Day number that the rhythms were taken on.
    population : bool[c], optional
        The company's customers; the others have no interval. All by default.
    clock : AlertClock, optional
        The company's, by which an order is late; without one every day counts, and
        the lateness decides.
    kappa : float or "automatic"
        Intervals of silence from which an order is late.
    holidays : iterable of int
        Day numbers on which the company is closed.
    min_gaps : int
        Gaps from which a customer has a usual interval.
    lapsed_lateness : float
        Recency, in usual intervals, beyond which nobody is waited for.
    lapsed_days : int
        Recency in days beyond which nobody is waited for, for customers whose
        usual interval is not itself that long.
    company : CompanyRhythm, optional
        What to compare with, its clock and kappa included, where not all of the
        company's customers are among the rhythms; see :func:`company_rhythm`.

    Returns
    -------
    MissingOrders
    """
    if company is None:
        company = company_rhythm(rhythm, as_of, population, kappa, min_gaps, clock)
    kappa, clock = company.kappa, company.clock
    interval = usual_intervals(rhythm, population, min_gaps, company.median_gap)
    recency = as_of - rhythm.last_day
    lateness = recency / interval
    silence, alert_interval = recency, interval
    if clock is not None:
        silence = clock.between(rhythm.last_day, as_of)
        known = ~np.isnan(interval)
        alert_interval = alert_intervals(rhythm, known, company.median_gap)
    expected = _expected_days(rhythm, interval, company.opened, holidays)
    overdue = (expected != NO_DAY) & (as_of > expected)
    late = overdue & (silence / alert_interval >= kappa)
    longest = np.fmax(lapsed_days, (kappa + 1) * interval)
    lapsed = (lateness > lapsed_lateness) | (recency > longest)
    lapsed &= ~np.isnan(interval)
    seasonal = _seasonal(rhythm, interval, as_of)
    missing = late & ~lapsed & ~seasonal
    waited_for = overdue & ~lapsed
    usual, now = churn_odds(rhythm, interval, lateness, as_of, company.gamma)
    leaving = leaving_probability(rhythm, lateness, as_of, company.gamma)
    # rounded before it is used: else every night would move every value at risk
    risk = np.where(waited_for, np.round(now, 2), np.nan)
    return MissingOrders(
        interval_days=interval,
        expected_day=expected,
        expected_cents=_expected_cents(rhythm, interval),
        lateness=lateness,
        quiet_days=_quiet_days(recency - silence, interval),
        overdue=overdue,
        late=late,
        lapsed=lapsed,
        seasonal=seasonal,
        missing=missing,
        quiet=overdue & (lateness >= kappa) & ~late,
        churn_probability=np.where(waited_for, np.round(leaving, 2), np.nan),
        value_at_risk_cents=_value_at_risk(rhythm, risk, as_of),
        return_factor=_return_factor(usual, now),
        kappa=kappa,
        rhythm=rhythm,
        company=company,
    )


def company_rhythm(
    rhythm, as_of, population, kappa, min_gaps, clock, activity=None, active=None
):
    """What the customers of a company are compared with.

    Parameters
    ----------
    rhythm, as_of, population, kappa, min_gaps, clock
        As of :func:`judge_rhythms`, of all customers that have a usual interval.
    activity : Activity, optional
        Of all customers, where others have none.
    active : bool[a], optional
        Those of them that are the company's.

    Returns
    -------
    CompanyRhythm
    """
    known = _with_rhythm(rhythm, population, min_gaps)
    median_gap = np.median(rhythm.gap_median[known]) if known.any() else np.nan
    median_gap = days_in_steps(median_gap)
    if kappa == AUTOMATIC:
        interval = usual_intervals(rhythm, population, min_gaps, median_gap)
        if clock is not None:
            interval = alert_intervals(rhythm, known)
        kappa = automatic_kappa(rhythm, interval, as_of, clock, activity)
    if activity is None:
        activity, active = rhythm, population
    shape, rate = rate_moments(activity, as_of, active)
    opened = open_weekdays(activity.weekday_orders)
    return CompanyRhythm(median_gap, float(kappa), opened, shape, rate, clock)


def _with_rhythm(rhythm, population, min_gaps):
    """Customers with enough gaps for a usual interval, bool[c]."""
    known = rhythm.completed_counts >= min_gaps
    return known if population is None else known & population


def usual_intervals(rhythm, population=None, min_gaps=MIN_GAPS, company_median=None):
    """Usual days between order-days of each customer, see :func:`usual_days`.

    Parameters
    ----------
    rhythm : Rhythms
    population : bool[c], optional
    min_gaps : int
    company_median : float, optional
        That of these customers by default.

    Returns
    -------
    float64[c]
        NaN below ``min_gaps``.
    """
    known = _with_rhythm(rhythm, population, min_gaps)
    interval = np.full(len(known), np.nan)
    if known.any():
        quartiles = rhythm.gap_low, rhythm.gap_median, rhythm.gap_high
        low, median, high = (column[known] for column in quartiles)
        if company_median is None or np.isnan(company_median):
            company_median = np.median(median)
        interval[known] = usual_days(
            low, median, high, rhythm.gap_count[known], company_median
        )
    return interval


def usual_days(low, median, high, count, company_median):
    """Usual days between order-days, shrunk by one gap of the whole company.

    ``exp((n ln median + ln company) / (n + 1))``: the median of the last n gaps, and
    the company's median as if it were one more gap. It stays within the quartiles,
    between which half of the gaps lie; and of a steady customer, whose quartiles are
    at most two days apart, it is the median itself.

    Parameters
    ----------
    low, median, high : float64[c]
        Quartiles of the last gaps.
    count : int[c]
        Gaps that they rest on.
    company_median : float

    Returns
    -------
    float64[c]
        To a tenth of a day, as it is stored.
    """
    shrunk = np.exp((count * np.log(median) + np.log(company_median)) / (count + 1))
    usual = np.where(high - low <= STEADY_DAYS, median, shrunk)
    return np.round(np.clip(usual, low, high), 1)


def automatic_kappa(rhythm, interval, as_of, clock=None, activity=None):
    """The intervals of silence that four of five gaps of this company stay below.

    Parameters
    ----------
    rhythm : Rhythms
    interval : float64[c]
        That an alert compares with.
    as_of : int
        Day number.
    clock : AlertClock, optional
        That an alert goes by; every day counts without one.
    activity : Activity, optional
        Of all customers, where not all are among the rhythms.

    Returns
    -------
    float
        Between 1.5 and 5; "balanced" with under 200 gaps or 12 months of history.
    """
    silence = rhythm.completed_gaps
    if clock is not None:
        silence = clock.between(*_ends_of_gaps(rhythm))
    ratio = silence / np.repeat(interval, rhythm.completed_counts)
    ratio = ratio[~np.isnan(ratio)]
    everybody = activity or rhythm
    begun = everybody.first_day[everybody.order_day_count > 0]
    if ratio.size < AUTOMATIC_GAPS or begun.min() > add_months(
        as_of, -AUTOMATIC_MONTHS
    ):
        return KAPPA["balanced"]
    return float(np.clip(np.quantile(ratio, AUTOMATIC_SHARE), *AUTOMATIC_BOUNDS))


def _ends_of_gaps(rhythm):
    """Order-day before and after each completed gap, two int64[k]."""
    gaps, counts = rhythm.completed_gaps, rhythm.completed_counts
    running = np.concatenate(([0], np.cumsum(gaps, dtype=np.int64)))
    before = running[np.cumsum(counts) - counts]
    until = np.repeat(rhythm.first_day - before, counts) + running[1:]
    return until - gaps, until


def open_weekdays(weekday_orders):
    """Weekdays with more than 2 % of the orders, bool[7], Monday first.

    All of them where there are no orders.
    """
    total = weekday_orders.sum()
    if not total:
        return np.ones(7, dtype=bool)
    return weekday_orders > OPEN_SHARE * total


def next_open_days(day, opened, holidays=()):
    """Move days on to the next day on which a company is open.

    Parameters
    ----------
    day : int[n]
        Day numbers.
    opened : bool[7]
        Weekdays, Monday first.
    holidays : iterable of int
        Closed day numbers.

    Returns
    -------
    int32[n]
        A day that is followed by 60 closed ones stays where it is.
    """
    if not len(day):
        return np.asarray(day, dtype=np.int32)
    low, high = int(np.min(day)), int(np.max(day)) + LONGEST_CLOSURE_DAYS
    span = np.arange(low, high + 1)
    closed = ~opened[weekday(span)] | np.isin(span, list(holidays))
    # walk back from the end: each closed day takes over the one after it
    following = np.where(closed, np.iinfo(np.int32).max, span)
    following = np.minimum.accumulate(following[::-1])[::-1]
    moved = np.where(following - span > LONGEST_CLOSURE_DAYS, span, following)
    return moved[day - low].astype(np.int32)


def _expected_days(rhythm, interval, opened, holidays):
    known = ~np.isnan(interval)
    day = np.full(len(interval), NO_DAY, dtype=np.int32)
    usual = rhythm.last_day[known] + whole_days(interval[known])
    day[known] = next_open_days(usual, opened, holidays)
    return day


def _quiet_days(days, interval):
    return np.where(np.isnan(interval), 0, np.floor(days + 0.5)).astype(np.int32)


def _expected_cents(rhythm, interval):
    cents = np.floor(rhythm.mean_cents + 0.5)
    return np.where(~np.isnan(interval) & (cents > 0), cents, np.nan)


def _seasonal(rhythm, interval, as_of):
    """Silent at this time of the year before, or buying in few months at all."""
    grown = rhythm.first_day < add_months(as_of, -SEASONAL_AGE_MONTHS)
    few = (rhythm.season_months > 0) & (rhythm.season_months <= SEASONAL_MONTHS)
    recency = as_of - rhythm.last_day
    paused = rhythm.gap_a_year_ago >= np.maximum(recency - interval, 1)
    return ~np.isnan(interval) & ((grown & few) | paused)


def _value_at_risk(rhythm, probability, as_of):
    """A probability times a year's sales, in whole cents."""
    days = rate_days(rhythm.first_day, as_of)
    yearly = np.maximum(rhythm.year_cents, 0) * YEAR_DAYS / days
    return np.floor(probability * yearly + 0.5)


def _return_factor(usual, now):
    factor = np.minimum(1, (1 - now) / (1 - usual))
    return np.where(np.isnan(factor), 1, factor)
