# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Why a customer has its segment, and which order now would lift it."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .history import add_months
from .rfm import (
    SEGMENTS,
    Cutoffs,
    OrderFigures,
    average_rank2,
    customer_segments,
    rank_scores,
    scores_by_cutoffs,
    tell_first_orders,
)

__all__ = [
    "Move",
    "Ranking",
    "SEGMENT_STANDING",
    "percentile_ranks",
    "what_moves_up",
]

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
    """Orders now that would lift a customer into one segment.

    Attributes
    ----------
    segment : str
        The segment that they reach: each order from this value on, up to the value of
        the next move.
    value_cents : int
        The least value of such an order; 1 where any order would do.
    last_day : int or None
        The last day on which an order of that value still would, where that is within
        90 days.
    """

    segment: str
    value_cents: int
    last_day: int | None

    @property
    def any_order(self):
        """Whether any order at all would do."""
        return self.value_cents == 1


@dataclass(frozen=True, eq=False)
class Ranking:
    """What all customers have in common when the moves of one are looked for.

    Attributes
    ----------
    frequency2, value2 : int64[n]
        Doubled ranks of all among all.
    value_steps : int64[m]
        Ascending values from which on a customer's rank among them can differ.
    """

    frequency2: np.ndarray
    value2: np.ndarray
    value_steps: np.ndarray

    @classmethod
    def of(cls, figures):
        """Rank the customers of OrderFigures."""
        values = np.unique(figures.value_cents)
        return cls(
            frequency2=average_rank2(figures.order_count),
            value2=average_rank2(figures.value_cents),
            value_steps=np.union1d(values, values + 1),
        )


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
    ranking=None,
):
    """Orders now that bring a customer into a better segment, from the smallest on.

    The others are held still. "Better" is earlier in :data:`SEGMENT_STANDING`; a larger
    order never reaches less than a smaller one.

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
        The customer's smallest usual order: what any order reaches is left out where
        that one reaches more.
    own_orders : tuple of (int32[k], int64[k]), optional
        Days and cents of the customer's own orders up to ``as_of``. Given, they take
        the place of its figures, and the day is looked for on which orders leaving the
        window would undo the promise.
    window_months : int
    ranking : Ranking, optional
        Of ``figures``, where it is known.

    Returns
    -------
    list of Move
        Each with a better segment than the one before; empty where no order now lifts
        the customer.
    """
    ranking = ranking or Ranking.of(figures)
    now = _Trial.of(figures, customer, as_of, cutoffs, ranking)
    if own_orders is not None:
        now = now.with_orders(own_orders, add_months(as_of, -window_months))
    steps = _find_steps(now, STANDING_OF_CODE[SEGMENTS.index(segment)])
    if len(steps) > 1 and steps[0][0] == 1 and steps[1][0] <= usual_cents:
        del steps[0]
    moves = []
    for cents, reached in steps:
        last_day = None
        if own_orders is not None:
            last_day = _last_day(now, cents, reached, own_orders, window_months)
        moves.append(Move(SEGMENT_STANDING[reached], cents, last_day))
    return moves


def _find_steps(trial, better):
    """Least cents of an order for each standing before ``better``, and the standing."""
    steps = []
    cents = _least_value(trial, better)
    while cents is not None:
        better = trial.standing(cents)
        steps.append((cents, better))
        cents = _least_value(trial, better)
    return steps


def _least_value(trial, better):
    """Least cents of an order that stands before ``better``, None without one."""
    steps = trial.value_steps()
    # a larger order never scores lower, so the steps can be halved again and again
    low, high = 0, len(steps)
    while low < high:
        middle = (low + high) // 2
        if trial.standing(int(steps[middle])) < better:
            high = middle
        else:
            low = middle + 1
    return int(steps[low]) if low < len(steps) else None


def _last_day(now, cents, reached, own_orders, window_months):
    """Last day on which an order still reaches that, None where it is 90 days away."""
    known = now.window_figures()
    for ahead in range(1, LONGEST_PROMISE_DAYS + 1):
        opened = add_months(now.as_of + ahead, -window_months)
        later = now.with_orders(own_orders, opened)
        if later.window_figures() != known:
            known = later.window_figures()
            if later.standing(cents) != reached:
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
    steps: np.ndarray

    @classmethod
    def of(cls, figures, customer, as_of, cutoffs, ranking):
        is_other = np.arange(len(figures.last_day)) != customer
        others = figures.of(is_other)
        own = figures.of(slice(customer, customer + 1))
        return cls(
            own=own,
            others=others,
            as_of=as_of,
            cutoffs=cutoffs,
            frequency2=_leave_ranks(
                others.order_count, ranking.frequency2[is_other], own.order_count
            ),
            value2=_leave_ranks(
                others.value_cents, ranking.value2[is_other], own.value_cents
            ),
            steps=ranking.value_steps,
        )

    def with_orders(self, own_orders, opened):
        """The same trial with the customer's orders as own figures.

        Those after the day ``opened`` are in the window.
        """
        day, cents = own_orders
        recent, ordered = day > opened, cents > 0
        own = OrderFigures(
            first_day=np.array([day[ordered].min(initial=self.as_of)], dtype=np.int32),
            last_day=self.own.last_day,
            order_count=np.array([(recent & ordered).sum()], dtype=np.int32),
            value_cents=np.array([cents[recent].sum()], dtype=np.int64),
            total_count=np.array([ordered.sum()], dtype=np.int32),
        )
        return replace(self, own=own)

    def window_figures(self):
        """Own orders and cents in the window."""
        return self.own.order_count.item(), self.own.value_cents.item()

    def value_steps(self):
        """Ascending order values, in cents, from which on the own score can differ."""
        steps = np.sort(self.cutoffs.value_cents) if self.cutoffs else self.steps
        steps = steps - self.own.value_cents[0]
        return np.concatenate(([1], steps[steps > 1]))

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
            scores = scores_by_cutoffs(own, self.as_of, self.cutoffs)
        else:
            scores = self._rank_scores(own)
        code = customer_segments(own, self.as_of, scores).item()
        return STANDING_OF_CODE[code]

    @cached_property
    def _fixed_ranks(self):
        """Ranks that do not depend on the value of the order: see ``_rank_scores``."""
        recency2, _ = _join_ranks(
            self.others.last_day, None, np.array([self.as_of], dtype=np.int32)
        )
        return recency2, *_join_ranks(
            self.others.order_count, self.frequency2, self.own.order_count + 1
        )

    def _rank_scores(self, own):
        recency2, own_f2, frequency2 = self._fixed_ranks
        own_m2, value2 = _join_ranks(
            self.others.value_cents, self.value2, own.value_cents
        )
        joint2, _ = _join_ranks(frequency2 + value2, None, own_f2 + own_m2)
        size = len(self.others.last_day) + 1
        ranks2 = (recency2, own_f2, own_m2, joint2)
        return tell_first_orders(own, *(rank_scores(rank, size) for rank in ranks2))


def _leave_ranks(values, rank2, value):
    """Doubled average ranks of others among themselves when one value leaves them.

    Parameters
    ----------
    values, rank2 : int[n], int64[n]
        Of the others, the ranks with the one that leaves.
    value : int[1]
    """
    return rank2 - 2 * (values > value) - (values == value)


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
