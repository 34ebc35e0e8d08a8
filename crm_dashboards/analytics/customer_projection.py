# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the month of each customer will come to.

A customer's month is too few orders for weekdays and seasons: it goes on at the rate
of the past year, less what the present recency takes from it. Customers do not add up
to their company's projection, which knows more.
"""

from dataclasses import dataclass

import numpy as np

from .history import add_months
from .projection import (
    CONFIDENCE,
    HIGH_HALF_WIDTH,
    MEDIUM_HALF_WIDTH,
    month_start,
)
from .rhythm import YEAR_DAYS, rate_days

__all__ = ["CustomerMonths", "project_customers"]

HIGH, MEDIUM, LOW, NOT_ENOUGH = range(len(CONFIDENCE))
PAST_MONTHS = 12
FEWEST_MONTHS = 3
SLICE = 1 << 17  # customers whose months are laid out at a time


@dataclass(frozen=True, eq=False)
class CustomerMonths:
    """The month of every customer; money in whole cents.

    Attributes
    ----------
    so_far_cents : int64[c]
        This month, today included.
    point_cents, low_cents, high_cents : float64[c]
        Projected month and its range; NaN for customers without orders.
    confidence : int8[c]
        Index into :data:`~.projection.CONFIDENCE`; -1 for customers without orders.
    whole_months : int16[c]
        Months since the first order, at most twelve.
    past_error : float64[c]
        Error of the same projection on this day of those months, as a share of what
        they came to; NaN without twelve months, or where they came to nothing.
    sold_cents : int64[c]
        This month to the end of yesterday.
    daily_cents : float64[c]
        What each day from today on is expected to add to that; 0 without orders. It
        stays the same from one quiet day to the next, other than the point.
    """

    so_far_cents: np.ndarray
    point_cents: np.ndarray
    low_cents: np.ndarray
    high_cents: np.ndarray
    confidence: np.ndarray
    whole_months: np.ndarray
    past_error: np.ndarray
    sold_cents: np.ndarray
    daily_cents: np.ndarray


def project_customers(history, today, return_factor=None):
    """Project the month of every customer, as at the end of the day before.

    Parameters
    ----------
    history : OrderHistory
    today : int
        Day number; later orders are ignored.
    return_factor : float64[c], optional
        What the present recency leaves of the usual rate, from
        :class:`~.missing_orders.MissingOrders`; 1 by default.

    Returns
    -------
    CustomerMonths
    """
    if return_factor is None:
        return_factor = np.ones(history.customer_count)
    parts = []
    for first in range(0, max(history.customer_count, 1), SLICE):
        end = min(first + SLICE, history.customer_count)
        part = history.customers(first, end).until(today)
        parts.append(_project_slice(part, today, return_factor[first:end]))
    columns = zip(*(vars(part).values() for part in parts), strict=True)
    return CustomerMonths(*map(np.concatenate, columns))


def _project_slice(history, today, return_factor):
    start = month_start(today)
    length = add_months(start, 1) - start
    left = length - (today - start)
    orders = history.positive()
    known, begun = orders.counts > 0, orders.first_days()
    so_far = _sold(history, start, today + 1)
    sold = _sold(history, start, today)
    yearly = _sold(history, today - YEAR_DAYS, today)
    rate = return_factor * yearly / rate_days(begun, today)
    point = np.maximum(sold + rate * left, so_far)
    totals, whole, past_error = _past_months(history, begun, today)
    low, high = _range(totals, whole, sold, left / length)
    low = np.minimum(np.fmax(low, so_far), point)
    confidence = _confidence(whole.sum(axis=1), past_error)
    return CustomerMonths(
        so_far_cents=so_far,
        point_cents=_whole_cents(point, known),
        low_cents=_whole_cents(low, known),
        high_cents=_whole_cents(np.fmax(high, point), known),
        confidence=np.where(known, confidence, -1).astype(np.int8),
        whole_months=np.where(known, whole.sum(axis=1), 0).astype(np.int16),
        past_error=np.where(known, past_error, np.nan),
        sold_cents=sold,
        daily_cents=np.where(known, rate, 0.0),
    )


def _sold(history, first, end):
    """Net sales of each customer from a day to before another, int64[c]."""
    inside = (history.day >= first) & (history.day < end)
    return history.sums(np.where(inside, history.cents, 0))


def _whole_cents(cents, known):
    return np.where(known, np.floor(cents + 0.5), np.nan)


def _past_months(history, begun, today):
    """The twelve months before this one, and how this projection did in them.

    Returns
    -------
    totals : float64[c, 12]
        Net sales of each month.
    whole : bool[c, 12]
        Months that began after the customer's first order, or with it.
    past_error : float64[c]
    """
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
    return totals, whole, np.divide(missed, reached, out=error, where=judged)


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


def _range(totals, whole, sold, share_left):
    """Quartiles of the own months, scaled by the days left; NaN without months."""
    count = whole.sum(axis=1)
    ordered = np.sort(np.where(whole, totals, np.inf), axis=1)
    answer = []
    for share in (0.25, 0.75):
        place = share * np.maximum(count - 1, 0)
        below = place.astype(np.int64)
        above = np.minimum(below + 1, np.maximum(count - 1, 0))
        rows = np.arange(len(ordered))
        low = np.where(count > 0, ordered[rows, below], np.nan)
        high = np.where(count > 0, ordered[rows, above], np.nan)
        answer.append(sold + share_left * (low + (place - below) * (high - low)))
    return answer


def _confidence(months, past_error):
    confidence = np.full(len(months), LOW)
    confidence[past_error <= MEDIUM_HALF_WIDTH] = MEDIUM
    confidence[past_error <= HIGH_HALF_WIDTH] = HIGH
    confidence[months < FEWEST_MONTHS] = NOT_ENOUGH
    return confidence
