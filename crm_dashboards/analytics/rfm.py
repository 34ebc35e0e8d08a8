# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Recency, frequency, monetary value: scores in fifths and ten segments."""

from dataclasses import dataclass

import numpy as np

from .history import add_months

__all__ = [
    "Cutoffs",
    "OrderFigures",
    "RfmResult",
    "SEGMENTS",
    "SEGMENT_GRID",
    "SEGMENT_SHORT",
    "SEGMENT_METHOD",
    "SMALLEST_POPULATION",
    "average_rank2",
    "customer_segments",
    "order_figures",
    "rank_scores",
    "rfm",
    "score_figures",
]

SEGMENTS = (
    "champions",
    "loyal",
    "potential_loyalist",
    "promising",
    "new",
    "needs_attention",
    "about_to_sleep",
    "hibernating",
    "at_risk",
    "dont_lose_them",
)
SEGMENT_SHORT = dict(
    zip(
        SEGMENTS,
        ("C", "LC", "PL", "P", "NC", "NA", "ATS", "H", "AR", "DLT"),
        strict=True,
    )
)
NO_SEGMENT = -1
SMALLEST_POPULATION = 5
# Counted up when equal orders and settings come to other segments than before: a
# segment that changes for that is no news of its customer.
SEGMENT_METHOD = 2
FIRST_ORDER_MONTHS = 12  # so long a first order is one of a new customer
SILENT_RECENCY = 3  # the row of segments that such an order stands in later

# rows: recency score 1 to 5; columns: frequency-monetary score 1 to 5
SEGMENT_GRID = (
    ("hibernating", "hibernating", "at_risk", "at_risk", "dont_lose_them"),
    ("hibernating", "hibernating", "at_risk", "at_risk", "dont_lose_them"),
    ("about_to_sleep", "about_to_sleep", "needs_attention", "loyal", "loyal"),
    ("promising", "potential_loyalist", "potential_loyalist", "loyal", "loyal"),
    ("new", "potential_loyalist", "potential_loyalist", "champions", "champions"),
)
SEGMENT_CODES = np.array(
    [[SEGMENTS.index(name) for name in row] for row in SEGMENT_GRID], dtype=np.int8
)


@dataclass(frozen=True)
class Cutoffs:
    """Fixed thresholds, four ascending ones for each measure.

    Attributes
    ----------
    recency_days : tuple of int
        Up to the first: score 5; up to the fourth: score 2; beyond: 1.
    order_count : tuple of int
        From the first: score 2; from the fourth: score 5; below the first: 1.
    value_cents : tuple of int
        As ``order_count``, in cents.

    Raises
    ------
    ValueError
        When a measure has not four ascending thresholds.
    """

    recency_days: tuple
    order_count: tuple
    value_cents: tuple

    def __post_init__(self):
        for name in ("recency_days", "order_count", "value_cents"):
            limits = getattr(self, name)
            if len(limits) != 4 or any(
                a >= b for a, b in zip(limits, limits[1:], strict=False)
            ):
                raise ValueError(f"{name} needs four ascending thresholds")


@dataclass(frozen=True, eq=False)
class OrderFigures:
    """What is known of each customer on one day, before any comparison.

    Attributes
    ----------
    first_day, last_day : int32[c]
        First and last order above 0 ever; 0 where there is none.
    order_count : int32[c]
        Orders above 0 in the window.
    value_cents : int64[c]
        Net value of all orders in the window, credits included.
    total_count : int32[c]
        Orders above 0 ever; 0 where the customer never ordered.
    """

    first_day: np.ndarray
    last_day: np.ndarray
    order_count: np.ndarray
    value_cents: np.ndarray
    total_count: np.ndarray

    def columns(self):
        """The five columns, in the order of the attributes."""
        return [getattr(self, name) for name in OrderFigures.__dataclass_fields__]

    def of(self, customers):
        """Figures of some customers only (a slice, an index or a mask)."""
        return OrderFigures(*(column[customers] for column in self.columns()))


@dataclass(frozen=True, eq=False)
class RfmResult(OrderFigures):
    """Figures, scores and segment of every customer of a history.

    Attributes
    ----------
    r, f, m, fm : int8[c]
        Scores 1 to 5; 0 outside the population.
    segment : int8[c]
        Index into :data:`SEGMENTS`; -1 outside the population.
    population : bool[c]
        Who was compared: in the asked population, with an order up to that day.
        All false where fewer than five are left.
    """

    r: np.ndarray
    f: np.ndarray
    m: np.ndarray
    fm: np.ndarray
    segment: np.ndarray
    population: np.ndarray


def rfm(
    history,
    as_of,
    window_months=24,
    population=None,
    method="ranks",
    cutoffs=None,
):
    """Score and segment the customers of an order history.

    Parameters
    ----------
    history : OrderHistory
        Orders after ``as_of`` are ignored.
    as_of : int
        Day number.
    window_months : int
        Frequency and value count orders after ``as_of`` less so many months.
    population : bool[c], optional
        Customers to compare with one another; all by default.
    method : {"ranks", "cutoffs"}
    cutoffs : Cutoffs, optional
        Needed by the method "cutoffs".

    Returns
    -------
    RfmResult
    """
    figures = order_figures(history, as_of, window_months)
    return score_figures(figures, as_of, population, method, cutoffs)


def order_figures(history, as_of, window_months=24):
    """First and last order, orders and value in the window, orders ever.

    An order of 0 or less counts in value only.

    Parameters
    ----------
    history : OrderHistory
    as_of : int
        Day number; later orders are ignored.
    window_months : int

    Returns
    -------
    OrderFigures
    """
    history = history.until(as_of)
    recent = history.day > add_months(as_of, -window_months)
    ordered = history.cents > 0
    orders = history.select(ordered)
    return OrderFigures(
        first_day=orders.first_days(),
        last_day=orders.last_days(),
        order_count=history.sums(ordered & recent).astype(np.int32),
        value_cents=history.sums(np.where(recent, history.cents, 0)),
        total_count=orders.counts.astype(np.int32),
    )


def score_figures(figures, as_of, population=None, method="ranks", cutoffs=None):
    """Compare customers with one another.

    Parameters are those of :func:`rfm`.

    Returns
    -------
    RfmResult

    Raises
    ------
    ValueError
        For an unknown method, or "cutoffs" without cut-offs.
    """
    if method not in ("ranks", "cutoffs") or (method == "cutoffs" and not cutoffs):
        raise ValueError(f"no such way to score, or no cut-offs: {method!r}")
    members = figures.total_count > 0
    if population is not None:
        members = members & population
    if members.sum() < SMALLEST_POPULATION:
        members = np.zeros_like(members)
    compared = figures.of(members)
    if method == "ranks":
        scores = _scores_by_rank(compared)
    else:
        scores = scores_by_cutoffs(compared, as_of, cutoffs)
    columns = [_spread(score, members, 0) for score in scores]
    segments = customer_segments(compared, as_of, scores)
    columns.append(_spread(segments, members, NO_SEGMENT))
    return RfmResult(*figures.columns(), *columns, population=members)


def _spread(values, members, elsewhere):
    """Values of the members as a column of all customers, int8[c]."""
    column = np.full(len(members), elsewhere, dtype=np.int8)
    column[members] = values
    return column


def segment_codes(r, fm):
    """Segment of each pair of scores 1 to 5, int8 indexes into :data:`SEGMENTS`."""
    return SEGMENT_CODES[np.asarray(r) - 1, np.asarray(fm) - 1]


def customer_segments(figures, as_of, scores):
    """Segment of each customer by its scores and its first order.

    *New* and *Promising* are first orders only, for a year: a single order before that
    may still be among the latest fifth where most customers are silent, and stands as
    with a recency of 3.

    Parameters
    ----------
    figures : OrderFigures
    as_of : int
        Day number.
    scores : tuple of four int[c]
        r, f, m, fm.

    Returns
    -------
    int8[c]
        Indexes into :data:`SEGMENTS`.
    """
    r, _f, _m, fm = scores
    past = figures.first_day <= add_months(as_of, -FIRST_ORDER_MONTHS)
    past &= figures.total_count == 1
    return segment_codes(np.where(past, np.minimum(r, SILENT_RECENCY), r), fm)


def average_rank2(values):
    """Twice the average rank of each value, ties sharing theirs.

    The average of ranks ``lo`` to ``hi`` is ``(lo + hi) / 2``, so that its double is
    a whole number: 3, 7, 7 and 9 have 2, 5, 5 and 8.

    Parameters
    ----------
    values : int[n]

    Returns
    -------
    int64[n]
    """
    order = np.argsort(values)
    ordered = values[order]
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    bounds = np.concatenate(([0], edges, [len(values)]))
    doubled = np.empty(len(values), dtype=np.int64)
    doubled[order] = np.repeat(bounds[:-1] + bounds[1:] + 1, np.diff(bounds))
    return doubled


def rank_scores(rank2, size):
    """Scores 1 to 5 of doubled average ranks among ``size`` customers.

    ``clip(ceil((rank - 1/2) * 5 / size), 1, 5)`` in whole numbers.
    """
    fifths = -(-5 * (np.asarray(rank2) - 1) // (2 * size))
    return np.clip(fifths, 1, 5).astype(np.int8)


def _scores_by_rank(figures):
    """Scores r, f, m, fm among all of some customers."""
    size = len(figures.last_day)
    frequency2 = average_rank2(figures.order_count)
    value2 = average_rank2(figures.value_cents)
    r = rank_scores(average_rank2(figures.last_day), size)
    fm = rank_scores(average_rank2(frequency2 + value2), size)
    f = rank_scores(frequency2, size)
    return tell_first_orders(figures, r, f, rank_scores(value2, size), fm)


def scores_by_cutoffs(figures, as_of, cutoffs):
    """Scores r, f, m, fm by fixed thresholds; fm is the mean, halves rounded up."""
    recency = as_of - figures.last_day
    r = 5 - np.searchsorted(cutoffs.recency_days, recency, side="left")
    f = 1 + np.searchsorted(cutoffs.order_count, figures.order_count, side="right")
    m = 1 + np.searchsorted(cutoffs.value_cents, figures.value_cents, side="right")
    return tell_first_orders(figures, r, f, m, (f + m + 1) // 2)


def tell_first_orders(figures, r, f, m, fm):
    """The scores, with an fm of 1 for first orders and for nobody else.

    A customer's very first order says nothing of frequency: f is 1, too. Who came back
    is no new customer, however seldom that was: fm is at least 2.
    """
    first = figures.total_count == 1
    return r, np.where(first, 1, f), m, np.where(first, 1, np.maximum(fm, 2))
