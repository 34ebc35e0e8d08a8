# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from math import sqrt

import numpy as np
import pytest

from crm_dashboards.analytics.history import add_months, day_to_date
from crm_dashboards.analytics.projection import (
    DailySales,
    MonthTables,
    confidence_of,
    month_start,
    project_month,
)
from crm_dashboards.analytics.rhythm import weekday

from .histories import day, share_gone


def steady(first, last, cents=10_000, workdays=False):
    """The same sales every day, or every day from Monday to Friday."""
    days = np.arange(day(first), day(last) + 1)
    sold = np.full(len(days), cents, dtype=np.int64)
    if workdays:
        sold[weekday(days) >= 5] = 0
    return DailySales(day(first), sold)


def test_a_company_that_sells_the_same_every_day():
    sales = steady("2021-01-01", "2023-06-15")
    projected = project_month(sales, day("2023-06-15"))
    # 14 of 30 days are gone; today's sales are known, but not counted on
    assert share_gone(sales, day("2023-06-15")) == pytest.approx(14 / 30)
    assert projected.so_far == 150_000
    assert projected.point == pytest.approx(300_000)
    # no error in 12 months: s^2 = 2 * 0.01 / 14; Student's t with 14 degrees: 1.345
    half = 1.3450 * sqrt(0.02 / 14) * sqrt(16 / 30)
    assert projected.half_width == pytest.approx(half)
    assert projected.low == pytest.approx(300_000 * (1 - half))
    assert projected.high == pytest.approx(300_000 * (1 + half))
    assert projected.confidence == "high"
    assert projected.past_months == 12
    assert projected.past_error == pytest.approx(0)


def test_weekdays_without_sales_take_no_part_of_the_month():
    sales = steady("2022-01-01", "2024-06-17", workdays=True)
    projected = project_month(sales, day("2024-06-17"))
    # June 2024 has 20 weekdays, of which 10 before Monday the 17th
    assert share_gone(sales, day("2024-06-17")) == pytest.approx(0.5)
    assert projected.so_far == 110_000
    # the year before had other weekdays in its months, which weighs next to nothing
    assert projected.point == pytest.approx(200_000, rel=1e-4)


def test_sales_so_far_move_the_expectation():
    # 100.00 a day before; in June nothing but 150.00 a day so far
    sales = steady("2024-01-01", "2024-06-10")
    sales.cents[-10:] = 15_000
    projected = project_month(sales, day("2024-06-11"))
    # E = 1/3, MTD 1500.00, expected 3000.00:
    # 1500 + (2/3) * (1500 + 3000) / (4/3) = 3750
    assert projected.point == pytest.approx(375_000)


def test_last_year_counts_from_thirteen_whole_months_on():
    # 100.00 a day in 2023, 200.00 in 2024, but 300.00 in every February
    sales = steady("2023-01-01", "2024-02-29")
    days = np.arange(day("2023-01-01"), day("2024-03-01"))
    sales.cents[days >= day("2024-01-01")] = 20_000
    february = (days >= day("2023-02-01")) & (days < day("2023-03-01"))
    sales.cents[february] = 30_000
    tables = MonthTables(sales, day("2024-02-01"))
    # February 2023 times January 2024 over January 2023: 28 * 300 * 2
    assert tables.expectations[-1][1] == pytest.approx(28 * 30_000 * 2)
    assert np.isnan(tables.expectations[-2][1])
    later = MonthTables(sales, day("2024-03-01"))
    # March 2023 times January and February 2024 over the same of 2023
    lately, before = (31 + 29) * 20_000, 31 * 10_000 + 28 * 30_000
    assert later.expectations[-1][1] == pytest.approx(31 * 10_000 * lately / before)


def test_growth_from_nothing_or_less_is_no_expectation():
    sales = steady("2023-01-01", "2024-02-29")
    sales.cents[:31] = -100
    tables = MonthTables(sales, day("2024-02-01"))
    assert np.isnan(tables.expectations[-1][1])


def test_the_expectation_that_erred_less_weighs_more():
    # every December doubles: last year knows, the last eight weeks do not
    days = np.arange(day("2019-01-01"), day("2024-12-01"))
    dates = days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    cents = np.where(dates == 11, 20_000, 10_000)
    sales = DailySales(int(days[0]), cents)
    projected = project_month(sales, day("2024-12-01"))
    assert projected.point > 0.95 * 31 * 20_000
    assert projected.so_far == 0


def test_the_first_of_a_month_and_its_last_day():
    sales = steady("2022-01-01", "2024-06-01")
    first = project_month(sales, day("2024-06-01"))
    assert share_gone(sales, day("2024-06-01")) == 0
    assert first.so_far == 10_000
    assert first.point == pytest.approx(300_000)
    sales = steady("2022-01-01", "2024-06-30")
    last = project_month(sales, day("2024-06-30"))
    assert share_gone(sales, day("2024-06-30")) == pytest.approx(29 / 30)
    assert last.point == pytest.approx(300_000)
    assert last.low == last.so_far == 300_000


def test_a_month_that_is_over_has_no_range():
    tables = MonthTables(steady("2022-01-01", "2024-06-30"), day("2024-06-01"))
    over = tables.project(len(tables.starts) - 1, 30)
    assert over.low == over.point == over.high == over.so_far == 300_000
    assert over.half_width == 0


def test_no_history_at_all():
    sales = DailySales.from_orders([], [], day("2024-06-10"))
    projected = project_month(sales, day("2024-06-10"))
    assert projected.point is None
    assert projected.low is projected.high is projected.confidence is None
    assert projected.so_far == 0


def test_a_history_that_begins_this_month_goes_on_as_it_began():
    projected = project_month(steady("2024-06-01", "2024-06-11"), day("2024-06-11"))
    # nothing is known of weekdays: 10 of 30 days, 1000.00, nine of them counted
    assert projected.point == pytest.approx(300_000)
    assert projected.confidence == "not_enough_history"
    assert projected.past_months == 0
    # s = 0.1 alone; Student's t with 2 degrees: 1.8856
    assert projected.half_width == pytest.approx(1.8856 * 0.1 * sqrt(2 / 3))


def test_a_history_that_begins_today_is_not_projected():
    projected = project_month(steady("2024-06-01", "2024-06-01"), day("2024-06-01"))
    assert (projected.point, projected.so_far) == (None, 10_000)


@pytest.mark.parametrize(
    ("today", "point"),
    [
        ("2024-03-11", None),  # no day since, and so no rate
        # 0.00 a day since: month so far + share left * month so far / (1 + share gone)
        ("2024-03-12", 100_000 + 20 / 31 * 100_000 / (42 / 31)),
        ("2024-03-20", 100_000 + 12 / 31 * 100_000 / (50 / 31)),
    ],
)
def test_a_first_order_is_no_rate_of_its_month(today, point):
    sales = DailySales.from_orders([day("2024-03-10")], [100_000], day(today))
    assert project_month(sales, day(today)).point == pytest.approx(point)


@pytest.mark.parametrize("today", ["2024-03-01", "2024-03-11", "2024-03-31"])
def test_a_first_order_is_no_rate_of_the_next_month(today):
    # before, the 27th was the only Tuesday known: 1000.00 on each of March's four
    sales = DailySales.from_orders([day("2024-02-27")], [100_000], day(today))
    assert project_month(sales, day(today)).point == pytest.approx(0)


def test_orders_after_the_first_are_a_rate():
    days = [day("2024-03-01"), day("2024-03-04"), day("2024-03-08")]
    sales = DailySales.from_orders(days, [90_000, 20_000, 30_000], day("2024-03-11"))
    # 500.00 in nine days after the first are expected to become 1722.22; with 1400.00
    # in ten days gone, 1400.00 + 21/31 * (1400.00 + 1722.22) / (41/31)
    point = 140_000 + 21 / 41 * (140_000 + 50_000 * 31 / 9)
    assert project_month(sales, day("2024-03-11")).point == pytest.approx(point)


def test_three_past_months_are_enough():
    for first, confidence in (
        ("2024-03-01", "not_enough_history"),  # April and May have weeks before them
        ("2024-02-01", "high"),
    ):
        projected = project_month(steady(first, "2024-06-15"), day("2024-06-15"))
        assert projected.confidence == confidence


def test_a_short_history_is_not_taken_for_weeks_without_sales():
    projected = project_month(steady("2024-05-20", "2024-06-01"), day("2024-06-01"))
    assert projected.point == pytest.approx(300_000)


def test_gaps_of_whole_months():
    sales = steady("2022-01-01", "2024-06-15")
    sales.cents[: day("2024-06-01") - day("2022-01-01")] = 0
    projected = project_month(sales, day("2024-06-15"))
    # nothing is expected but what there is; days count alike
    assert share_gone(sales, day("2024-06-15")) == pytest.approx(14 / 30)
    assert projected.point >= projected.so_far == 150_000
    assert projected.confidence == "not_enough_history"


def test_never_below_the_month_so_far():
    sales = steady("2022-01-01", "2024-06-15", cents=100)
    sales.cents[-1] = 10_000_000  # today
    projected = project_month(sales, day("2024-06-15"))
    assert projected.point == projected.so_far == 10_001_400
    assert projected.low == projected.so_far
    assert projected.high > projected.point


def test_credits_to_come_may_lower_the_month_so_far():
    # every month 100.00 a day, and 4000.00 taken back on its 25th
    days = np.arange(day("2022-01-01"), day("2024-06-15"))
    cents = np.full(len(days), 10_000)
    cents[[day_to_date(on).day == 25 for on in days]] = -390_000
    sales = DailySales(int(days[0]), cents, has_credits=True)
    projected = project_month(sales, day("2024-06-14"))
    assert projected.so_far == 140_000
    assert projected.point < 140_000
    assert projected.low <= projected.point <= projected.high


def test_credits_elsewhere_do_not_lower_the_month_so_far():
    sales = DailySales.from_orders(
        [day("2023-01-01"), day("2024-05-01"), day("2024-05-02"), day("2024-06-10")],
        [100_000, -1, 100, 900_000],
        day("2024-06-10"),
    )
    assert sales.has_credits
    projected = project_month(sales, day("2024-06-10"))
    assert projected.point == projected.so_far == 900_000


def test_a_month_of_credits_has_no_range_and_no_class():
    sales = steady("2023-01-01", "2024-06-15", cents=-500)
    sales = DailySales(sales.first_day, sales.cents, has_credits=True)
    projected = project_month(sales, day("2024-06-15"))
    assert projected.point == pytest.approx(-15_000)
    assert projected.low is projected.high is projected.confidence is None


@pytest.mark.parametrize(
    ("half_width", "months", "confidence"),
    [
        (0.10, 3, "high"),
        (0.1001, 3, "medium"),
        (0.25, 12, "medium"),
        (0.2501, 12, "low"),
        (0.01, 2, "not_enough_history"),
    ],
)
def test_confidence(half_width, months, confidence):
    assert confidence_of(half_width, months) == confidence


def test_nothing_from_after_the_day_is_looked_at():
    random = np.random.default_rng(3)
    cents = random.integers(0, 90_000, 900)
    start = day("2022-01-01")
    month = month_start(start + 880)
    gone = start + 880 - month
    known = DailySales(start, cents[:880])
    told = [
        MonthTables(sales, month).project(29 - 1, gone)
        for sales in (known, DailySales(start, cents))
    ]
    assert told[0] == told[1]
    assert told[0].half_width > 0


def test_more_history_than_needed_changes_nothing():
    random = np.random.default_rng(4)
    cents = random.integers(0, 90_000, 2_500)
    start, today = day("2018-01-01"), day("2018-01-01") + 2_499
    cut = add_months(month_start(today), -39)
    short = DailySales(cut, cents[cut - start :])
    assert project_month(DailySales(start, cents), today) == project_month(short, today)


def test_daily_totals_of_orders():
    sales = DailySales.from_orders([5, 3, 5, 9], [10, 20, -4, 99], 7)
    assert sales.first_day == 3
    assert sales.cents.tolist() == [20, 0, 6, 0, 0]
    assert sales.has_credits
