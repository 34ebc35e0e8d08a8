# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the month of each customer will come to.

A customer's month is too few orders for weekdays and seasons: it is the month so far
and a rest at the customer's rate, see :mod:`~.month_rates`. All rests are then scaled
to what the company is expected to add, so that customers add up to their company.
"""

from dataclasses import dataclass

import numpy as np

from .history import add_months
from .missing_orders import MIN_GAPS
from .month_calibration import calibrate
from .month_rates import company_rates, customer_rates
from .projection import (
    CONFIDENCE,
    HIGH_HALF_WIDTH,
    MEDIUM_HALF_WIDTH,
    month_start,
)
from .rhythm import rate_days

__all__ = [
    "CustomerMonths",
    "OwnMonths",
    "USUAL_FACTORS",
    "confidence_in_months",
    "own_months",
    "project_customers",
]

HIGH, MEDIUM, LOW, NOT_ENOUGH = range(len(CONFIDENCE))
PAST_MONTHS = 12
FEWEST_MONTHS = 3
USUAL_FACTORS = (0.25, 4.0)  # between which the company agrees with its customers


@dataclass(frozen=True, eq=False)
class CustomerMonths:
    """What the month of every customer is made from; money in cents.

    Attributes
    ----------
    so_far_cents : int64[c]
        This month, today included.
    sold_cents : int64[c]
        This month to the end of yesterday.
    daily_cents : float64[c]
        What each day from today on is expected to add, before all of them are scaled
        to what their company is expected to add; 0 for those who are not counted.
    daily_orders : float64[c]
        Order-days that each of these days is expected to add.
    errors : float64[3, 2]
        Of :class:`~.month_calibration.MonthCalibration`.
    """

    so_far_cents: np.ndarray
    sold_cents: np.ndarray
    daily_cents: np.ndarray
    daily_orders: np.ndarray
    errors: np.ndarray


@dataclass(frozen=True, eq=False)
class OwnMonths:
    """What a customer's own past tells of its projection.

    Attributes
    ----------
    whole_months : int16[c]
        Months since the first order, at most twelve.
    past_error : float64[c]
        Error of going on at the rate of the year before, on this day of those months,
        as a share of what they came to; NaN without twelve months, or where they came
        to nothing.
    """

    whole_months: np.ndarray
    past_error: np.ndarray


def project_customers(
    history, today, rhythm, return_factor, counted=None, min_gaps=MIN_GAPS
):
    """What the month of every customer is made from, as at the end of the day before.

    Parameters
    ----------
    history : OrderHistory
    today : int
        Day number; later orders are ignored.
    rhythm : Rhythms
        As of ``today``.
    return_factor : float64[c]
        What the present recency leaves of the usual rate, from
        :class:`~.missing_orders.MissingOrders`.
    counted : bool[c], optional
        Customers that are the company's; all by default.
    min_gaps : int
        Gaps from which a customer has a usual interval.

    Returns
    -------
    CustomerMonths
    """
    history = history.until(today)
    if counted is None:
        counted = np.ones(history.customer_count, dtype=bool)
    past = calibrate(history, today, counted, min_gaps)
    company = company_rates(history, rhythm, today, counted, past.corrections)
    rates = customer_rates(rhythm, today, return_factor, company)
    return CustomerMonths(
        so_far_cents=_sold(history, month_start(today), today + 1),
        sold_cents=_sold(history, month_start(today), today),
        daily_cents=np.where(counted, rates.daily_cents, 0),
        daily_orders=np.where(counted, rates.daily_orders, 0),
        errors=past.errors,
    )


def own_months(history, today):
    """What each customer's own past tells of its projection.

    Parameters
    ----------
    history : OrderHistory
    today : int
        Day number; later orders are ignored.

    Returns
    -------
    OwnMonths
    """
    whole, past_error = _past_months(history.until(today), today)
    return OwnMonths(whole.astype(np.int16), past_error)


def confidence_in_months(own, factor=1.0):
    """Confidence in the projection of each customer.

    Parameters
    ----------
    own : OwnMonths
    factor : float
        By which all rests were scaled to what their company is expected to add.

    Returns
    -------
    int8[c]
        Index into :data:`~.projection.CONFIDENCE`.
    """
    confidence = np.full(len(own.whole_months), LOW, dtype=np.int8)
    if USUAL_FACTORS[0] <= factor <= USUAL_FACTORS[1]:
        confidence[own.past_error <= MEDIUM_HALF_WIDTH] = MEDIUM
        confidence[own.past_error <= HIGH_HALF_WIDTH] = HIGH
    confidence[own.whole_months < FEWEST_MONTHS] = NOT_ENOUGH
    return confidence


def _sold(history, first, end):
    """Net sales of each customer from a day to before another, int64[c]."""
    inside = (history.day >= first) & (history.day < end)
    return history.sums(np.where(inside, history.cents, 0))


def _past_months(history, today):
    """Whole months of the twelve before this one, and the error in them.

    Returns
    -------
    whole : int[c]
    past_error : float64[c]
    """
    begun = history.positive().first_days(missing=today)
    start = month_start(today)
    starts = [add_months(start, -back) for back in range(2 * PAST_MONTHS, -1, -1)]
    begins, ends = np.array(starts[PAST_MONTHS:-1]), np.array(starts[PAST_MONTHS + 1 :])
    gone = np.minimum(today - start, ends - begins)
    months, sold = _sums_by_month(history, starts, begins + gone)
    totals = months[:, PAST_MONTHS:].astype(float)
    whole = begins >= begun[:, None]
    # the year before each month, in whole months: days would cost a pass each
    running = np.cumsum(np.pad(months, ((0, 0), (1, 0))), axis=1)
    yearly = running[:, PAST_MONTHS:-1] - running[:, :PAST_MONTHS]
    rate = np.maximum(yearly / rate_days(begun[:, None], begins), 0)
    point = sold + rate * (ends - begins - gone)
    missed, reached = np.abs(point - totals).sum(axis=1), totals.sum(axis=1)
    error = np.full(len(totals), np.nan)
    judged = whole.all(axis=1) & (reached > 0)
    past_error = np.divide(missed, reached, out=error, where=judged)
    return whole.sum(axis=1), past_error


def _sums_by_month(history, starts, splits):
    """Net sales of each customer by month, and of the last months up to a day.

    Parameters
    ----------
    starts : list of int
        First days of consecutive months, and the day after the last one.
    splits : int[k]
        A day in each of the last k months, or the day after it.

    Returns
    -------
    months : int64[c, len(starts) - 1]
    before : int64[c, k]
        Sales before the split of each of the last k months.
    """
    edges = np.sort(np.concatenate((starts, splits)))
    recent = history.between(starts[0], starts[-1] - 1)
    # of two equal edges the later one opens the column that is filled
    column = np.searchsorted(edges, recent.day, side="right") - 1
    width = len(edges) - 1
    table = np.zeros(history.customer_count * width, dtype=np.int64)
    np.add.at(table, recent.codes * np.int64(width) + column, recent.cents)
    table = table.reshape(-1, width)
    older = width - 2 * len(splits)
    before, after = table[:, older::2], table[:, older + 1 :: 2]
    return np.hstack((table[:, :older], before + after)), before
