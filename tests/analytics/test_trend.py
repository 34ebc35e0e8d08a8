# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.trend import TREND_CLASSES, month_sums, trends

from .histories import day, from_rows, history

AS_OF = day("2024-07-01")
LAST_YEAR = day("2023-01-10")  # in [2022-07-01, 2023-07-01)
THIS_YEAR = day("2024-01-10")  # in [2023-07-01, 2024-07-01)
LONG_AGO = day("2020-01-10")


def two_years(last, this):
    """One customer with one transaction a year, where there is one."""
    rows = [(1, LONG_AGO, 1)]
    rows += [(1, LAST_YEAR, last)] if last else []
    rows += [(1, THIS_YEAR, this)] if this else []
    return trends(from_rows(rows), AS_OF)


@pytest.mark.parametrize(
    ("last", "this", "trend", "change"),
    [
        (10_000, 11_000, "static", 0.1),
        (10_000, 11_001, "growing", 0.1001),
        (10_000, 9_000, "static", -0.1),
        (10_000, 8_999, "declining", -0.1001),
        (30, 33, "static", 0.1),
        (10_000, -5_000, "declining", -1.5),
        (-10_000, -5_000, "growing", None),
        (-10_000, -20_000, "declining", None),
        (-10_000, -10_000, "static", None),
        (-10_000, 0, "growing", None),
        (0, -5_000, "declining", None),
    ],
)
def test_the_band_decides(last, this, trend, change):
    result = two_years(last, this)
    assert TREND_CLASSES[result.trend[0]] == trend
    assert not result.new[0]
    assert not result.lost[0]
    if change is None:
        assert np.isnan(result.change_share[0])
    else:
        assert result.change_share[0] == pytest.approx(change)


def names(result):
    """Marks of the only customer."""
    marks = ("new", "back", "lost", "may_be_chance")
    return {mark for mark in marks if getattr(result, mark)[0]}


def test_new_back_lost_and_neither():
    new = trends(history((1, "2024-01-10", 500)), AS_OF)
    assert (TREND_CLASSES[new.trend[0]], names(new)) == ("growing", {"new"})
    assert np.isnan(new.change_share[0])
    back = two_years(0, 500)
    assert (TREND_CLASSES[back.trend[0]], names(back)) == ("growing", {"back"})
    lost = two_years(500, 0)
    assert (TREND_CLASSES[lost.trend[0]], lost.lost[0]) == ("declining", True)
    assert names(lost) == {"lost"}
    assert lost.change_share[0] == -1
    assert two_years(0, 0).trend[0] == -1


def test_years_are_calendar_months_and_end_before_the_day():
    orders = history(
        (1, "2022-02-27", 1),  # before the first window
        (1, "2022-02-28", 10),
        (1, "2023-02-27", 100),
        (1, "2023-02-28", 1_000),
        (1, "2024-02-28", 10_000),
        (1, "2024-02-29", 100_000),  # the day itself
    )
    result = trends(orders, day("2024-02-29"))
    assert result.last_year_cents.tolist() == [110]
    assert result.this_year_cents.tolist() == [11_000]


def test_the_first_year_begins_with_the_last_twelve_months():
    for first, mark in (("2023-07-01", "new"), ("2023-06-30", None)):
        result = trends(history((1, first, 100), (1, "2024-01-10", 500)), AS_OF)
        assert names(result) == ({mark} if mark else {"may_be_chance"})
    # nothing in the two years before, but one before those
    old = trends(history((1, "2022-06-30", 100), (1, "2024-01-10", 500)), AS_OF)
    assert names(old) == {"back"}
    # 100.00 and its credit last year: known, with a sum of 0
    credited = [(1, "2023-01-10", 100), (1, "2023-01-11", -100), (1, "2024-01-10", 9)]
    assert names(trends(history(*credited), AS_OF)) == {"back"}


def test_who_is_known_otherwise_is_back_and_not_new():
    invoices = history((1, "2024-01-10", 500), (2, "2024-01-10", 500))
    known_from = np.array([day("2022-01-01"), day("2023-12-01")])
    result = trends(invoices, AS_OF, known_from=known_from)
    assert result.back.tolist() == [True, False]
    assert result.new.tolist() == [False, True]


def test_facts_are_neither_chance_nor_static():
    # z of a single transaction is 1, and that of four of 100 is 2
    for rows in (
        [(1, THIS_YEAR, 100)],
        [(1, LONG_AGO, 100), (1, THIS_YEAR, 100)],
        [(1, LAST_YEAR, 100)],
        [(1, LAST_YEAR + k, 100) for k in range(4)],
    ):
        plain, strict = (
            trends(from_rows(rows), AS_OF, strict=strict) for strict in (False, True)
        )
        assert len(names(plain) & {"new", "back", "lost"}) == 1
        assert "may_be_chance" not in names(plain)
        assert strict.trend.tolist() == plain.trend.tolist()
        assert TREND_CLASSES[strict.trend[0]] != "static"


def test_may_be_chance_by_the_squares_of_the_transactions():
    # 900 against 300: 600 / sqrt(12 * 10000) = 1.73, not below 1.64
    rows = [(1, LAST_YEAR + k, 100) for k in range(3)]
    rows += [(1, THIS_YEAR + k, 100) for k in range(9)]
    assert not trends(from_rows(rows), AS_OF).may_be_chance[0]
    # 800 against 300: 500 / sqrt(11 * 10000) = 1.51
    assert trends(from_rows(rows[:-1]), AS_OF).may_be_chance[0]
    # 200 against 100: 100 / sqrt(3 * 10000) = 0.58
    rows = [(1, LAST_YEAR, 100), (1, THIS_YEAR, 100), (1, THIS_YEAR + 1, 100)]
    result = trends(from_rows(rows), AS_OF)
    assert result.may_be_chance[0]
    assert TREND_CLASSES[result.trend[0]] == "growing"
    strict = trends(from_rows(rows), AS_OF, strict=True)
    assert TREND_CLASSES[strict.trend[0]] == "static"
    assert strict.may_be_chance[0]


def test_strict_leaves_clear_changes_alone():
    rows = [(1, LAST_YEAR + k, 100) for k in range(2)]
    rows += [(1, THIS_YEAR + k, 100) for k in range(12)]
    result = trends(from_rows(rows), AS_OF, strict=True)
    assert TREND_CLASSES[result.trend[0]] == "growing"


def test_a_static_customer_is_not_marked():
    assert not two_years(10_000, 10_500).may_be_chance[0]


def test_the_band_is_a_choice():
    rows = [(1, LAST_YEAR, 10_000), (1, THIS_YEAR, 11_500)]
    wide = trends(from_rows(rows), AS_OF, band=0.15)
    assert TREND_CLASSES[wide.trend[0]] == "static"
    bare = trends(from_rows(rows), AS_OF, band=0)
    assert TREND_CLASSES[bare.trend[0]] == "growing"


def test_outside_the_population_nobody_counts():
    rows = [(1, LAST_YEAR, 1), (2, LAST_YEAR, 1)]
    result = trends(from_rows(rows), AS_OF, population=np.array([True, False]))
    assert result.trend.tolist() == [TREND_CLASSES.index("declining"), -1]
    assert result.lost.tolist() == [True, False]


def test_no_transactions_at_all():
    assert trends(from_rows([]), AS_OF).trend.tolist() == []


def test_months_are_from_a_day_to_the_next():
    rows = history(
        (1, "2022-06-30", 7),  # before the two years
        (1, "2022-07-01", 100),
        (1, "2022-07-31", 10),
        (1, "2022-08-01", 1000),
        (1, "2024-06-30", 20),
        (1, "2024-07-01", 9),  # today
        (2, "2023-06-30", 30),
        (2, "2023-07-01", 40),
        (2, "2023-07-02", -50),
    )
    sums = month_sums(rows, AS_OF)
    assert sums.shape == (2, 24)
    assert {i: n for i, n in enumerate(sums[0].tolist()) if n} == {
        0: 110,
        1: 1000,
        23: 20,
    }
    assert {i: n for i, n in enumerate(sums[1].tolist()) if n} == {11: 30, 12: -10}


@pytest.mark.parametrize("as_of", ["2024-02-29", "2024-03-31", "2024-07-01"])
def test_months_add_up_to_the_years(as_of):
    as_of = day(as_of)
    rng = np.random.default_rng(3)
    days = rng.integers(as_of - 900, as_of + 10, 500)
    rows = from_rows(
        list(
            zip(rng.integers(1, 6, 500), days, rng.integers(-50, 500, 500), strict=True)
        )
    )
    sums, years = month_sums(rows, as_of), trends(rows, as_of)
    assert sums[:, :12].sum(axis=1).tolist() == years.last_year_cents.tolist()
    assert sums[:, 12:].sum(axis=1).tolist() == years.this_year_cents.tolist()
