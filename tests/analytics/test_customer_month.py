# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_dashboards.analytics.customer_month import StoredMonth, customer_month
from crm_dashboards.analytics.expectation import Expectation

from .histories import day, from_rows, history

TODAY = day("2024-06-11")
ERRORS = [[-0.5, 1.0], [-1.0, 1.5], [-0.6, 0.9]]
# 70.00 to the 10th, and 40.00 more in one order
STORED = StoredMonth(day("2024-06-01"), 7_000, 11_000, 1.0, ERRORS, 1.0)
NOTHING = Expectation(TODAY)
ORDERS = [
    *[(1, day(f"2024-0{month}-03"), 5_000) for month in (1, 2, 3, 4, 5)],
    (1, day("2024-06-05"), 7_000),
]

CENTS = st.integers(0, 500_000)
STATES = ["expected", "overdue", "missing", "seasonal", "lapsed", None]


def month(rows=(), stored=STORED, expected=NOTHING, today=TODAY):
    return customer_month(from_rows([*ORDERS, *rows]), today, stored, expected)


def expect(on, cents, state="expected"):
    return Expectation(TODAY, expected_day=on, expected_cents=cents, state=state)


def test_what_the_night_stored_and_what_came_since():
    found = month([(1, TODAY, 1_000), (1, TODAY + 1, 99)])
    assert (found.so_far, found.last_month) == (8_000, 5_000)
    # 70 and 40 * (1 - 1), 70 and 40 * (1 + 1.5)
    # but 80 are sold already
    assert (found.point, found.low, found.high) == (11_000, 8_000, 17_000)
    assert found.whole_months == 4
    assert found.past_error is None
    assert found.confidence == "low"
    assert not found.is_reached


@pytest.mark.parametrize(
    ("cents", "high", "confidence", "is_open"),
    [
        (1_000, 11_000, "high", False),  # 100 to 110 around 101
        (5_000, 15_000, "medium", True),  # 100 to 150: 25 on both sides, of 101
        (5_100, 15_100, "low", True),
        (15_000, 25_000, "low", True),
    ],
)
def test_confidence_is_not_better_than_the_range(cents, high, confidence, is_open):
    """At the end of a month in which 100.00 were spent, as in each one before."""
    rows = [
        (1, day(f"{year}-{number:02}-03"), 10_000)
        for year in (2022, 2023, 2024)
        for number in range(1, 13)
        if (year, number) <= (2024, 6)
    ]
    stored = replace(STORED, sold=10_000, point=10_100)
    last = day("2024-06-30")
    expected = Expectation(
        last, expected_day=last, expected_cents=cents, state="overdue"
    )
    found = customer_month(from_rows(rows), last, stored, expected)
    assert (found.low, found.point, found.high) == (10_000, 10_100, high)
    assert found.past_error <= 0.10
    assert (found.confidence, found.is_open) == (confidence, is_open)


def test_more_than_was_expected_is_reached():
    assert not month([(1, TODAY, 4_000)]).is_reached
    assert month([(1, TODAY, 4_001)]).is_reached


@pytest.mark.parametrize(
    ("on", "cents", "low", "high"),
    [
        ("2024-06-20", 15_000, 7_000, 22_000),  # 70 and 150: more than 170
        ("2024-06-30", 10_500, 7_000, 17_500),
        ("2024-06-20", 5_000, 7_000, 17_000),
        ("2024-07-01", 15_000, 7_000, 17_000),  # after the month
        ("2024-06-10", 15_000, 7_000, 22_000),  # overdue: on any day
    ],
)
def test_the_month_with_the_next_order_lies_in_its_range(on, cents, low, high):
    found = month(expected=expect(day(on), cents))
    assert (found.low, found.high) == (low, high)


def test_an_order_smaller_than_the_range_begins_widens_it_downwards():
    # 70 and 40 * (1 - .6 / 2) = 98 at least, but 70 and 20 with the next order
    many = replace(STORED, orders=4.0)
    assert month(stored=many).low == 9_800
    assert month(stored=many, expected=expect(TODAY, 2_000)).low == 9_000
    # nothing is expected before July, or ever: it may stay at that
    assert month(stored=many, expected=expect(TODAY + 20, 2_000)).low == 7_000
    lapsed = expect(TODAY - 99, 2_000, "lapsed")
    assert month(stored=many, expected=lapsed).low == 7_000
    assert month(stored=many, expected=lapsed).high == month(stored=many).high


@pytest.mark.parametrize(
    "stored", [None, replace(STORED, start=day("2024-05-01"))], ids=["none", "of May"]
)
def test_what_the_night_does_not_know_is_not_projected(stored):
    found = month(stored=stored)
    assert found.point is found.low is found.high is None
    assert found.so_far == 7_000
    assert not found.is_reached


def test_unknown_errors_are_no_range():
    found = month(stored=replace(STORED, errors=[[None, None]] * 3))
    assert found.point == 11_000
    assert found.low is found.high is None


def test_a_customer_without_orders():
    found = customer_month(history(), TODAY, STORED, NOTHING)
    assert (found.so_far, found.whole_months) == (0, 0)
    assert found.confidence == "not_enough_history"
    assert found.past_error is None


@given(
    sold=CENTS,
    rest=CENTS,
    today=CENTS,
    value=st.none() | st.integers(1, 500_000),
    later=st.integers(-40, 60),
    state=st.sampled_from(STATES),
    orders=st.floats(0.01, 9),
)
def test_no_month_denies_its_next_order(sold, rest, today, value, later, state, orders):
    stored = replace(STORED, sold=sold, point=sold + rest, orders=orders)
    expected = expect(TODAY + later, value, state)
    rows = from_rows([(1, TODAY - 1, sold), (1, TODAY, today)])
    found = customer_month(rows, TODAY, stored, expected)
    assert found.so_far == sold + today <= found.low <= found.high
    assert found.point <= found.high
    assert found.is_reached or found.low <= found.point
    if state and value:
        due = state != "lapsed" and TODAY + later <= day("2024-06-30")
        assert found.low <= found.so_far + value * due <= found.high
