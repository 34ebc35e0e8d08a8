# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Why a customer has its segment, and which order now would lift it."""

from dataclasses import dataclass, replace

import numpy as np

from .history import add_months
from .rfm import (
    SEGMENTS,
    Cutoffs,
    OrderFigures,
    average_rank2,
    rank_scores,
    scores_by_cutoffs,
    segment_codes,
)

__all__ = ["Move", "SEGMENT_STANDING", "percentile_ranks", "what_moves_up"]

# Best first. By the share of customers that order again within 90 days, as measured
# on a wholesaler's history; potential loyalists stand before first orders, which they
# grew out of.
SEGMENT_STANDING = (
    "champions",
    "loyal",
    "potential_loyalist",
    "new",
    "promising",
    "needs_attention",
    "dont_lose_them",
    "at_risk",
    "about_to_sleep",
    "hibernating",
)
STANDING_OF_CODE = tuple(SEGMENT_STANDING.index(name) for name in SEGMENTS)
LONGEST_PROMISE_DAYS = 90


@dataclass(frozen=True)
class Move:
    """An order now that would lift a customer.

    Attributes
    ----------
    segment : str
        The segment it reaches.
    value_cents : int
        The least value of that order; the smallest usual order where any would do.
    any_order : bool
        Whether any order at all would do.
    last_day : int or None
        The last day on which it still would, where that is within 90 days.
    """

    segment: str
    value_cents: int
    any_order: bool
    last_day: int | None


def percentile_ranks(figures, customer):
    """Share of the other customers that one beats on R, F and M.

    Parameters
    ----------
    figures : OrderFigures
        Of the compared customers only.
    customer : int
        Row of the customer among them.

    Returns
    -------
    tuple of three float, or of None where there is nobody else
        Later last order, more orders, higher value; equals do not count.
    """
    others = len(figures.last_day) - 1
    if not others:
        return None, None, None
    measures = (figures.last_day, figures.order_count, figures.value_cents)
    return tuple(int((v < v[customer]).sum()) / others for v in measures)


def what_moves_up(
    figures,
    customer,
    as_of,
    segment,
    cutoffs=None,
    usual_cents=1,
    own_orders=None,
    window_months=24,
):
    """The smallest order now that brings a customer into a better segment.

    The others are held still. "Better" is earlier in :data:`SEGMENT_STANDING`.

    Parameters
    ----------
    figures : OrderFigures
        Of the compared customers only.
    customer : int
        Row of the customer among them.
    as_of : int
        Day number.
    segment : str
        The customer's segment now.
    cutoffs : Cutoffs, optional
        Where the company scores by fixed cut-offs instead of ranks.
    usual_cents : int
        The customer's smallest usual order, named where any order would do.
    own_orders : tuple of (int32[k], int64[k]), optional
        Days and cents of the customer's own orders in the window. Given, the day is
        looked for on which orders leaving the window would undo the promise.
    window_months : int

    Returns
    -------
    Move or None
        None where no order now lifts the customer.
    """
    now = _Trial.of(figures, customer, as_of, cutoffs)
    least = _least_value(now, STANDING_OF_CODE[SEGMENTS.index(segment)])
    if least is None:
        return None
    value = least or usual_cents
    reached = now.standing(value)
    last_day = None
    if own_orders is not None:
        last_day = _last_day(now, value, reached, own_orders, window_months)
    return Move(SEGMENT_STANDING[reached], value, not least, last_day)


def _least_value(trial, better):
    """Least cents of an order that stands before ``better``; 0 where any does."""

    def lifts(cents):
        return trial.standing(cents) < better

    if lifts(0):
        return 0
    steps = trial.value_steps()
    # a larger order never scores lower, so the steps can be halved again and again
    low, high = 0, len(steps)
    while low < high:
        middle = (low + high) // 2
        if lifts(int(steps[middle])):
            high = middle
        else:
            low = middle + 1
    return int(steps[low]) if low < len(steps) else None


def _last_day(now, value, reached, own_orders, window_months):
    """Last day of the promise, None where it holds for 90 days."""
    day, cents = own_orders
    for ahead in range(1, LONGEST_PROMISE_DAYS + 1):
        kept = day > add_months(now.as_of + ahead, -window_months)
        later = now.shrunk_to(int((cents[kept] > 0).sum()), int(cents[kept].sum()))
        if later.standing(value) > reached:
            return now.as_of + ahead - 1
    return None


@dataclass(frozen=True, eq=False)
class _Trial:
    """Segments that one customer would have after an order, the others held still."""

    own: OrderFigures
    others: OrderFigures
    as_of: int
    cutoffs: Cutoffs | None
    frequency2: np.ndarray  # doubled ranks of the others among themselves
    value2: np.ndarray

    @classmethod
    def of(cls, figures, customer, as_of, cutoffs):
        others = figures.of(np.arange(len(figures.last_day)) != customer)
        return cls(
            own=figures.of(slice(customer, customer + 1)),
            others=others,
            as_of=as_of,
            cutoffs=cutoffs,
            frequency2=average_rank2(others.order_count),
            value2=average_rank2(others.value_cents),
        )

    def shrunk_to(self, order_count, value_cents):
        """The same trial with other own figures in the window."""
        own = replace(
            self.own,
            order_count=np.array([order_count], dtype=np.int32),
            value_cents=np.array([value_cents], dtype=np.int64),
        )
        return replace(self, own=own)

    def value_steps(self):
        """Ascending order values, in cents, at which the own score can change."""
        if self.cutoffs:
            steps = np.asarray(self.cutoffs.value_cents)
        else:
            steps = np.unique(self.others.value_cents)
            steps = np.concatenate((steps, steps + 1))
        steps = np.sort(steps) - self.own.value_cents[0]
        return steps[steps > 0]

    def standing(self, cents):
        """Place in :data:`SEGMENT_STANDING` after an order of so many cents."""
        own = OrderFigures(
            first_day=self.own.first_day,
            last_day=np.array([self.as_of], dtype=np.int32),
            order_count=self.own.order_count + 1,
            value_cents=self.own.value_cents + cents,
            total_count=self.own.total_count + 1,
        )
        if self.cutoffs:
            r, _f, _m, fm = scores_by_cutoffs(own, self.as_of, self.cutoffs)
        else:
            r, fm = self._rank_scores(own)
        return STANDING_OF_CODE[int(segment_codes(r, fm).item())]

    def _rank_scores(self, own):
        recency2, _ = _join_ranks(self.others.last_day, None, own.last_day)
        own_f2, frequency2 = _join_ranks(
            self.others.order_count, self.frequency2, own.order_count
        )
        own_m2, value2 = _join_ranks(
            self.others.value_cents, self.value2, own.value_cents
        )
        joint2, _ = _join_ranks(frequency2 + value2, None, own_f2 + own_m2)
        size = len(self.others.last_day) + 1
        return rank_scores(recency2, size), rank_scores(joint2, size)


def _join_ranks(values, rank2, value):
    """Doubled average ranks when one value joins others: its own and theirs.

    Parameters
    ----------
    values : int[n]
    rank2 : int64[n] or None
        Doubled ranks of the others among themselves, if theirs are wanted.
    value : int[1]
    """
    above = values > value
    equal = values == value
    below = len(values) - int(above.sum()) - int(equal.sum())
    own = 2 * below + int(equal.sum()) + 2
    return own, None if rank2 is None else rank2 + 2 * above + equal
