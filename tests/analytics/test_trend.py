# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.trend import TREND_CLASSES, trends

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


def test_new_lost_and_neither():
    new = two_years(0, 500)
    assert (TREND_CLASSES[new.trend[0]], new.new[0]) == ("growing", True)
    assert np.isnan(new.change_share[0])
    lost = two_years(500, 0)
    assert (TREND_CLASSES[lost.trend[0]], lost.lost[0]) == ("declining", True)
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


def test_may_be_chance_by_the_squares_of_the_transactions():
    # 300 against 100: 200 / sqrt(10000 + 3 * 10000) = 1.0, not below 1
    rows = [(1, LAST_YEAR, 100), *[(1, THIS_YEAR + k, 100) for k in range(3)]]
    assert not trends(from_rows(rows), AS_OF).may_be_chance[0]
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
