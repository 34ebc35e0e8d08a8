# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_dashboards.analytics.rfm import (
    SEGMENTS,
    Cutoffs,
    OrderFigures,
    rfm,
    score_figures,
)
from crm_dashboards.analytics.rfm_moves import (
    SEGMENT_STANDING,
    percentile_ranks,
    what_moves_up,
)

from .histories import day, from_rows, generated_rows, order_rows

AS_OF = day("2025-12-31")


def figures(*rows):
    """Figures of ``(days since, orders, cents, orders ever)``."""
    recency, count, cents, total = np.array(rows, dtype=np.int64).T
    last = (AS_OF - recency).astype(np.int32)
    return OrderFigures(last, last, count, cents, total)


TEN = figures(*[(10 * k, 11 - k, 10_000 * (11 - k), 11 - k) for k in range(1, 11)])


def test_percentile_ranks_count_the_others_only():
    assert percentile_ranks(TEN, 0) == (1, 1, 1)
    assert percentile_ranks(TEN, 9) == (0, 0, 0)
    assert percentile_ranks(TEN, 3) == pytest.approx((6 / 9, 6 / 9, 6 / 9))
    tied = figures((5, 1, 100, 1), (5, 1, 100, 1), (5, 2, 50, 2))
    assert percentile_ranks(tied, 0) == (0, 0, 0.5)
    assert percentile_ranks(figures((1, 1, 1, 1)), 0) == (None, None, None)


def test_the_best_customer_has_nowhere_to_go():
    assert what_moves_up(TEN, 0, AS_OF, "champions") == []


def say(moves):
    return [(move.segment, move.value_cents) for move in moves]


def test_any_order_would_do():
    # ninth of ten with two orders of 200.00 becomes the latest of all: R 5. F 3 ties
    # with the eighth, ranks 2.5; M stays second: 4.5 in all against 2 of the tenth and
    # 5.5 of the eighth, so second: FM 1 by rank, 2 since it is not the first order
    moves = what_moves_up(TEN, 8, AS_OF, "hibernating", usual_cents=2_500)
    assert moves[0].segment == "potential_loyalist"
    assert moves[0].any_order
    assert moves[0].last_day is None


RETURNED_MORE = figures(
    *[(180, 1, 10_000, 1)] * 8,  # eight of one order of 100.00
    (5, 2, 12_000, 2),
    (323, 1, -2_000, 1),  # ordered for 100.00, gave back 120.00
    *[(9, 1, cents, 1) for cents in (1_000, 2_000, 3_000, 4_000)],
)


def test_what_a_small_order_reaches_is_not_said_of_a_larger_one():
    # After any order: R 5, and F 2 as the best has it: rank 13.5 of 14, the others 6.5.
    # By 39.99 the value is 19.99, above 10.00 only, rank 2: 15.5 in all; the eight have
    # 6.5 + 9.5 = 16, so four are behind, FM 2. By 40.00 it shares rank 2.5 with 20.00:
    # 16 like the eight, rank 9 of 14: FM 4.
    moves = what_moves_up(RETURNED_MORE, 9, AS_OF, "hibernating")
    assert say(moves) == [("potential_loyalist", 1), ("champions", 4_000)]
    for cents, segment in (
        (1, "potential_loyalist"),
        (3_000, "potential_loyalist"),
        (3_999, "potential_loyalist"),
        (4_000, "champions"),
        (4_500, "champions"),
        (10_000, "champions"),
    ):
        assert _after(RETURNED_MORE, 9, cents) == segment


def test_any_order_is_not_told_where_a_usual_one_reaches_more():
    for usual, told in (
        (10_000, [("champions", 4_000)]),
        (4_000, [("champions", 4_000)]),
        (3_999, [("potential_loyalist", 1), ("champions", 4_000)]),
    ):
        moves = what_moves_up(RETURNED_MORE, 9, AS_OF, "hibernating", usual_cents=usual)
        assert say(moves) == told


def test_the_least_value_is_exact():
    # sixth of ten: an order now ties F with the fifth; FM 4 takes overtaking in value
    (move,) = what_moves_up(TEN, 5, AS_OF, "potential_loyalist")
    changed = [_after(TEN, 5, move.value_cents + shift) for shift in (-1, 0)]
    assert changed == ["potential_loyalist", "champions"]
    assert move.segment == "champions"
    assert not move.any_order


CUTOFFS = Cutoffs((30, 60, 90, 180), (2, 4, 8, 16), (10_000, 20_000, 40_000, 80_000))


def _after(table, customer, cents):
    """Segment after an order now, by scoring everybody again."""
    rows = []
    for row, (last, count, value, total) in enumerate(
        zip(
            table.last_day,
            table.order_count,
            table.value_cents,
            table.total_count,
            strict=True,
        )
    ):
        if row == customer:
            last, count, value, total = AS_OF, count + 1, value + cents, total + 1
        rows.append((AS_OF - last, count, value, total))
    return SEGMENTS[score_figures(figures(*rows), AS_OF).segment[customer]]


def _check_by_making_the_order(rows, customer, choices, larger):
    """Each order that a promise speaks of is made, and everybody is scored again.

    :param rows: (customer, day, cents)
    :param customer: row among the compared ones
    :param choices: of the method
    :param larger: cents, to try values between the least ones and beyond
    """
    history = from_rows(rows)
    result = rfm(history, AS_OF, **choices)
    members = np.flatnonzero(result.population)
    if customer >= len(members):
        return
    code = members[customer]
    whom, segment = history.customer_ids[code], SEGMENTS[result.segment[code]]

    def make_order(cents):
        after = rfm(from_rows([*rows, (whom, AS_OF, cents)]), AS_OF, **choices)
        return SEGMENTS[after.segment[code]]

    own = history.customers(code, code + 1).until(AS_OF)
    moves = what_moves_up(
        result.of(result.population),
        customer,
        AS_OF,
        segment,
        cutoffs=choices.get("cutoffs"),
        own_orders=(own.day, own.cents),
    )
    least = [move.value_cents for move in moves] + [10**9]
    if least[0] > 1:  # smaller orders lift nobody
        standing = SEGMENT_STANDING.index(segment)
        for cents in (1, least[0] - 1):
            assert SEGMENT_STANDING.index(make_order(cents)) >= standing
    for move, above in zip(moves, least[1:], strict=True):
        between = min(move.value_cents + larger, above - 1)
        for cents in (move.value_cents, between, above - 1):
            assert make_order(cents) == move.segment
    reached = [SEGMENT_STANDING.index(move.segment) for move in moves]
    assert reached == sorted(set(reached), reverse=True)


WAYS = st.sampled_from([{}, {"method": "cutoffs", "cutoffs": CUTOFFS}])
# of the day itself, of the edges of the window, of the edge of a first year
EDGES = [AS_OF, AS_OF - 1, *map(day, ("2023-12-31", "2024-01-01", "2024-12-31"))]
TIED_ROWS = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.sampled_from([*EDGES, day("2022-05-01"), day("2025-06-01")]),
        st.sampled_from([-10_000, -3_000, 0, 1, 1_000, 3_000, 10_000, 10_001]),
    ),
    min_size=8,
    max_size=40,
)


@given(order_rows(min_size=20), st.integers(0, 8), WAYS, st.integers(0, 10**6))
def test_orders_do_what_is_promised(rows, customer, choices, larger):
    _check_by_making_the_order(rows, customer, choices, larger)


@given(TIED_ROWS, st.integers(0, 8), WAYS, st.integers(0, 10**6))
def test_orders_do_what_is_promised_among_ties_and_returns(
    rows, customer, choices, larger
):
    _check_by_making_the_order(rows, customer, choices, larger)


@pytest.mark.parametrize("choices", [{}, {"method": "cutoffs", "cutoffs": CUTOFFS}])
def test_every_customer_of_a_larger_history(choices):
    rows = generated_rows(5, customers=80)
    for customer in range(80):
        _check_by_making_the_order(rows, customer, choices, larger=5_000)


def test_least_value_by_cutoffs():
    # 2 orders, 100.00, 100 days: R 2, F 2, M 2, hibernating. After any order: R 5, F 2,
    # potential loyalist; FM 4 needs M 5 with F 2 (3.5 up): 800.00 in all
    table = figures((100, 2, 10_000, 2), *[(50, 1, 1, 1)] * 4)
    moves = what_moves_up(table, 0, AS_OF, "hibernating", CUTOFFS, usual_cents=4_000)
    assert say(moves) == [("potential_loyalist", 1), ("champions", 70_000)]
    moves = what_moves_up(table, 0, AS_OF, "potential_loyalist", CUTOFFS)
    assert say(moves) == [("champions", 70_000)]


def test_last_day_before_orders_leave_the_window():
    # 3 orders of 100.00 in the window; by cut-offs F 3 + 1 = 4 -> 3, M with V
    table = figures((20, 3, 30_000, 3), *[(50, 1, 1, 1)] * 4)
    days = np.array([day("2024-01-15"), day("2024-09-01"), day("2025-12-11")])
    cents = np.array([10_000, 10_000, 10_000])
    (move,) = what_moves_up(
        table, 0, AS_OF, "potential_loyalist", CUTOFFS, own_orders=(days, cents)
    )
    # FM 4 with F 3 needs M 4: 400.00 in all, so an order of 100.00
    assert (move.segment, move.value_cents) == ("champions", 10_000)
    # the order of 15 January 2024 counts up to 14 January 2026
    assert move.last_day == day("2026-01-14")
    days = days + 365
    later = what_moves_up(
        table, 0, AS_OF, "potential_loyalist", CUTOFFS, own_orders=(days, cents)
    )
    assert later == [replace(move, last_day=None)]


def test_a_credit_that_leaves_the_window_ends_the_promise_too():
    # 200.00 and a credit of 150.00 until 14 January: FM 3 with F 2 and M 3, by 150.00
    table = figures((20, 1, 5_000, 2), *[(50, 1, 1, 1)] * 4)
    days = np.array([day("2023-05-01"), day("2024-01-15"), day("2025-12-11")])
    cents = np.array([7_000, -15_000, 20_000])
    (move,) = what_moves_up(
        table, 0, AS_OF, "potential_loyalist", CUTOFFS, own_orders=(days, cents)
    )
    # F 2, so FM 4 needs M 5: 800.00 in all, 750.00 until the credit is out
    assert (move.segment, move.value_cents) == ("champions", 75_000)
    assert move.last_day is None  # the same order does it all the more


def test_orders_since_the_figures_count():
    # the figures know one order; another of 900.00 was taken meanwhile: M 5, F 2
    table = figures((20, 1, 5_000, 1), *[(50, 1, 1, 1)] * 4)
    orders = (np.array([AS_OF - 20, AS_OF]), np.array([5_000, 90_000]))
    (move,) = what_moves_up(table, 0, AS_OF, "new", CUTOFFS, own_orders=orders)
    assert (move.segment, move.any_order) == ("champions", True)


@given(TIED_ROWS, st.integers(0, 8), st.integers(-40, 45))
def test_the_promise_holds_until_its_last_day(rows, customer, later):
    # by fixed cut-offs, where the others do not matter; orders around the window's edge
    edge = day("2024-01-15") + later
    rows = [(who, edge if on == day("2024-01-01") else on, c) for who, on, c in rows]
    choices = {"method": "cutoffs", "cutoffs": CUTOFFS}
    history = from_rows(rows)
    result = rfm(history, AS_OF, **choices)
    members = np.flatnonzero(result.population)
    if customer >= len(members):
        return
    code = members[customer]
    own = history.customers(code, code + 1)
    moves = what_moves_up(
        result.of(result.population),
        customer,
        AS_OF,
        SEGMENTS[result.segment[code]],
        CUTOFFS,
        own_orders=(own.day, own.cents),
    )
    for move in moves:
        last_day = move.last_day or AS_OF + 90
        for on in (AS_OF, (AS_OF + last_day) // 2, last_day):
            assert _ordered_on(rows, code, on, move, choices) == move.segment
        if move.last_day:
            broken = _ordered_on(rows, code, last_day + 1, move, choices)
            assert broken != move.segment


def _ordered_on(rows, code, on, move, choices):
    """Segment of a day on which a customer orders what a move takes."""
    whom = from_rows(rows).customer_ids[code]
    after = rfm(from_rows([*rows, (whom, on, move.value_cents)]), on, **choices)
    return SEGMENTS[after.segment[code]]
