# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What became of the customers' months, looked at on the same day of past months.

What was expected of customers with few orders is corrected by what came, cell by cell;
and the errors that are left are the range.
"""

from dataclasses import dataclass

import numpy as np

from .history import add_months
from .missing_orders import MIN_GAPS, judge_rhythms
from .month_rates import (
    NO_CELL,
    UNCORRECTED,
    company_rates,
    customer_rates,
)
from .projection import month_start
from .rhythm import rhythms

__all__ = ["MonthCalibration", "calibrate", "month_range"]

CORRECTION_MONTHS = 13
RANGE_MONTHS = 12
FEWEST_MONTHS = 2
USUAL_CUSTOMERS = 50  # customers of the company's own ratio that each cell begins with
SAMPLE = 10_000  # customers that tell as much as a million would
# orders expected in the rest of the month: edges of the classes of a range
EXPECTED_ORDERS = (0.5, 2.0)
INSIDE = 0.8
FEWEST_ERRORS = 20
HASH_FACTOR, HASH_RANGE = 2_654_435_761, 1 << 32


@dataclass(frozen=True, eq=False)
class MonthCalibration:
    """What past months teach about this one.

    Attributes
    ----------
    corrections : float64[2, 6]
        Of :class:`~.month_rates.CompanyRates`; ones without two past months.
    errors : float64[3, 2]
        Tenth and ninetieth percentile of ``(actual / expected - 1) sqrt(orders)`` by
        the orders expected in the rest of the month (below a half, to two, more); NaN
        where too few are known.
    """

    corrections: np.ndarray
    errors: np.ndarray


@dataclass(frozen=True, eq=False)
class _PastMonth:
    """The rest of a past month of k customers: expected and actual."""

    expected: np.ndarray
    orders: np.ndarray
    actual: np.ndarray
    cell: np.ndarray


def calibrate(history, today, counted, min_gaps=MIN_GAPS):
    """Look at past months on the same day as today's.

    Parameters
    ----------
    history : OrderHistory
    today : int
        Day number; nothing from this month on is looked at.
    counted : bool[c]
        Customers that are the company's.
    min_gaps : int
        Gaps from which a customer has a usual interval.

    Returns
    -------
    MonthCalibration
    """
    sample = _sample(history, counted)
    months = list(_past_months(sample, today, min_gaps))
    corrections = _corrections(months)
    return MonthCalibration(corrections, _errors(months[:RANGE_MONTHS], corrections))


def month_range(so_far, rest, orders, errors):
    """The 80 % range of customers' months.

    Parameters
    ----------
    so_far, rest : float64[c]
        Sales of the month to yesterday, and what is expected to be added.
    orders : float64[c]
        Order-days that are expected in the rest of the month.
    errors : float64[3, 2]
        Of :class:`MonthCalibration`.

    Returns
    -------
    low, high : float64[c]
        Around ``so_far + rest``, never below ``so_far``, and from there where less than
        half an order is expected: that none comes is likelier than anything else. NaN
        where errors are unknown.
    """
    of_class = np.asarray(errors, dtype=float)[_classes(orders)]
    steps = np.sqrt(np.maximum(orders, np.finfo(float).tiny))
    low = rest * np.clip(1 + of_class[..., 0] / steps, 0, 1)
    low = np.where(orders < EXPECTED_ORDERS[0], 0 * low, low)
    high = rest * np.maximum(1 + of_class[..., 1] / steps, 1)
    return so_far + low, so_far + high


def _sample(history, counted):
    """The history of at most ``SAMPLE`` of the counted customers, by a hash of ids."""
    chosen = np.flatnonzero(counted)
    if len(chosen) > SAMPLE:
        ids = history.customer_ids[chosen].astype(np.uint64)
        place = ids * np.uint64(HASH_FACTOR) % np.uint64(HASH_RANGE)
        chosen = chosen[np.argsort(place, kind="stable")[:SAMPLE]]
    is_chosen = np.zeros(history.customer_count, dtype=bool)
    is_chosen[chosen] = True
    return history.choose(is_chosen)


def _past_months(history, today, min_gaps):
    """Whole past months that have a day like today, the newest first."""
    start = month_start(today)
    begun = int(history.day.min()) if len(history.day) else start
    for back in range(1, CORRECTION_MONTHS + 1):
        first, end = add_months(start, -back), add_months(start, 1 - back)
        if first < begun:
            return
        cut = first + today - start
        if cut < end:
            yield _past_month(history, cut, end, min_gaps)


def _past_month(history, cut, end, min_gaps):
    before = history.until(cut - 1)
    rhythm = rhythms(before, cut)
    judged = judge_rhythms(rhythm, cut, min_gaps=min_gaps)
    known = rhythm.order_day_count > 0
    company = company_rates(before, rhythm, cut, known)
    rates = customer_rates(rhythm, cut, judged.return_factor, company)
    after = history.between(cut, end - 1)
    return _PastMonth(
        expected=rates.daily_cents[known] * (end - cut),
        orders=rates.daily_orders[known] * (end - cut),
        actual=after.sums(after.cents)[known],
        cell=rates.cell[known],
    )


def _corrections(months):
    """Actual over expected of each cell, shrunk to that of all of them."""
    if len(months) < FEWEST_MONTHS:
        return UNCORRECTED
    cell = np.concatenate([month.cell for month in months])
    corrected = cell != NO_CELL
    cell = cell[corrected]
    expected, actual = (
        np.bincount(
            cell,
            np.concatenate([getattr(month, name) for month in months])[corrected],
            minlength=UNCORRECTED.size,
        )
        for name in ("expected", "actual")
    )
    count = np.bincount(cell, minlength=UNCORRECTED.size)
    if not expected.sum():
        return UNCORRECTED
    overall = max(actual.sum(), 0) / expected.sum()
    usual = USUAL_CUSTOMERS * expected / np.maximum(count, 1)
    ratio = np.full(UNCORRECTED.size, overall)
    seen = expected > 0
    ratio[seen] = (actual + usual * overall)[seen] / (expected + usual)[seen]
    return np.maximum(ratio, 0).reshape(UNCORRECTED.shape)


def _errors(months, corrections):
    """Percentiles of the errors by class, float64[3, 2]."""
    found = np.full((len(EXPECTED_ORDERS) + 1, 2), np.nan)
    if not months:
        return found
    columns = zip(*(_errors_of(month, corrections) for month in months), strict=True)
    error, classes = map(np.concatenate, columns)
    for each in range(len(found)):
        mine = error[classes == each]
        # too few of a class: what is known of all customers
        mine = mine if len(mine) >= FEWEST_ERRORS else error
        if len(mine) >= FEWEST_ERRORS:
            # a little beyond the percentile, as conformal prediction asks
            beyond = min((1 + INSIDE) / 2 * (1 + 1 / len(mine)), 1)
            found[each] = np.quantile(mine, (1 - beyond, beyond))
    return found


def _errors_of(month, corrections):
    factor = np.where(month.cell == NO_CELL, 1, corrections.flat[month.cell])
    # corrected are orders, and with them their value
    expected, orders = factor * month.expected, factor * month.orders
    some = expected > 0
    expected, orders = expected[some], orders[some]
    error = (month.actual[some] / expected - 1) * np.sqrt(orders)
    return error, _classes(orders)


def _classes(orders):
    return np.searchsorted(EXPECTED_ORDERS, orders, side="right")
