# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_dashboards.analytics.expectation import Expectation, bring_up_to_date
from crm_dashboards.analytics.missing_orders import find_missing_orders, open_weekdays

from .histories import day, from_rows, order_rows

TODAY = day("2024-12-20")  # a Friday
MONDAY_TO_FRIDAY = np.array([True] * 5 + [False] * 2)
# every 14 days on Tuesdays, the last one ten days ago
ORDERS = [
    (1, day("2024-11-12"), 30_000),
    (1, day("2024-11-26"), 10_000),
    (1, day("2024-12-10"), 20_000),
]
STORED = Expectation(
    today=TODAY,
    last_day=day("2024-12-10"),
    interval_days=14.0,
    low_days=13.5,
    high_days=15.0,
    expected_day=day("2024-12-24"),
    expected_cents=20_000,
    state="expected",
)


def expect(*more, holidays=(), **changes):
    return bring_up_to_date(
        replace(STORED, **changes),
        from_rows([*ORDERS, *more]),
        MONDAY_TO_FRIDAY,
        holidays,
    )


def test_without_news_the_night_s_figures_stand():
    found = expect()
    facts = {"order_count": 3, "least_cents": 10_000, "most_cents": 30_000}
    assert found == replace(STORED, **facts)
    assert (found.recency_days, found.days_overdue) == (10, 0)
    assert found.due_day == found.expected_day


@pytest.mark.parametrize("state", ["expected", "overdue", "missing", "lapsed"])
def test_an_order_of_today_is_the_last_one(state):
    long_ago = {"last_day": day("2024-08-06"), "expected_day": day("2024-08-20")}
    waited_for = {"quiet_days": 9, "churn_probability": 0.64}
    found = expect((1, TODAY, 500), state=state, **long_ago, **waited_for)
    assert found.state == "expected"
    assert (found.quiet_days, found.churn_probability) == (0, None)
    assert found.recency_days == 0
    assert found.expected_day == day("2025-01-03")  # in two weeks, a Friday
    assert found.days_overdue == 0


def test_the_next_date_is_an_open_day():
    saturday = (1, day("2024-12-14"), 500)
    found = expect(saturday, holidays=[day("2024-12-30")])
    assert found.due_day == day("2024-12-28")  # a Saturday
    assert found.expected_day == day("2024-12-31")


def test_an_order_taken_back_leaves_the_one_before():
    found = bring_up_to_date(STORED, from_rows(ORDERS[:2]), MONDAY_TO_FRIDAY)
    assert found.last_day == day("2024-11-26")
    assert found.expected_day == day("2024-12-10")
    assert (found.state, found.days_overdue) == ("overdue", 10)
    nothing = bring_up_to_date(STORED, from_rows([]), MONDAY_TO_FRIDAY)
    assert nothing == Expectation(TODAY)
    assert nothing.recency_days is None


def test_a_day_that_passed_without_a_night_makes_it_late():
    found = expect(today=day("2024-12-27"))
    assert (found.state, found.days_overdue) == ("overdue", 3)
    assert expect(today=day("2024-12-24")).days_overdue == 0


@pytest.mark.parametrize(
    ("state", "days"),
    [("missing", 3), ("quiet", 3), ("seasonal", 3), ("lapsed", 0)],
)
def test_the_night_says_what_silence_means(state, days):
    found = expect(today=day("2024-12-27"), state=state)
    assert (found.state, found.days_overdue) == (state, days)


def test_without_a_rhythm_only_the_last_order_is_known():
    found = expect((1, TODAY, 500), interval_days=None, expected_day=None, state=None)
    assert found.last_day == TODAY
    assert found.expected_day is None
    assert (found.due_day, found.days_overdue) == (None, 0)


def test_credits_and_the_twelve_last_order_days():
    rows = [(1, day("2024-12-10") - 7 * back, 1_000 + back) for back in range(1, 14)]
    credit = (1, day("2024-12-10"), -5_000)
    found = bring_up_to_date(
        STORED, from_rows([*rows, ORDERS[2], credit]), MONDAY_TO_FRIDAY
    )
    # 200.00 less 50.00 on the last day, and 10.11 to 10.01 on the eleven before it
    assert (found.least_cents, found.most_cents) == (1_001, 15_000)
    assert found.order_count == 14


def stored_expectations(orders, found, as_of):
    """What a night stores of each customer of a history."""
    for row in range(orders.customer_count):
        known = not np.isnan(found.interval_days[row])
        cents = found.expected_cents[row]
        yield Expectation(
            today=as_of,
            last_day=int(found.rhythm.last_day[row]) or None,
            interval_days=float(found.interval_days[row]) if known else None,
            low_days=float(found.rhythm.gap_low[row]) if known else None,
            high_days=float(found.rhythm.gap_high[row]) if known else None,
            expected_day=int(found.expected_day[row]) if known else None,
            expected_cents=None if np.isnan(cents) else int(cents),
            state=_state(found, row) if known else None,
        )


def _state(found, row):
    for state in ("lapsed", "missing", "overdue"):
        if getattr(found, state)[row]:
            return state
    return "expected"


@given(order_rows(min_size=5, max_size=80), st.integers(0, 400))
def test_nights_and_the_orders_since_agree(rows, later):
    as_of = day("2025-12-31")
    orders = from_rows(rows)
    found = find_missing_orders(orders, as_of)
    opened = open_weekdays(found.rhythm.weekday_orders)
    for row, stored in enumerate(stored_expectations(orders, found, as_of)):
        own = orders.customers(row, row + 1)
        now = bring_up_to_date(stored, own, opened)
        assert (now.last_day, now.expected_day) == (
            stored.last_day,
            stored.expected_day,
        )
        assert now.state == stored.state
        if now.state is None:
            continue
        if now.expected_cents is not None:
            # half a cent is rounded up
            assert now.least_cents <= now.expected_cents <= now.most_cents
        assert now.expected_day >= now.due_day > now.last_day
        overdue = bool(found.overdue[row]) and not found.lapsed[row]
        assert (now.days_overdue > 0) == overdue
        today = as_of + later
        kept = zip(own.day.tolist(), own.cents.tolist(), strict=True)
        more = from_rows([*((1, *order) for order in kept), (1, today, 100_000)])
        fresh = bring_up_to_date(replace(stored, today=today), more, opened)
        assert fresh.recency_days == 0
        assert fresh.state == "expected"
        assert fresh.expected_day > today
