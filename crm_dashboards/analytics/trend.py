# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Last 12 months against the 12 before: growing, static or declining."""

from dataclasses import dataclass

import numpy as np

from .history import add_months

__all__ = ["TREND_CLASSES", "NOT_COUNTED", "Trends", "month_sums", "trends"]

TREND_CLASSES = ("growing", "static", "declining")
GROWING, STATIC, DECLINING = range(3)
NOT_COUNTED = -1
BAND = 0.10
CHANCE_Z = 1.64  # beyond it one customer of ten without any change is called so
SHARE_UNITS = 10_000  # shares are compared as whole ten-thousandths


@dataclass(frozen=True, eq=False)
class Trends:
    """Two years of every customer, and what became of it.

    Attributes
    ----------
    this_year_cents, last_year_cents : int64[c]
        Net value of the last 12 months and of the 12 before.
    change_share : float64[c]
        (this - last) / last. -1 or below where this year is 0 or less, which is
        worded as "-100 % or more". NaN where last year is not above 0.
    trend : int8[c]
        Index into :data:`TREND_CLASSES`; -1 where both years are 0.
    new : bool[c]
        Growing from nothing, in the first year of all.
    back : bool[c]
        Growing from nothing, with transactions before the two years or sums of 0.
    lost : bool[c]
        Declined to nothing.
    may_be_chance : bool[c]
        Growing or declining by the band, but with so few transactions that the
        difference says little; never who is new, back or lost, since that is a fact.
        Stays marked where strictness makes it static.
    """

    this_year_cents: np.ndarray
    last_year_cents: np.ndarray
    change_share: np.ndarray
    trend: np.ndarray
    new: np.ndarray
    back: np.ndarray
    lost: np.ndarray
    may_be_chance: np.ndarray


def trends(history, as_of, band=BAND, strict=False, population=None, known_from=None):
    """Compare the two years of every customer before a day.

    Parameters
    ----------
    history : OrderHistory
        Transactions: orders, or invoices and credit notes. Of those before the two
        years only the first day matters.
    as_of : int
        Day number; that day itself is not counted.
    band : float
        Change up to which, both ways, a customer is static; to four decimals.
    strict : bool
        Call those static that may be chance.
    population : bool[c], optional
        Customers to judge; the others are not counted.
    known_from : int[c], optional
        Day since which each customer is known otherwise, such as by its orders where
        transactions are invoices.

    Returns
    -------
    Trends
    """
    middle, start = add_months(as_of, -12), add_months(as_of, -24)
    two_years = history.between(start, as_of - 1)
    recent = two_years.day >= middle
    this = two_years.sums(np.where(recent, two_years.cents, 0))
    last = two_years.sums(np.where(recent, 0, two_years.cents))
    trend = _by_band(this, last, band)
    if population is not None:
        trend[~population] = NOT_COUNTED
    from_nothing = (last == 0) & (trend == GROWING)
    lost = (this == 0) & (last > 0) & (trend == DECLINING)
    chance = np.isin(trend, (GROWING, DECLINING)) & ~from_nothing & ~lost
    chance &= np.abs(this - last) < CHANCE_Z * _root_of_squares(two_years)
    first = history.first_days(missing=as_of)
    known = first if known_from is None else np.minimum(first, known_from)
    if strict:
        trend[chance] = STATIC
    return Trends(
        this_year_cents=this,
        last_year_cents=last,
        change_share=_change(this, last),
        trend=trend,
        new=from_nothing & (known >= middle),
        back=from_nothing & (known < middle),
        lost=lost,
        may_be_chance=chance,
    )


def month_sums(history, as_of, months=24):
    """Sums of the months before a day, each from that day of a month to the next.

    Those of the two years of :func:`trends` add up to its years.

    Parameters
    ----------
    history : OrderHistory
    as_of : int
        Day number; that day itself is not counted.
    months : int

    Returns
    -------
    int64[c, months]
        The oldest month first.
    """
    starts = [add_months(as_of, back) for back in range(-months, 1)]
    month = np.searchsorted(starts, history.day, side="right") - 1
    kept = (month >= 0) & (month < months)
    sums = np.zeros((history.customer_count, months), np.int64)
    np.add.at(sums, (history.codes[kept], month[kept]), history.cents[kept])
    return sums


def _by_band(this, last, band):
    """Class of each pair of years, int8[c]; by the bare sign from nothing or less."""
    band = np.where(last > 0, round(band * SHARE_UNITS), 0)
    change = (this - last) * SHARE_UNITS
    trend = np.full(len(this), STATIC, dtype=np.int8)
    trend[change > band * last] = GROWING
    trend[change < -band * last] = DECLINING
    trend[(this == 0) & (last == 0)] = NOT_COUNTED
    return trend


def _change(this, last):
    share = np.full(len(this), np.nan)
    return np.divide(this - last, last, out=share, where=last > 0)


def _root_of_squares(history):
    """Root of the sum of squared transactions of each customer, float64[c]."""
    squares = np.bincount(
        history.codes,
        history.cents.astype(float) ** 2,
        minlength=history.customer_count,
    )
    return np.sqrt(squares)
