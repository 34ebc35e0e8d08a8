# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whom to call first: what is at stake with each customer, and whose turn it is.

A stake is sales of the next 90 days that a call can move, in money of the company. What
is overdue, unspoken or broken has other units: it is a reason to call and no stake.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

__all__ = [
    "LINE",
    "ORDER",
    "TIER",
    "Act",
    "Reason",
    "Turn",
    "find_rest",
    "fill_seats",
    "get_quotation_chance",
    "get_stake",
    "get_stake_at_risk",
    "get_risk_share",
    "take_turns",
]

HORIZON_DAYS = 90
YEAR_DAYS = 365
SOON_DAYS = 7
REST_DAYS = 7
SEATS = 7
FEWEST_ALERTS = 50
PRIOR_QUOTATIONS = 30

# What a reason's stake is a part of.
ORDER = "order"  # the next order, of which there is one: the largest part counts
LINE = "line"  # a product left out of orders: counts while these still come
TIER = "tier"  # what is short of a bonus: comes on top


@dataclass(frozen=True)
class Reason:
    """Why a customer might be called.

    Attributes
    ----------
    customer : int
    kind : str
        One reason of each kind a customer.
    stake : float
        Sales of the next 90 days.
    part : str
        ORDER, LINE, TIER; empty where it puts no sales at stake.
    since : datetime or None
        Moment (UTC) at which it came up; None where it always was there.
    ends : date or None
        Last day on which a call can help.
    is_shown : bool
        Whether it is enough to call for; else it only adds to the stake.
    facts : dict
        What its words need.
    """

    customer: int
    kind: str
    stake: float = 0.0
    part: str = ""
    since: datetime | None = None
    ends: date | None = None
    is_shown: bool = True
    facts: Mapping = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """What somebody did about a customer, for which it is left in peace.

    Attributes
    ----------
    kind : str
    moment : datetime
        UTC.
    until : date or None
        Planned day, on which the customer's turn comes again; None for a week.
    facts : dict
        What its words need.
    rests : bool
        Whether it gives peace at all; a campaign is told, and calls for a call.
    """

    kind: str
    moment: datetime
    until: date | None = None
    facts: Mapping = field(default_factory=dict)
    rests: bool = True

    @property
    def last_day(self):
        return self.until or self.moment.date() + timedelta(REST_DAYS)


@dataclass(frozen=True)
class Turn:
    """A customer with reasons to call it.

    Attributes
    ----------
    customer : int
    reasons : tuple of Reason
        The one with most at stake first.
    stake : float
    ends : date or None
        The first day on which something ends, within a week.
    rest : Act or None
        What was done about it, for which it is not its turn today.
    acts : tuple of Act
        All that is planned or was done lately, the newest first.
    """

    customer: int
    reasons: tuple[Reason, ...]
    stake: float
    ends: date | None
    rest: Act | None
    acts: tuple[Act, ...] = ()


def get_stake(reasons):
    """Add up what is at stake with one customer.

    The next order is there once, be it missing or quoted. A line that is left out of
    orders is no loss of its own while these do not come at all.

    Parameters
    ----------
    reasons : iterable of Reason

    Returns
    -------
    float
    """
    parts = {ORDER: [], LINE: [], TIER: []}
    for reason in reasons:
        parts.get(reason.part, []).append(reason.stake)
    is_missing = any(reason.kind == "missing_order" for reason in reasons)
    lines = 0.0 if is_missing else sum(parts[LINE])
    return max(parts[ORDER], default=0.0) + lines + sum(parts[TIER])


def get_stake_at_risk(value_at_risk, risk_share):
    """Return what of a year's value at risk a call of today can move.

    Parameters
    ----------
    value_at_risk : float
        Of a year.
    risk_share : float
        See :func:`get_risk_share`.
    """
    return value_at_risk * HORIZON_DAYS / YEAR_DAYS * risk_share


def get_risk_share(lost, at_risk, alerts):
    """Return what really was lost as a share of what past alerts said.

    Parameters
    ----------
    lost : float
        Sales that did not come in the 90 days after the alerts, see
        :func:`~.backtest.alert_backtest`.
    at_risk : float
        What the alerts said of these 90 days.
    alerts : int
        Below 50 they say nothing: 1.
    """
    if alerts < FEWEST_ALERTS or at_risk <= 0:
        return 1.0
    return lost / at_risk


def get_quotation_chance(ordered, sent):
    """Return the chance that a sent quotation is ordered.

    The company's own share, held towards one half by 30 quotations that are not: 0 of 0
    is a half, 10 of 30 is 25 of 60.

    Parameters
    ----------
    ordered, sent : int
        Of those sent long enough ago to be decided.
    """
    return (ordered + PRIOR_QUOTATIONS / 2) / (sent + PRIOR_QUOTATIONS)


def find_rest(reasons, acts, today):
    """Return the act for which it is not a customer's turn, None if it is.

    An engagement, sent quotation, planned activity or snooze gives peace until the
    planned day, else for a week; a reason that came up later ends it at once.

    Parameters
    ----------
    reasons : iterable of Reason
    acts : iterable of Act
    today : date

    Returns
    -------
    Act or None
        The newest.
    """
    valid = [act for act in acts if act.rests and act.last_day > today]
    if not valid:
        return None
    newest = max(valid, key=lambda act: act.moment)
    news = (each.since for each in reasons if each.is_shown and each.since)
    return None if any(since > newest.moment for since in news) else newest


def take_turns(reasons, acts, today):
    """Return the customers that have a reason to be called.

    Parameters
    ----------
    reasons : iterable of Reason
        Of all customers.
    acts : dict of iterable of Act
        By customer.
    today : date

    Returns
    -------
    list of Turn
        The first to call first: by stake those with something that ends within a week,
        then the others.
    """
    by_customer = {}
    for reason in reasons:
        by_customer.setdefault(reason.customer, []).append(reason)
    turns = [
        _make_turn(customer, of_customer, acts.get(customer, ()), today)
        for customer, of_customer in by_customer.items()
        if any(reason.is_shown for reason in of_customer)
    ]
    return sorted(turns, key=_get_place)


def _make_turn(customer, reasons, acts, today):
    shown = [reason for reason in reasons if reason.is_shown]
    soon = today + timedelta(SOON_DAYS)
    ends = [each.ends for each in shown if each.ends and today <= each.ends <= soon]
    return Turn(
        customer=customer,
        reasons=tuple(sorted(reasons, key=lambda each: (-each.stake, each.kind))),
        stake=get_stake(reasons),
        ends=min(ends, default=None),
        rest=find_rest(reasons, acts, today),
        acts=tuple(sorted(acts, key=lambda act: act.moment, reverse=True)),
    )


def _get_place(turn):
    return turn.ends is None, -turn.stake, turn.customer


def fill_seats(by_stake, to_engage, seats=SEATS):
    """Return whom to show, the first to call first.

    One seat, the last, is for a customer that nobody spoke to for long: without it,
    those who still order as usual would never be called. Where all seats are taken, one
    of those in them may be such a customer already. Other seats without anybody stay
    empty.

    Parameters
    ----------
    by_stake : list
        Customers with something at stake, in their order; ``seats`` are enough.
    to_engage : list
        Customers to engage, in their order; ``seats`` are enough.
    seats : int
    """
    first = by_stake[:seats]
    others = [customer for customer in to_engage if customer not in first]
    is_taken = len(first) == seats and set(first) & set(to_engage)
    if is_taken or not others:
        return first
    return [*first[: seats - 1], others[0]]
