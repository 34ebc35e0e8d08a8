# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_dashboards.analytics.rfm import (
    SEGMENT_GRID,
    SEGMENT_SHORT,
    SEGMENTS,
    Cutoffs,
    average_rank2,
    order_figures,
    rank_scores,
    rfm,
    segment_codes,
)
from crm_dashboards.tests.slow_rfm import segment_name, segments

from .histories import day, from_rows, generated_rows, history, order_rows

AS_OF = day("2024-12-31")

# customer, last order, orders in the window, value in the window, first orders apart
FIVE_CUSTOMERS = history(
    # 11: four orders, 100.00 in all, last on the day itself
    (11, "2024-03-01", 1_000),
    (11, "2024-06-01", 2_000),
    (11, "2024-09-01", 3_000),
    (11, "2024-12-31", 4_000),
    # 12: three orders, 600.00
    (12, "2024-01-10", 20_000),
    (12, "2024-02-10", 20_000),
    (12, "2024-12-01", 20_000),
    # 13: two orders and a credit note, 50.00
    (13, "2024-05-01", 4_000),
    (13, "2024-06-15", 2_000),
    (13, "2024-12-30", -1_000),
    # 14: a first order, 999.00
    (14, "2024-11-11", 99_900),
    # 15: ordered before the window only
    (15, "2021-11-11", 70_000),
    (15, "2022-11-11", 70_000),
)


def test_five_customers_worked_by_hand():
    result = rfm(FIVE_CUSTOMERS, AS_OF)
    assert result.order_count.tolist() == [4, 3, 2, 1, 0]
    assert result.value_cents.tolist() == [10_000, 60_000, 5_000, 99_900, 0]
    assert result.total_count.tolist() == [4, 3, 2, 1, 2]
    assert result.last_day.tolist() == [
        day("2024-12-31"),
        day("2024-12-01"),
        day("2024-06-15"),
        day("2024-11-11"),
        day("2022-11-11"),
    ]
    assert result.first_day[4] == day("2021-11-11")
    # five customers without ties: rank k has score k
    assert result.r.tolist() == [5, 4, 2, 3, 1]
    assert result.f.tolist() == [5, 4, 3, 1, 1]  # 14: rank 2, but a first order
    assert result.m.tolist() == [3, 4, 2, 5, 1]
    # ranks of F + M: 5+3, 4+4, 3+2, 2+5, 1+1 = 8 8 5 7 2, doubled ranks 9 9 4 6 2
    # ceil(5 * (9 - 1) / 10) = 4, ceil(15 / 10) = 2, first order 1; ceil(5 / 10) = 1,
    # but not the first order: 2
    assert result.fm.tolist() == [4, 4, 2, 1, 2]
    assert [SEGMENTS[code] for code in result.segment] == [
        "champions",
        "loyal",
        "hibernating",
        "about_to_sleep",
        "hibernating",
    ]
    assert result.population.all()


def test_a_credit_note_counts_in_value_only():
    result = rfm(FIVE_CUSTOMERS, AS_OF)
    assert result.last_day[2] == day("2024-06-15")
    assert result.order_count[2] == 2
    assert result.value_cents[2] == 5_000


def test_a_customer_of_credits_alone_is_left_out():
    rows = [(c, AS_OF - c, 100 * c) for c in range(1, 6)]
    result = rfm(from_rows([*rows, (6, AS_OF, -500), (7, AS_OF, 0)]), AS_OF)
    assert result.population.tolist() == [True] * 5 + [False] * 2
    assert result.segment[5:].tolist() == [-1, -1]
    assert result.total_count[5:].tolist() == [0, 0]
    assert result.r.tolist() == [5, 4, 3, 2, 1, 0, 0]


def test_orders_after_the_day_are_ignored():
    rows = generated_rows(1)
    known = [row for row in rows if row[1] <= AS_OF - 400]
    extra = [(row[0], AS_OF - 400, 0) for row in rows]  # the same customers
    now = rfm(from_rows(rows), AS_OF - 400)
    then = rfm(from_rows(known + extra), AS_OF - 400)
    assert now.segment.tolist() == then.segment.tolist()
    assert now.value_cents.tolist() == then.value_cents.tolist()
    assert (now.segment >= 0).sum() > 10


@pytest.mark.parametrize(
    ("as_of", "counted"),
    [("2024-02-29", 2), ("2024-02-28", 2), ("2024-03-01", 1)],
)
def test_the_window_opens_after_the_day_24_months_ago(as_of, counted):
    # 29 February less 24 months is 28 February, which is outside; 1 March is inside
    orders = history(
        (1, "2022-02-27", 1),
        (1, "2022-02-28", 1),
        (1, "2022-03-01", 1),
        (1, "2022-03-02", 1),
    )
    assert order_figures(orders, day(as_of)).order_count.tolist() == [counted]


def test_average_ranks_of_ties():
    assert average_rank2(np.array([7, 3, 9, 7])).tolist() == [5, 2, 8, 5]
    assert average_rank2(np.array([4, 4, 4])).tolist() == [4, 4, 4]
    assert average_rank2(np.array([], dtype=np.int64)).tolist() == []


def test_scores_of_ties():
    # all equal: rank (n + 1) / 2, score ceil(5 / 2) = 3
    assert rank_scores(average_rank2(np.zeros(10, int)), 10).tolist() == [3] * 10
    # ten values: two a score
    scores = rank_scores(average_rank2(np.arange(10)), 10)
    assert scores.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    # 7 of 8 tie at rank 4: ceil(3.5 * 5 / 8) = 3; the last one has rank 8
    scores = rank_scores(average_rank2(np.array([1] * 7 + [2])), 8)
    assert scores.tolist() == [3] * 7 + [5]


def test_every_cell_has_its_segment():
    expected = {
        5: "new potential_loyalist potential_loyalist champions champions",
        4: "promising potential_loyalist potential_loyalist loyal loyal",
        3: "about_to_sleep about_to_sleep needs_attention loyal loyal",
        2: "hibernating hibernating at_risk at_risk dont_lose_them",
        1: "hibernating hibernating at_risk at_risk dont_lose_them",
    }
    for r, names in expected.items():
        for fm, name in enumerate(names.split(), start=1):
            assert SEGMENTS[segment_codes(r, fm)] == name == segment_name(r, fm)
    assert {name for row in SEGMENT_GRID for name in row} == set(SEGMENTS)
    assert len(set(SEGMENT_SHORT.values())) == 10


def test_four_customers_are_too_few():
    rows = [(c, AS_OF - c, 100 * c) for c in range(1, 5)]
    result = rfm(from_rows(rows), AS_OF)
    assert result.segment.tolist() == [-1] * 4
    assert result.r.tolist() == [0] * 4
    assert not result.population.any()
    assert result.order_count.tolist() == [1] * 4


def test_only_the_population_is_compared():
    orders = from_rows(generated_rows(2))
    inside = orders.customer_ids % 2 == 0
    some = rfm(orders, AS_OF, population=inside)
    rows = [row for row in generated_rows(2) if row[0] % 2 == 0]
    alone = rfm(from_rows(rows), AS_OF)
    assert some.segment[inside].tolist() == alone.segment.tolist()
    assert (some.segment[~inside] == -1).all()
    assert (some.total_count[~inside] > 0).any()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("as_of", ["2024-02-29", "2024-12-31", "2023-05-01"])
def test_segments_equal_an_independent_slow_computation(seed, as_of):
    rows = generated_rows(seed)
    result = rfm(from_rows(rows), day(as_of))
    expected = segments(rows, day(as_of))
    orders = from_rows(rows)
    got = {
        int(customer): (*map(int, scores), SEGMENTS[scores_segment])
        for customer, *scores, scores_segment in zip(
            orders.customer_ids,
            result.r,
            result.f,
            result.m,
            result.fm,
            result.segment,
            strict=True,
        )
        if scores_segment >= 0
    }
    assert got == expected
    assert len(got) >= 18


@given(order_rows(min_size=5))
def test_small_histories_full_of_ties_equal_the_slow_computation(rows):
    as_of = day("2025-06-30")
    result = rfm(from_rows(rows), as_of)
    expected = segments(rows, as_of)
    ids = from_rows(rows).customer_ids.tolist()
    for row, customer in enumerate(ids):
        if customer not in expected:
            assert result.segment[row] == -1
            continue
        r, f, m, fm, name = expected[customer]
        assert (result.r[row], result.f[row], result.m[row]) == (r, f, m)
        assert result.fm[row] == fm
        assert SEGMENTS[result.segment[row]] == name


@given(order_rows(min_size=10))
def test_shuffled_rows_give_the_same_segments(rows):
    shuffled = rows[:]
    random.Random(0).shuffle(shuffled)
    before, after = (rfm(from_rows(r), day("2025-12-31")) for r in (rows, shuffled))
    assert before.segment.tolist() == after.segment.tolist()


CUTOFFS = Cutoffs((30, 60, 90, 180), (2, 4, 8, 16), (10_000, 20_000, 40_000, 80_000))


def test_fixed_cutoffs():
    orders = history(
        *[(1, f"2024-12-0{i}", 5_000) for i in range(1, 5)],  # 27 days, 4, 200.00
        (2, "2024-12-01", 2_000),  # 30 days, first order
        (3, "2024-01-01", 40_000),
        (3, "2024-11-30", 39_999),  # 31 days, 2, 799.99
        (4, "2024-01-01", 4_000),
        (4, "2024-07-04", 4_000),  # 180 days, 2, 80.00
        (5, "2024-01-01", 40_000),
        (5, "2024-07-03", 40_000),  # 181 days, 2, 800.00
    )
    result = rfm(orders, AS_OF, method="cutoffs", cutoffs=CUTOFFS)
    assert result.r.tolist() == [5, 5, 4, 2, 1]
    assert result.f.tolist() == [3, 1, 2, 2, 2]
    assert result.m.tolist() == [3, 1, 4, 1, 5]
    # means 3, first order, 3, 1.5 up to 2, 3.5 up to 4
    assert result.fm.tolist() == [3, 1, 3, 2, 4]


def test_a_first_order_has_fm_1_by_cutoffs_too():
    rows = [(c, AS_OF, 500_000) for c in range(5)]
    result = rfm(from_rows(rows), AS_OF, method="cutoffs", cutoffs=CUTOFFS)
    assert result.m.tolist() == [5] * 5
    assert [SEGMENTS[code] for code in result.segment] == ["new"] * 5


def test_the_least_frequent_fifth_is_not_new():
    # 18 buy weekly for 100.00; 19 and 20 are the latest, with two orders of 1.00 each
    rows = [
        (c, AS_OF - 20 - c - 7 * k, 10_000) for c in range(1, 19) for k in range(20)
    ]
    rows += [(c, AS_OF - ago, 100) for c in (19, 20) for ago in (1, 700)]
    result = rfm(from_rows(rows), AS_OF)
    # rank 1.5 of 20 in F, in M and in both: FM 1 by rank
    assert result.f[-2:].tolist() == result.m[-2:].tolist() == [1, 1]
    assert result.fm[-2:].tolist() == [2, 2]
    assert [SEGMENTS[code] for code in result.segment[-2:]] == [
        "potential_loyalist"
    ] * 2


@pytest.mark.parametrize(
    ("first_order", "segment"),
    [
        ("2024-01-01", "new"),
        ("2023-12-31", "about_to_sleep"),  # a year ago, and no longer within it
        ("2021-01-01", "about_to_sleep"),
    ],
)
@pytest.mark.parametrize("method", ["ranks", "cutoffs"])
def test_a_first_order_of_long_ago_is_not_new(first_order, segment, method):
    # nobody else ordered for four years, so that even this one has the recency of 5
    orders = history(*[(c, "2020-12-01", 100) for c in range(4)], (9, first_order, 100))
    limits = Cutoffs((2_000, 2_001, 2_002, 2_003), (2, 4, 8, 16), (1, 2, 3, 4))
    result = rfm(orders, AS_OF, method=method, cutoffs=limits)
    assert (result.r[4], result.f[4], result.fm[4]) == (5, 1, 1)
    assert SEGMENTS[result.segment[4]] == segment


def test_a_first_order_of_long_ago_stays_where_it_is_worse():
    # five recencies, one order each: R 5 to 1
    orders = history(*[(c, f"202{4 - c}-12-01", 100) for c in range(5)])
    result = rfm(orders, AS_OF)
    assert result.r.tolist() == [5, 4, 3, 2, 1]
    assert [SEGMENTS[code] for code in result.segment] == [
        "new",
        "about_to_sleep",  # R 4, of 1 December 2023
        "about_to_sleep",
        "hibernating",
        "hibernating",
    ]


@given(order_rows(min_size=5), st.sampled_from(["ranks", "cutoffs"]))
def test_names_of_first_orders_are_true(rows, method):
    as_of = day("2025-06-30")
    result = rfm(from_rows(rows), as_of, method=method, cutoffs=CUTOFFS)
    for name, first, orders in zip(
        (SEGMENTS[code] for code in result.segment[result.population]),
        result.first_day[result.population],
        result.total_count[result.population],
        strict=True,
    ):
        if name in ("new", "promising"):
            assert orders == 1
            assert first > day("2024-06-30")


def test_cutoffs_must_ascend():
    with pytest.raises(ValueError, match="order_count"):
        Cutoffs((30, 60, 90, 180), (2, 2, 8, 16), (1, 2, 3, 4))
    with pytest.raises(ValueError, match="value_cents"):
        Cutoffs((30, 60, 90, 180), (2, 3, 8, 16), (1, 2, 3))


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="quintiles"):
        rfm(FIVE_CUSTOMERS, AS_OF, method="quintiles")
    with pytest.raises(ValueError, match="cutoffs"):
        rfm(FIVE_CUSTOMERS, AS_OF, method="cutoffs")
