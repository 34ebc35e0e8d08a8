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

    Rows are in the order of value, so that whoever is below a value is a slice.

    Attributes
    ----------
    places : int64[n]
        Place of each customer in that order.
    last_day : int32[n]
        Sorted by themselves.
    order_count, value_cents : int32[n], int64[n]
        Of the customer at each place.
    joint2 : int64[n]
        Its doubled ranks of orders and of value among all, added up.
    value_steps : int64[m]
        Ascending values from which on a customer's rank among them can differ.
    """

    places: np.ndarray
    last_day: np.ndarray
    order_count: np.ndarray
    value_cents: np.ndarray
    joint2: np.ndarray
    value_steps: np.ndarray

    @classmethod
    def of(cls, figures):
        """Rank the customers of OrderFigures."""
        order = np.argsort(figures.value_cents)
        places = np.empty(len(order), dtype=np.int64)
        places[order] = np.arange(len(order))
        joint2 = average_rank2(figures.order_count) + average_rank2(figures.value_cents)
        values = np.unique(figures.value_cents)
        return cls(
            places=places,
            last_day=np.sort(figures.last_day),
            order_count=figures.order_count[order],
            value_cents=figures.value_cents[order],
            joint2=joint2[order],
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
    own = figures.of(slice(customer, customer + 1))
    others = None
    if not cutoffs:
        others = _Others.of(ranking or Ranking.of(figures), customer, own)
    now = _Trial(own, others, as_of, cutoffs)
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
    # any order at all, then those from which on the own score can differ
    steps = trial.value_steps()
    own = trial.own.value_cents.item()
    first = int(np.searchsorted(steps, own + 1, side="right"))
    # a larger order never scores lower, so the steps can be halved again and again
    low, high = first - 1, len(steps)
    while low < high:
        middle = (low + high) // 2
        cents = int(steps[middle]) - own if middle >= first else 1
        if trial.standing(cents) < better:
            high = middle
        else:
            low = middle + 1
    if low >= len(steps):
        return None
    return int(steps[low]) - own if low >= first else 1


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
class _Others:
    """All customers but one as it would find them, in the order of value.

    Attributes
    ----------
    last_day : int32[n]
        Sorted, with the one itself, of ``own_last_day``.
    order_count, value_cents : int32[n - 1], int64[n - 1]
    joint2 : int64[n - 1]
        Doubled ranks of orders and of value among themselves, added up.
    value_steps : int64[m]
    """

    last_day: np.ndarray
    own_last_day: int
    order_count: np.ndarray
    value_cents: np.ndarray
    joint2: np.ndarray
    value_steps: np.ndarray

    @classmethod
    def of(cls, ranking, customer, own):
        """Take one customer out of a Ranking.

        :param int customer: its row among those who were ranked
        :param OrderFigures own: of that one customer
        """
        place = ranking.places[customer]
        counts, values, joint2 = (
            np.delete(column, place)
            for column in (ranking.order_count, ranking.value_cents, ranking.joint2)
        )
        joint2 -= _get_push(counts, own.order_count.item())
        low, high = _find_equals(values, own.value_cents.item())
        joint2[low:high] -= 1
        joint2[high:] -= 2
        return cls(
            ranking.last_day,
            own.last_day.item(),
            counts,
            values,
            joint2,
            ranking.value_steps,
        )

    def rank_day(self, day):
        """Doubled average rank of a last day that joins them."""
        below, until = _find_equals(self.last_day, day)
        # the one itself is among them still
        below -= self.own_last_day < day
        until -= self.own_last_day <= day
        return below + until + 2

    def rank_count(self, count):
        """Doubled average rank of a number of orders that joins them."""
        return _rank_in(self.order_count, count)

    def rank_value(self, cents):
        """Doubled average rank of a value that joins them."""
        return sum(_find_equals(self.value_cents, cents)) + 2

    def rank_joint(self, pushed2, cents, own2):
        """Doubled average rank of joint ranks that join them together with a value.

        :param pushed2: ``joint2`` after a number of orders has joined, int64[n - 1]
        :param int cents: the value, which lifts those above it by 2, its equals by 1
        :param int own2: the joint ranks of who joins
        """
        low, high = _find_equals(self.value_cents, cents)
        parts = (pushed2[:low], pushed2[low:high], pushed2[high:])
        ranks = (_rank_in(part, own2 - lift) for lift, part in enumerate(parts))
        return sum(ranks) - 2 * (len(parts) - 1)

    def push(self, count):
        """Return ``joint2`` after a number of orders has joined."""
        return self.joint2 + _get_push(self.order_count, count)


def _rank_in(values, value):
    """Doubled average rank of a value that joins others."""
    return np.count_nonzero(values < value) + np.count_nonzero(values <= value) + 2


def _find_equals(values, value):
    """Where the equals of a value begin and end among sorted ones."""
    low, high = (np.searchsorted(values, value, side) for side in ("left", "right"))
    return int(low), int(high)


def _get_push(values, value):
    """By how much a value that joins lifts the doubled ranks of others, int8[n]."""
    above = (values > value).view(np.int8)
    return above + (values >= value).view(np.int8)


@dataclass(frozen=True, eq=False)
class _Trial:
    """Segments that one customer would have after an order, the others held still."""

    own: OrderFigures
    others: _Others | None  # with cut-offs nobody is compared
    as_of: int
    cutoffs: Cutoffs | None

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
        """Ascending values, in cents, from which on the own score can differ."""
        if self.cutoffs:
            return np.sort(self.cutoffs.value_cents)
        return self.others.value_steps

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
        """What does not depend on the value of the order: see ``_rank_scores``."""
        count = self.own.order_count.item() + 1
        return (
            self.others.rank_day(self.as_of),
            self.others.rank_count(count),
            self.others.push(count),
        )

    def _rank_scores(self, own):
        recency2, frequency2, pushed2 = self._fixed_ranks
        cents = own.value_cents.item()
        value2 = self.others.rank_value(cents)
        joint2 = self.others.rank_joint(pushed2, cents, frequency2 + value2)
        size = len(self.others.value_cents) + 1
        ranks2 = (recency2, frequency2, value2, joint2)
        scores = (rank_scores([rank], size) for rank in ranks2)
        return tell_first_orders(own, *scores)
