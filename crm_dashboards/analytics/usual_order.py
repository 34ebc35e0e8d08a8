# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a customer usually orders: which products, how many of each, and when next."""

from dataclasses import dataclass

import numpy as np

from .rhythm import quartiles_of_last, whole_days

__all__ = ["LEAST_LINES", "RECENT_ORDERS", "UsualOrder", "usual_order"]

FADING = 0.9  # weight of an order as a part of that of the next one
RECENT_ORDERS = 10
LEAST_LINES = 3
LAST_QUANTITIES = 3
LAST_GAPS, LEAST_GAPS = 12, 2
SIZES_APART = 3  # upper quartile of the orders' values in times of the lower one


@dataclass(frozen=True, eq=False)
class UsualOrder:
    """The products that a customer has ordered, the most usual one first.

    Those that none of the last ten orders held come last.

    Attributes
    ----------
    product : int64[p]
    score : float64[p]
        Orders that held it, each weighing ``FADING`` times what the next one does.
    recent : int64[p]
        How many of the last ``order_count`` orders held it.
    quantity, value : float64[p]
        Medians of the last three lines; a whole quantity where all are whole. NaN
        where no quantity is known.
    low, high : float64[p]
        Quartiles of the last ten quantities, whole likewise; further where
        ``quantity`` lies outside.
    last_day : int64[p]
        Day of the last order that held it.
    due_day : int64[p]
        That day and the median of its last gaps; 0 with less than ``LEAST_GAPS``.
    order_count : int
        Orders looked back on, at most ``RECENT_ORDERS``.
    line_count : int
        Products of a usual order, at least ``LEAST_LINES``.
    large_day : int or None
        Day of the newest of the larger ones of these orders; None where they do not
        differ by more than ``SIZES_APART``.
    """

    product: np.ndarray
    score: np.ndarray
    recent: np.ndarray
    quantity: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    last_day: np.ndarray
    due_day: np.ndarray
    order_count: int
    line_count: int
    large_day: int | None

    @property
    def usual_count(self):
        """How many products, the first ones, are a usual order."""
        return min(self.line_count, int(np.count_nonzero(self.recent)))


def usual_order(day, product, quantity, value):
    """The usual order of one customer, from the lines ordered so far.

    Lines of one day are one order, and those of one product in it one line. Equal
    scores go to the smaller product. The order of the rows is of no consequence.

    Parameters
    ----------
    day : int[n]
        Day numbers.
    product : int[n]
    quantity : float[n]
        Above 0; NaN where it cannot be compared with the others of the product.
    value : float[n]
        Net values, above 0.

    Returns
    -------
    UsualOrder
    """
    days, order = np.unique(day, return_inverse=True)
    products, index = np.unique(product, return_inverse=True)
    keys, line = np.unique(index * len(days) + order, return_inverse=True)
    line_product, line_order = np.divmod(keys, max(len(days), 1))
    ago = len(days) - 1 - line_order

    def per_product(chosen, weights=None):
        weights = None if weights is None else weights[chosen]
        return np.bincount(line_product[chosen], weights, len(products))

    every = slice(None)
    ends = np.cumsum(per_product(every))
    last_day = days[line_order[ends - 1]]
    score = per_product(every, FADING**ago)
    usual_gap, gap_count = _usual_gaps(days[line_order], per_product(every))
    quantities = np.bincount(line, quantity, len(keys))
    values = np.bincount(line, value, len(keys))
    known = ~np.isnan(quantities)
    counts = per_product(known)
    (_, usual, _), (low, _, high) = (
        _of_last(quantities[known], counts, most)
        for most in (LAST_QUANTITIES, RECENT_ORDERS)
    )
    _, usual_value, _ = _of_last(values[known], counts, LAST_QUANTITIES)
    whole = per_product(known & (quantities % 1 != 0)) == 0
    usual = np.where(whole, _half_up(usual), usual)
    sizes = np.bincount(line_order, minlength=len(days))[-RECENT_ORDERS:]
    recent = per_product(ago < RECENT_ORDERS)
    best = np.lexsort((products, -score, recent == 0))
    return UsualOrder(
        product=products[best],
        score=score[best],
        recent=recent[best],
        quantity=usual[best],
        value=usual_value[best],
        low=np.minimum(np.where(whole, _half_up(low), low), usual)[best],
        high=np.maximum(np.where(whole, _half_up(high), high), usual)[best],
        last_day=last_day[best],
        due_day=np.where(gap_count < LEAST_GAPS, 0, last_day + usual_gap)[best],
        order_count=len(sizes),
        line_count=max(LEAST_LINES, _rounded_median(sizes)),
        large_day=_large_day(days, np.bincount(order, value, len(days))),
    )


def _half_up(quantities):
    return np.floor(quantities + 0.5)


def _of_last(values, counts, most):
    """Quartiles of each product's last values; its lines follow each other."""
    return quartiles_of_last(values, np.cumsum(counts), np.minimum(counts, most))


def _usual_gaps(line_day, counts):
    """Median days between each product's last orders, int64[p], and of how many."""
    gaps = np.diff(line_day, prepend=line_day[:1])
    gap_counts = np.minimum(counts - 1, LAST_GAPS)
    _, usual, _ = quartiles_of_last(gaps, np.cumsum(counts), gap_counts)
    return whole_days(np.nan_to_num(usual)), gap_counts


def _rounded_median(sizes):
    return int(np.median(sizes) + 0.5) if len(sizes) else 0


def _large_day(days, values):
    days, values = days[-RECENT_ORDERS:], values[-RECENT_ORDERS:]
    if not len(days):
        return None
    low, high = np.quantile(values, (0.25, 0.75))
    if high <= SIZES_APART * low:
        return None
    return int(days[np.flatnonzero(values >= high)[-1]])
