# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.month_rates import (
    NO_CELL,
    UNCORRECTED,
    CompanyRates,
    company_rates,
    customer_rates,
)
from crm_dashboards.analytics.rhythm import rhythms
from crm_dashboards.analytics.steps import in_steps

from .histories import day, from_rows

# of half of the customers of Online Retail II in March 2011; its mean order 437.00
COMPANY = CompanyRates(0.412, 38.5, 43_700, UNCORRECTED)
TODAY = day("2024-06-11")


def rates(rows, today=TODAY, company=COMPANY, factor=1.0):
    rhythm = rhythms(from_rows(rows), today)
    factors = np.full(len(rhythm.first_day), factor)
    return customer_rates(rhythm, today, factors, company)


@pytest.mark.parametrize(
    ("today", "rest"),
    [
        # .412 / (38.5 + 1.5) orders a day of (1000 + 437) / 2 for 21 days
        ("2024-03-11", 155),
        # .412 / (38.5 + 10.5) of the same for 12 days
        ("2024-03-20", 72),
        ("2024-03-31", 4),  # .412 / 60 for one day, 4.93
    ],
)
def test_a_first_order_of_1000_on_10_march(today, rest):
    on = day(today)
    left = day("2024-04-01") - on
    first = rates([(1, day("2024-03-10"), 100_000)], on)
    assert int(first.daily_cents[0] * left / 100) == rest
    orders = 0.412 / (39 + on - day("2024-03-10"))
    assert first.daily_orders[0] == pytest.approx(orders)


def test_orders_after_the_first_are_the_rate():
    # 100.00, 40 and 10 days ago 200.00 each: two orders after the first in 100 days,
    # three order-days in the year
    rows = [(1, TODAY - 100, 10_000), (1, TODAY - 40, 20_000), (1, TODAY - 10, 20_000)]
    few = rates(rows)
    orders = (0.412 + 2) / (38.5 + 100.5)
    assert few.daily_orders[0] == pytest.approx(orders)
    assert few.daily_cents[0] == pytest.approx(orders * (50_000 + 43_700) / 4)


def test_a_first_order_of_more_than_a_year_ago_is_none_of_the_year():
    old = rates([(1, TODAY - 400, 90_000), (1, TODAY - 30, 20_000)])
    orders = (0.412 + 1) / (38.5 + 400.5)
    # one order-day of 200.00 in the year, and the company's mean order
    assert old.daily_cents[0] == pytest.approx(orders * (20_000 + 43_700) / 2)


def test_four_order_days_are_a_rate_of_their_own():
    rows = [(1, TODAY - back, 10_000) for back in (60, 40, 20, 10)]
    own = rates(rows, factor=0.5)
    # 400.00 and four order-days in 60 days, half of it left
    assert own.daily_cents[0] == pytest.approx(0.5 * 40_000 / 60)
    assert own.daily_orders[0] == pytest.approx(0.5 * 4 / 60)
    assert own.cell.tolist() == [NO_CELL]
    year = rates([(1, TODAY - back, 36_500) for back in (500, 400, 300, 20, 10)])
    assert year.daily_cents[0] == pytest.approx(3 * 36_500 / 365)


def test_corrections_by_order_days_and_silence():
    corrections = np.arange(1.0, 13.0).reshape(2, 6)
    company = CompanyRates(0.5, 49.5, 10_000, corrections)
    # one order 200 days ago: .5 / 250 a day, .4 orders missed: the first cell
    # the same 400 days ago: .5 / 450, .44
    # two, 300 and 299 days ago: 1.5 / 350 a day, 1.28 in 299 days: to 2
    # two, 60 and 55 days ago: 1.5 / 110, .75 in 55 days: to 1
    rows = [
        (1, TODAY - 200, 10_000),
        (2, TODAY - 400, 10_000),
        (3, TODAY - 300, 10_000),
        (3, TODAY - 299, 10_000),
        (4, TODAY - 60, 10_000),
        (4, TODAY - 55, 10_000),
    ]
    found = rates(rows, company=company)
    assert found.cell.tolist() == [0, 0, 8, 7]
    orders = np.array([0.5 / 250, 0.5 / 450, 1.5 / 350, 1.5 / 110]) * [1, 1, 9, 8]
    assert found.daily_orders == pytest.approx(orders)
    # 200 in two orders and the mean's, and 100 in none and the mean's
    values = np.array([10_000, 10_000, 10_000, 10_000])
    assert found.daily_cents == pytest.approx(orders * values)


def test_where_nobody_ordered_twice_each_goes_on_at_its_sales():
    rows = [(1, TODAY - 30, 9_000), (2, TODAY - 120, 24_000)]
    orders = from_rows(rows)
    rhythm = rhythms(orders, TODAY)
    company = company_rates(orders, rhythm, TODAY, np.ones(2, dtype=bool))
    assert company.shape is None
    found = customer_rates(rhythm, TODAY, np.ones(2), company)
    # of 90 days at least
    assert found.daily_cents.tolist() == [100, 200]


def test_credits_and_nothing_at_all():
    rows = [(1, TODAY - 90, 100), (1, TODAY - 50, -90_000)]
    rows += [(2, TODAY - 30, -5_000)]
    rows += [(3, TODAY - back, 100) for back in (80, 60, 40, 20)]
    rows += [(3, TODAY - 5, -90_000)]
    found = rates(rows)
    assert found.daily_cents.tolist() == [0, 0, 0]
    assert found.daily_orders[1] == 0


def test_the_company_is_its_counted_customers():
    rows = [(1, TODAY - 90, 100), (1, TODAY - 50, 300), (2, TODAY - 3, 9_999)]
    orders = from_rows(rows)
    rhythm = rhythms(orders, TODAY)
    company = company_rates(orders, rhythm, TODAY, np.array([True, False]))
    assert company.mean_cents == in_steps(200)
    # one order after the first in 90.5 days: no spread that could be told
    assert company.rate == pytest.approx(company.shape / in_steps(1 / 90.5, 0.1))
