# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.customer_projection import (
    OwnMonths,
    confidence_in_months,
    own_months,
    project_customers,
)
from crm_dashboards.analytics.history import add_months, day_to_date
from crm_dashboards.analytics.projection import CONFIDENCE
from crm_dashboards.analytics.rhythm import rhythms

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


def project(rows, factor=1.0, counted=None):
    orders = from_rows(rows)
    rhythm = rhythms(orders, TODAY)
    factors = np.full(orders.customer_count, factor)
    return project_customers(orders, TODAY, rhythm, factors, counted)


def test_the_rate_of_the_year_goes_on():
    months = project(every_month("2022-01-01", 36_500))
    # 12 orders in the 365 days before today: 12.00 a day
    assert months.so_far_cents.tolist() == [0]
    assert months.sold_cents.tolist() == [0]
    assert months.daily_cents.tolist() == [1_200]
    assert months.daily_orders[0] == pytest.approx(12 / 365)


def test_recency_takes_its_part():
    months = project(every_month("2022-01-01", 36_500), factor=0.25)
    assert months.daily_cents.tolist() == [300]


def test_today_is_so_far_but_not_sold():
    rows = [*every_month("2022-01-01", 36_500), (1, TODAY - 1, 700), (1, TODAY, 50)]
    months = project([*rows, (1, TODAY + 1, 9)])
    assert months.so_far_cents.tolist() == [750]
    assert months.sold_cents.tolist() == [700]


def test_who_is_not_counted_is_not_projected():
    rows = [
        (who, on, cents)
        for who in (1, 2)
        for _1, on, cents in every_month("2022-01-01", 36_500)
    ]
    months = project([*rows, (2, TODAY - 3, 500)], counted=np.array([True, False]))
    assert months.daily_cents.tolist() == [1_200, 0]
    assert months.daily_orders[1] == 0
    assert months.sold_cents.tolist() == [0, 500]


def test_no_orders_no_rate():
    months = project([(1, TODAY - 400, -5_000), (2, TODAY + 9, 1)])
    assert months.daily_cents.tolist() == [0, 0]
    assert months.so_far_cents.tolist() == [0, 0]


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
    own = own_months(from_rows(rows), TODAY)
    assert CONFIDENCE[confidence_in_months(own)[0]] == confidence


def test_past_error_worked_by_hand():
    # 100.00 on every day from 2022 on: the projection is right but for the year
    # that has 366 days or twelve months of 365
    days = np.arange(day("2022-01-01"), TODAY + 1)
    rows = [(1, int(on), 10_000) for on in days]
    own = own_months(from_rows(rows), TODAY)
    assert own.past_error[0] < 0.003
    assert CONFIDENCE[confidence_in_months(own)[0]] == "high"
    # 365.00 on the 15th only: ten days in, always 12.00 a day for the days left,
    # which are 18 to 21 of them
    own = own_months(from_rows(every_month("2022-01-01", 36_500)), TODAY)
    assert own.whole_months.tolist() == [12]
    left = [21 - 1, 21, 21, 20, 21, 20, 21, 21, 19, 21, 20, 21]
    missed = sum(abs(12 * days_left - 365) for days_left in left)
    assert own.past_error[0] == pytest.approx(missed / (12 * 365), rel=1e-6)
    assert CONFIDENCE[confidence_in_months(own)[0]] == "low"


@pytest.mark.parametrize(
    ("factor", "confidence"),
    [
        (0.24, ["low", "low", "not_enough_history"]),
        (0.25, ["high", "medium", "not_enough_history"]),
        (4.0, ["high", "medium", "not_enough_history"]),
        (4.1, ["low", "low", "not_enough_history"]),
    ],
)
def test_where_company_and_customers_disagree_nobody_is_sure(factor, confidence):
    own = OwnMonths(np.array([12, 12, 2]), np.array([0.1, 0.25, np.nan]))
    found = confidence_in_months(own, factor)
    assert [CONFIDENCE[code] for code in found] == confidence


@pytest.mark.parametrize("today", ["2025-03-01", "2025-03-31", "2025-02-28"])
def test_past_error_equals_a_slow_computation(today):
    rows = generated_rows(8, customers=40, days=1150)
    orders = from_rows(rows)
    months = own_months(orders, day(today))
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


def test_no_customers():
    orders = history()
    assert own_months(orders, TODAY).past_error.tolist() == []
    rhythm = rhythms(orders, TODAY)
    months = project_customers(orders, TODAY, rhythm, np.zeros(0))
    assert months.daily_cents.tolist() == []
