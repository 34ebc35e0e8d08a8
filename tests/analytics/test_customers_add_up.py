# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Customers, account managers and who is not counted are the company, to the cent."""

from functools import cache

import numpy as np
import pytest

from crm_dashboards.analytics import customer_projection
from crm_dashboards.analytics.company_month import COUNTED, project_company
from crm_dashboards.analytics.history import add_months
from crm_dashboards.analytics.missing_orders import find_missing_orders
from crm_dashboards.analytics.month_calibration import calibrate
from crm_dashboards.analytics.projection import DailySales, month_start, project_month

from .histories import day, from_rows

CUSTOMERS = 150
FIRST_NIGHT = day("2024-11-01")
NIGHTS = range(FIRST_NIGHT, add_months(FIRST_NIGHT, 15))
EXCLUDED, INDIVIDUAL, ARCHIVED = 1, 2, -1


def company(seed, regular=0.5, credits=0.0, individuals=0.0):
    """Orders of 150 customers in two years, and why some are not counted.

    :param regular: share of customers with a rhythm; the others order by chance
    :param credits: share of orders that are credit notes
    """
    random = np.random.default_rng(seed)
    begin, end = day("2024-03-15"), NIGHTS[-1]
    rows = []
    for customer in range(CUSTOMERS):
        gap = random.choice([7, 14, 30, 60, 90])
        size = random.lognormal(10, 1)
        on = begin + int(random.integers(0, end - begin))
        while on <= end:
            sign = -1 if random.random() < credits else 1
            rows.append((customer, on, sign * int(size * random.lognormal(0, 0.5)) + 1))
            steady = random.random() < regular
            on += int(gap if steady else random.exponential(gap) + 1)
            if random.random() < 0.05:
                on += int(random.integers(60, 300))
    orders = from_rows(rows)
    codes = np.full(orders.customer_count, COUNTED)
    codes[random.random(len(codes)) < individuals] = INDIVIDUAL
    codes[:3], codes[3:5] = EXCLUDED, ARCHIVED
    return orders, codes


SAMPLES = {
    "wholesaler": {"seed": 1},
    "with credits": {"seed": 2, "credits": 0.1},
    "by chance": {"seed": 3, "regular": 0},
    "more returned than sold": {"seed": 4, "credits": 0.5},
    "web shop": {"seed": 5, "individuals": 0.7},
}


@pytest.fixture
def monthly_calibration(monkeypatch):
    """What past months teach, once a month: it only moves weights."""
    known = cache(
        lambda history, start, counted: calibrate(
            history, start + 9, np.frombuffer(counted, dtype=bool)
        )
    )
    monkeypatch.setattr(
        customer_projection,
        "calibrate",
        lambda history, today, counted, min_gaps: known(
            whole_history(history), month_start(today), counted.tobytes()
        ),
    )
    histories = {}

    def whole_history(history):
        return histories.setdefault("only", history)

    return histories


@pytest.mark.parametrize("name", SAMPLES)
def test_sums_hold_on_every_night_of_fifteen_months(name, monthly_calibration):
    orders, codes = company(**SAMPLES[name])
    monthly_calibration["only"] = orders
    counted = codes == COUNTED
    managers = np.arange(orders.customer_count) % 4  # one of them is nobody
    for today in NIGHTS:
        judged = find_missing_orders(orders.until(today), today, population=counted)
        factor = judged.return_factor
        month = project_company(orders, today, codes, judged.rhythm, factor)
        teams = [month.projected_cents[managers == each].sum() for each in range(4)]
        assert sum(teams) == expected_total(orders, counted, today), today
        assert {code for code, *_figures in month.left_out} == set(codes[~counted])
        assert (month.projected_cents >= month.sold_cents)[counted].all()
        assert (month.projected_cents[~counted] == 0).all()


@pytest.mark.parametrize("on", ["2025-03-01", "2025-02-28", "2025-05-31", "2025-06-17"])
def test_who_is_not_counted_is_projected_by_reason(on):
    orders, codes = company(**SAMPLES["web shop"])
    today, counted = day(on), codes == COUNTED
    judged = find_missing_orders(orders.until(today), today, population=counted)
    month = project_company(orders, today, codes, judged.rhythm, judged.return_factor)
    assert [code for code, *_figures in month.left_out] == [
        ARCHIVED,
        EXCLUDED,
        INDIVIDUAL,
    ]
    for code, customers, sold, projected in month.left_out:
        mine = codes == code
        assert customers == mine.sum()
        assert sold == month.sold_cents[mine].sum()
        assert projected == expected_total(orders, mine, today)


def expected_total(orders, mine, today):
    """What the daily total of some customers alone comes to, in whole cents."""
    rows = mine[orders.codes] & (orders.day < today)
    sales = DailySales.from_orders(orders.day[rows], orders.cents[rows], today - 1)
    projected = project_month(sales, today)
    return max(round(projected.point or 0), projected.so_far)
