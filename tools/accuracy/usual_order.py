# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Usual orders proposed before each order, against what was ordered then."""

from dataclasses import dataclass, fields

import numpy as np

from crm_dashboards.analytics.usual_order import usual_order

from .estimate import Estimate, estimate
from .ratio import ratio

ORDERS_BEFORE = 4
FIRST_DAY = 240  # of the history
LEAST_LINES = 3


@dataclass(frozen=True)
class _Outcome:
    """Of one proposal; sums are over the lines rightly proposed."""

    customer: int
    late: bool
    f1: float
    repeat_f1: float
    ordered: float
    error: float
    last_error: float


def measure(lines):
    """How well the next order is proposed, beside a repetition of the last one.

    Asked is every order with four before it. ``usual_f1``, ``repeat_f1`` and
    ``usual_quantity``, the error of the quantities in parts of those ordered, are of
    orders of three lines or more after day 240; those with ``_all`` of all.

    Parameters
    ----------
    lines : OrderLines

    Returns
    -------
    bars, extra : dict of Estimate
    """
    asked = _Asked(lines)
    late = asked.late
    every = np.ones(len(late), dtype=bool)
    bars = {
        "usual_f1": asked.mean("f1", late),
        "repeat_f1": asked.mean("repeat_f1", late),
        "usual_f1_all": asked.mean("f1", every),
        "repeat_f1_all": asked.mean("repeat_f1", every),
        "usual_quantity": asked.ratio("error", "ordered", late),
    }
    extra = {"quantity (as the last time)": asked.ratio("last_error", "ordered", late)}
    return bars, extra


class _Asked:
    """The outcomes of a history in columns."""

    def __init__(self, lines):
        outcomes = list(_walk_forward(lines))
        for each in fields(_Outcome):
            column = [getattr(outcome, each.name) for outcome in outcomes]
            setattr(self, each.name, np.array(column, dtype=each.type))
        self._customer_count = lines.customer_count

    def mean(self, name, chosen):
        values = getattr(self, name)
        return self._ratio(values, np.ones(len(values)), chosen)

    def ratio(self, name, base, chosen):
        return self._ratio(getattr(self, name), getattr(self, base), chosen)

    def _ratio(self, values, bases, chosen):
        count = int(np.count_nonzero(chosen))
        if not count:
            return Estimate(None, 0)
        who = self.customer[chosen]
        above, below = (
            np.bincount(who, column[chosen], self._customer_count)
            for column in (values, bases)
        )

        def statistic(times):
            return ratio((above * times).sum(), (below * times).sum())

        return estimate(statistic, count, self._customer_count)


def _walk_forward(lines):
    """Propose each order from those before it."""
    first_day = int(lines.day.min()) + FIRST_DAY if len(lines.day) else 0
    bounds = np.searchsorted(lines.customer, np.arange(lines.customer_count + 1))
    for customer, (start, end) in enumerate(zip(bounds[:-1], bounds[1:], strict=True)):
        days, heads = np.unique(lines.day[start:end], return_index=True)
        heads = np.append(heads + start, end)
        for place in range(ORDERS_BEFORE, len(days)):
            last, now, behind = heads[place - 1 : place + 2]
            yield _judge(
                lines,
                customer,
                bool(days[place] > first_day and behind - now >= LEAST_LINES),
                slice(start, now),
                slice(last, now),
                slice(now, behind),
            )


def _judge(lines, customer, late, before, last, now):
    usual = usual_order(
        lines.day[before],
        lines.product[before],
        lines.quantity[before],
        lines.cents[before],
    )
    ordered = lines.product[now]
    proposed = usual.product[: usual.usual_count]
    _hits, place, rightly = np.intersect1d(proposed, ordered, return_indices=True)
    quantity = lines.quantity[now][rightly]
    latest = _last_quantities(lines, before, ordered[rightly])
    return _Outcome(
        customer=customer,
        late=late,
        f1=_f1(proposed, ordered),
        repeat_f1=_f1(lines.product[last], ordered),
        ordered=quantity.sum(),
        error=np.abs(usual.quantity[place] - quantity).sum(),
        last_error=np.abs(latest - quantity).sum(),
    )


def _f1(proposed, ordered):
    return 2 * len(np.intersect1d(proposed, ordered)) / (len(proposed) + len(ordered))


def _last_quantities(lines, before, products):
    """Quantities of products in the last order before that held them."""
    latest = dict(zip(lines.product[before], lines.quantity[before], strict=True))
    return np.array([latest[product] for product in products], dtype=float)
