# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics import customer_projection
from crm_dashboards.analytics.customer_projection import project_customers
from crm_dashboards.analytics.history import add_months, day_to_date
from crm_dashboards.analytics.projection import CONFIDENCE

from .histories import day, from_rows, generated_rows, history

TODAY = day("2024-06-11")  # 10 of 30 days gone


def every_month(first, cents, number=15, months=30):
    """An order on one day of each month up to May 2024."""
    rows = []
    for back in range(months):
        year, month0 = divmod(2024 * 12 + 4 - back, 12)
        on = day(f"{year}-{month0 + 1:02}-{number:02}")
        if on >= day(first):
            rows.append((1, on, cents))
    return rows


def project(rows, factor=None):
    return project_customers(from_rows(rows), TODAY, factor)


def test_the_rate_of_the_year_goes_on():
    months = project(every_month("2022-01-01", 36_500))
    # 12 orders in the 365 days before today: 12.00 a day for 20 days
    assert months.so_far_cents.tolist() == [0]
    assert months.point_cents.tolist() == [24_000]
    assert months.whole_months.tolist() == [12]
    # all own months came to 365.00; two thirds of the month are left
    assert months.high_cents.tolist() == [24_333]
    assert months.low_cents.tolist() == [24_000]


def test_recency_takes_its_part():
    months = project(every_month("2022-01-01", 36_500), np.array([0.25]))
    assert months.point_cents.tolist() == [6_000]
    assert months.low_cents[0] <= 6_000


def test_the_month_so_far_is_kept():
    rows = [*every_month("2022-01-01", 36_500), (1, TODAY, 100_000)]
    months = project(rows)
    assert months.so_far_cents.tolist() == [100_000]
    # today's order is not counted on: 240.00 is less than the month so far
    assert months.point_cents.tolist() == [100_000]
    assert months.low_cents.tolist() == [100_000]


def test_a_young_customer_has_the_rate_of_its_days():
    months = project([(1, TODAY - 100, 20_000), (1, TODAY - 50, 30_000)])
    # 500.00 in 100 days
    assert months.point_cents.tolist() == [10_000]


@pytest.mark.parametrize(
    ("today", "point"),
    [
        # 1000.00 in 90 days at least are 11.11 a day
        ("2024-03-11", 123_333),  # 1000.00 and 21 days
        ("2024-03-20", 113_333),  # 1000.00 and 12 days
        ("2024-06-08", 25_556),  # 90 days old: 23 days
        ("2024-06-18", 13_000),  # 100 days old: 13 days at 10.00
    ],
)
def test_a_first_order_is_no_rate(today, point):
    months = project_customers(from_rows([(1, day("2024-03-10"), 100_000)]), day(today))
    assert months.point_cents.tolist() == [point]


def test_a_first_order_today():
    months = project([(1, TODAY, 5_000)])
    assert months.point_cents.tolist() == [5_000]
    assert months.low_cents.tolist() == [5_000]
    assert months.high_cents.tolist() == [5_000]
    assert CONFIDENCE[months.confidence[0]] == "not_enough_history"


def test_no_orders_no_projection():
    months = project([(1, TODAY - 400, -5_000), (2, TODAY + 9, 1)])
    assert np.isnan(months.point_cents).all()
    assert months.confidence.tolist() == [-1, -1]
    assert months.so_far_cents.tolist() == [0, 0]


def test_a_year_of_credits_leaves_the_month_so_far():
    rows = [(1, TODAY - 300, 100), (1, TODAY - 200, -90_000), (1, TODAY - 5, 700)]
    assert project(rows).point_cents.tolist() == [700]


def test_range_of_own_quartiles():
    amounts = [10_000, 20_000, 30_000, 40_000, 50_000]
    rows = [
        (1, day(f"2024-{month:02}-01"), cents)
        for month, cents in enumerate(amounts, start=1)
    ]
    months = project(rows)
    # quartiles 200 and 400 of January to May, two thirds of the month left
    assert months.whole_months.tolist() == [5]
    assert months.low_cents.tolist() == [13_333]
    # 1500.00 in 162 days, 20 days left
    assert months.point_cents.tolist() == [18_519]
    assert months.high_cents.tolist() == [26_667]


@pytest.mark.parametrize(
    ("first", "confidence"),
    [
        ("2024-03-02", "not_enough_history"),  # April and May are whole
        ("2024-03-01", "low"),
        ("2023-06-02", "low"),  # eleven whole months, however regular
        # June 2023 missed 2000.00 of its last 20 days, with nothing before it; July
        # and August, 30 and 61 days old, 21 * 66.67 and 21 * 32.22, since the rate is
        # of 90 days: 4076.67 of 36 600.00 are 11 %
        ("2023-06-01", "medium"),
        ("2023-03-01", "high"),  # 92 days before June
    ],
)
def test_confidence_needs_twelve_own_months(first, confidence):
    rows = [(1, on, 10_000) for on in range(day(first), TODAY + 1)]
    assert CONFIDENCE[project(rows).confidence[0]] == confidence


def test_past_error_worked_by_hand():
    # 100.00 on every day from 2022 on: the projection is right but for the year
    # that has 366 days or twelve months of 365
    days = np.arange(day("2022-01-01"), TODAY + 1)
    rows = [(1, int(on), 10_000) for on in days]
    months = project(rows)
    assert months.past_error[0] < 0.003
    assert CONFIDENCE[months.confidence[0]] == "high"
    # 365.00 on the 15th only: ten days in, always 12.00 a day for the days left,
    # which are 18 to 21 of them
    months = project(every_month("2022-01-01", 36_500))
    left = [21 - 1, 21, 21, 20, 21, 20, 21, 21, 19, 21, 20, 21]
    missed = sum(abs(12 * days_left - 365) for days_left in left)
    assert months.past_error[0] == pytest.approx(missed / (12 * 365), rel=1e-6)
    assert CONFIDENCE[months.confidence[0]] == "low"


@pytest.mark.parametrize("today", ["2025-03-01", "2025-03-31", "2025-02-28"])
def test_past_error_equals_a_slow_computation(today):
    rows = generated_rows(8, customers=40, days=1150)
    orders = from_rows(rows)
    months = project_customers(orders, day(today))
    seen = 0
    for row, customer in enumerate(orders.customer_ids.tolist()):
        mine = [(on, cents) for who, on, cents in rows if who == customer]
        error = _slow_past_error(mine, day(today))
        if error is None:
            assert np.isnan(months.past_error[row])
        else:
            assert months.past_error[row] == pytest.approx(error)
            seen += 1
    assert seen > 5


def _slow_past_error(orders, today):
    begun = min((on for on, cents in orders if cents > 0), default=today)
    start = today - day_to_date(today).day + 1
    gone = today - start
    missed = reached = 0
    for back in range(1, 13):
        first, end = add_months(start, -back), add_months(start, 1 - back)
        if first < begun:
            return None
        over = min(gone, end - first)

        rate = _sold(orders, add_months(first, -12), first)
        rate = max(rate, 0) / min(max(first - begun, 90), 365)
        point = _sold(orders, first, first + over) + rate * (end - first - over)
        missed += abs(point - _sold(orders, first, end))
        reached += _sold(orders, first, end)
    return missed / reached if reached > 0 else None


def _sold(orders, since, until):
    return sum(cents for on, cents in orders if since <= on < until)


def test_parts_that_stay_the_same_on_a_quiet_day():
    months = project([*every_month("2022-01-01", 36_500), (1, TODAY - 1, 700)])
    # 700 yesterday; 12 * 365.00 and 7.00 in 365 days
    assert months.sold_cents.tolist() == [700]
    assert months.daily_cents[0] == pytest.approx((12 * 36_500 + 700) / 365)
    assert months.point_cents[0] == round(700 + 20 * (12 * 36_500 + 700) / 365)


def test_slices_of_customers_change_nothing(monkeypatch):
    orders = from_rows(generated_rows(7))
    factor = np.linspace(0, 1, orders.customer_count)
    today = day("2025-01-20")
    whole = project_customers(orders, today, factor)
    monkeypatch.setattr(customer_projection, "SLICE", 7)
    parts = project_customers(orders, today, factor)
    for name, column in vars(whole).items():
        assert np.array_equal(column, getattr(parts, name), equal_nan=True), name


def test_no_customers():
    assert project_customers(history(), TODAY).point_cents.tolist() == []
