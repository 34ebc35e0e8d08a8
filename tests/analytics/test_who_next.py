# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime, timedelta

import pytest

from crm_dashboards.analytics.who_next import (
    LINE,
    ORDER,
    TIER,
    Act,
    Reason,
    fill_seats,
    find_rest,
    get_quotation_chance,
    get_risk_share,
    get_stake,
    get_stake_at_risk,
    take_turns,
)

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 9)


def missing(stake, customer=1, **parts):
    return Reason(customer, "missing_order", stake, ORDER, **parts)


def quotation(stake, customer=1, **parts):
    return Reason(customer, "open_quotation", stake, ORDER, **parts)


def line(stake, customer=1, **parts):
    return Reason(customer, "leaving", stake, LINE, **parts)


def tier(stake, customer=1, **parts):
    return Reason(customer, "tier", stake, TIER, **parts)


def overdue(customer=1, **parts):
    return Reason(customer, "overdue_payment", **parts)


@pytest.mark.parametrize(
    ("reasons", "stake"),
    [
        ([], 0),
        ([missing(300)], 300),
        ([missing(300), quotation(500)], 500),
        ([quotation(500), line(80), line(20)], 600),
        # of an order that does not come at all no line is left out
        ([missing(300), line(80)], 300),
        ([missing(300), quotation(100), line(80), tier(995)], 1295),
        # other units put no sales at stake
        ([overdue(), tier(5)], 5),
    ],
)
def test_stake(reasons, stake):
    assert get_stake(reasons) == stake


def test_stake_at_risk_is_of_ninety_days():
    # 7300 a year are 20 a day
    assert get_stake_at_risk(7300, 1) == 1800
    assert get_stake_at_risk(7300, 0.5) == 900


@pytest.mark.parametrize(
    ("lost", "at_risk", "alerts", "share"),
    [
        (61, 100, 49, 1),  # too few alerts
        (61, 100, 50, 0.61),
        (130, 100, 80, 1.3),
        (0, 0, 80, 1),
    ],
)
def test_risk_share_of_past_alerts(lost, at_risk, alerts, share):
    assert get_risk_share(lost, at_risk, alerts) == share


@pytest.mark.parametrize(
    ("ordered", "sent", "chance"), [(0, 0, 1 / 2), (10, 30, 25 / 60), (0, 120, 0.1)]
)
def test_quotation_chance(ordered, sent, chance):
    assert get_quotation_chance(ordered, sent) == pytest.approx(chance)


def act(days_ago, until=None):
    return Act("engagement", NOW - timedelta(days=days_ago), until)


def news(days_ago):
    return missing(1, since=NOW - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("reasons", "acts", "rests"),
    [
        ([news(20)], [], False),
        ([news(20)], [act(0)], True),
        ([news(20)], [act(6)], True),
        ([news(20)], [act(7)], False),  # a week is over
        ([news(40)], [act(30, date(2026, 12, 1))], True),  # planned for tomorrow
        ([news(40)], [act(30, TODAY)], False),  # the planned day has come
        ([news(2)], [act(3)], False),  # something new since
        ([news(2)], [act(3), act(1)], True),  # and spoken about it
        ([news(2)], [act(3, date(2026, 12, 24))], False),
        ([missing(1)], [act(3)], True),  # always was so
        # what only adds to the stake brings nobody back
        ([news(20), quotation(1, since=NOW, is_shown=False)], [act(3)], True),
    ],
)
def test_rest_after_an_act(reasons, acts, rests):
    assert (find_rest(reasons, acts, TODAY) is not None) == rests


def test_turns_in_their_order():
    reasons = [
        missing(300, 1),
        overdue(1),
        quotation(100, 2, ends=date(2026, 12, 7)),
        quotation(900, 3, ends=date(2026, 12, 8)),  # in more than a week
        quotation(120, 4, ends=TODAY),
        quotation(999, 5, is_shown=False),  # no reason to call
        quotation(40, 6, is_shown=False),
        overdue(6),
    ]
    acts = {1: [act(1)]}
    turns = take_turns(reasons, acts, TODAY)
    assert [(turn.customer, turn.stake) for turn in turns] == [
        (4, 120),
        (2, 100),
        (3, 900),
        (1, 300),
        (6, 40),
    ]
    assert [turn.customer for turn in turns if turn.rest] == [1]
    assert [turn.ends for turn in turns[:3]] == [TODAY, date(2026, 12, 7), None]
    kinds = [reason.kind for reason in turns[3].reasons]
    assert kinds == ["missing_order", "overdue_payment"]
    assert take_turns(reversed(reasons), acts, TODAY) == turns


@pytest.mark.parametrize(
    ("by_stake", "to_engage", "seats"),
    [
        ([], [], []),
        ([1, 2], [], [1, 2]),
        ([1, 2], [8, 9], [1, 2, 8]),  # the others stay empty
        ([1, 2], [2, 9], [1, 2, 9]),
        ([], [8, 9], [8]),
        ([1, 2, 3, 4, 5, 6, 7], [8], [1, 2, 3, 4, 5, 6, 8]),
        ([1, 2, 3, 4, 5, 6, 7], [9, 7], [1, 2, 3, 4, 5, 6, 7]),  # 7 is one
    ],
)
def test_seats(by_stake, to_engage, seats):
    assert fill_seats(by_stake, to_engage) == seats
