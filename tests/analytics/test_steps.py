# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.company_month import project_company
from crm_dashboards.analytics.missing_orders import find_missing_orders
from crm_dashboards.analytics.steps import days_in_steps, in_steps

from .histories import day, from_rows

TODAY = day("2026-03-20")
CUSTOMERS = 2000
ORDERS = 12_000


def test_steps_of_five_percent():
    steps = in_steps([0, -3, np.nan, 1, 1.02, 1.03, 100])
    assert steps == pytest.approx(
        [0, -3, np.nan, 1, 1, np.exp(0.05), np.exp(4.6)], nan_ok=True
    )
    assert in_steps(1.02) == 1


@pytest.mark.parametrize(
    ("days", "steps"),
    [(1, 1), (7, 7), (7.27, 7.2), (14, 14), (21, 21), (28.75, 29), (30, 30)]
    + [(91, 92), (121.5, 120), (365, 360)],
)
def test_days_in_steps(days, steps):
    assert days_in_steps(days) == steps


def test_no_days_in_steps():
    assert np.isnan(days_in_steps(np.nan))


def test_a_few_orders_are_no_news_of_the_other_customers():
    """What the company knows of all of them moves by less than a step."""
    random = np.random.default_rng(3)
    customer = (CUSTOMERS * random.random(ORDERS) ** 1.7).astype(int)
    # on some days more than on others, so that medians are no whole numbers
    ago = np.floor(1095 * random.random(ORDERS) ** 1.1).astype(int) + 1
    cents = np.round(np.exp(8 + random.normal(size=ORDERS))).astype(int)
    rows = list(zip(customer, TODAY - ago, cents, strict=True))
    ordered = range(0, CUSTOMERS, 33)
    more = [(each, TODAY, 5_000) for each in ordered if each in set(customer)]
    before, after = (_figures(from_rows(some)) for some in (rows, rows + more))
    others = ~np.isin(np.unique(customer), ordered)
    for name, column in before.items():
        assert column[others] == pytest.approx(after[name][others], nan_ok=True), name


def _figures(orders):
    judged = find_missing_orders(orders, TODAY)
    month = project_company(
        orders,
        TODAY,
        np.zeros(orders.customer_count, int),
        judged.rhythm,
        judged.return_factor,
    )
    return {
        "interval": judged.interval_days,
        "expected": judged.expected_day,
        "risk": judged.value_at_risk_cents,
        "leaves": judged.churn_probability,
        "sales": month.daily_sales,
        "orders": month.daily_orders,
    }
