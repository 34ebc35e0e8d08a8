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
    assert what_moves_up(TEN, 0, AS_OF, "champions") is None


def test_any_order_would_do():
    # tenth of ten, one order: becomes the latest of all (R 5), F 2 and M still last
    # joint doubled rank 3 + 2 = 5 against 3 + 4 = 7 of the ninth: stays last, FM 1
    move = what_moves_up(TEN, 9, AS_OF, "hibernating", usual_cents=2_500)
    assert (move.segment, move.value_cents, move.any_order) == ("new", 2_500, True)
    assert move.last_day is None


def test_a_dear_usual_order_names_the_segment_that_it_reaches():
    move = what_moves_up(TEN, 9, AS_OF, "hibernating", usual_cents=10**9)
    assert move.segment == "potential_loyalist"
    assert move.any_order


def test_the_least_value_is_exact():
    # sixth of ten: an order now ties F with the fifth; FM 4 takes overtaking in value
    move = what_moves_up(TEN, 5, AS_OF, "potential_loyalist")
    changed = [_after(TEN, 5, move.value_cents + shift) for shift in (-1, 0)]
    assert changed == ["potential_loyalist", "champions"]
    assert move.segment == "champions"
    assert not move.any_order


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


def _check_against_scoring_again(rows, table, customer, segment):
    move = what_moves_up(table, customer, AS_OF, segment)
    standing = SEGMENT_STANDING.index(segment)
    if move is None:
        best = _after(table, customer, 10**12)
        assert SEGMENT_STANDING.index(best) >= standing
        return
    reached = _after(table, customer, move.value_cents)
    assert reached == move.segment
    assert SEGMENT_STANDING.index(reached) < standing
    if not move.any_order:
        short = _after(table, customer, move.value_cents - 1)
        assert SEGMENT_STANDING.index(short) >= standing


@given(order_rows(min_size=20), st.integers(0, 8))
def test_an_order_of_that_value_does_it_and_a_cent_less_does_not(rows, customer):
    result = rfm(from_rows(rows), AS_OF)
    if customer >= result.population.sum():
        return
    table = result.of(result.population)
    segment = SEGMENTS[result.segment[result.population][customer]]
    _check_against_scoring_again(rows, table, customer, segment)


def test_every_customer_of_a_larger_history():
    rows = generated_rows(5, customers=80)
    result = rfm(from_rows(rows), AS_OF)
    table = result.of(result.population)
    names = [SEGMENTS[code] for code in result.segment[result.population]]
    for customer, segment in enumerate(names):
        _check_against_scoring_again(rows, table, customer, segment)


CUTOFFS = Cutoffs((30, 60, 90, 180), (2, 4, 8, 16), (10_000, 20_000, 40_000, 80_000))


def test_least_value_by_cutoffs():
    # 2 orders, 100.00, 100 days: R 2, F 2, M 2, hibernating. After an order: R 5, F 2;
    # M 3 (200.00 in all) makes FM 2.5 -> 3, but FM 2 already lifts it
    table = figures((100, 2, 10_000, 2), *[(50, 1, 1, 1)] * 4)
    move = what_moves_up(table, 0, AS_OF, "hibernating", CUTOFFS, usual_cents=4_000)
    assert (move.segment, move.value_cents) == ("potential_loyalist", 4_000)
    # from potential loyalist to champions: FM 4 needs M 5 with F 2 (3.5 up)
    move = what_moves_up(table, 0, AS_OF, "potential_loyalist", CUTOFFS)
    assert (move.segment, move.value_cents) == ("champions", 70_000)


def test_last_day_before_orders_leave_the_window():
    # 3 orders of 100.00 in the window; by cut-offs F 3 + 1 = 4 -> 3, M with V
    table = figures((20, 3, 30_000, 3), *[(50, 1, 1, 1)] * 4)
    days = np.array([day("2024-01-15"), day("2024-09-01"), day("2025-12-11")])
    cents = np.array([10_000, 10_000, 10_000])
    move = what_moves_up(
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
    assert later == replace(move, last_day=None)
