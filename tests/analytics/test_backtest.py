# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.backtest import (
    alert_backtest,
    monthly_alert_backtests,
    projection_backtests,
)
from crm_dashboards.analytics.history import add_months
from crm_dashboards.analytics.missing_orders import find_missing_orders
from crm_dashboards.analytics.projection import DailySales

from .histories import busier_every_week, day, from_rows, generated_rows

AS_OF = day("2025-03-31")
THEN = AS_OF - 90


def fortnightly(customer, last, later=()):
    """Six orders a fortnight apart up to a day, and some later ones."""
    rows = [(customer, last - 14 * back, 10_000) for back in range(6)]
    return rows + [(customer, on, 10_000) for on in later]


# 30 days of recency are late for 1 to 4; 5 is on time
ORDERS = [
    *fortnightly(1, THEN - 30),
    *fortnightly(2, THEN - 30, later=[THEN + 30]),
    *fortnightly(3, THEN - 30, later=[THEN + 31]),
    *fortnightly(4, THEN - 30, later=[THEN + 1]),
    *fortnightly(5, THEN - 3),
    *busier_every_week(6, THEN - 100, AS_OF),
]


def test_alerts_are_looked_at_again_after_thirty_days():
    test = alert_backtest(from_rows(ORDERS), AS_OF)
    assert (test.day, test.wait_days) == (THEN, 30)
    # 1 never came, 3 came a day after the waiting was over
    assert (test.alerts, test.churned) == (4, 2)


def test_a_credit_is_no_return():
    rows = [*ORDERS, (1, THEN + 10, -500)]
    assert alert_backtest(from_rows(rows), AS_OF).churned == 2


def test_choices_of_the_company_hold_for_the_past_as_well():
    sure = alert_backtest(from_rows(ORDERS), AS_OF, kappa=3)
    assert (sure.alerts, sure.churned) == (0, 0)
    some = np.array([True, True, False, False, True, True])
    assert alert_backtest(from_rows(ORDERS), AS_OF, population=some).alerts == 2


def test_what_came_after_the_alert_does_not_change_it():
    later = [(5, on, 10_000) for on in range(THEN + 31, AS_OF)]
    before = alert_backtest(from_rows(ORDERS), AS_OF)
    assert alert_backtest(from_rows(ORDERS + later), AS_OF) == before


def test_first_run_gives_the_months_before_as_well():
    tests = monthly_alert_backtests(from_rows(ORDERS), AS_OF, months=12)
    # the history begins 100 days before the alerts of the newest one
    assert [test.day for test in tests] == [
        add_months(AS_OF, -back) - 90 for back in (3, 2, 1, 0)
    ]
    assert tests[-1] == alert_backtest(from_rows(ORDERS), AS_OF)
    assert monthly_alert_backtests(from_rows([]), AS_OF) == []


def test_projections_of_past_months():
    # 100.00 a day, but 400.00 a day in the second half of February 2025
    days = np.arange(day("2024-06-10"), AS_OF + 1)
    cents = np.full(len(days), 10_000)
    cents[(days >= day("2025-02-15")) & (days < day("2025-03-01"))] = 40_000
    tests = projection_backtests(DailySales(int(days[0]), cents), AS_OF)
    # whole months from July on, up to February
    assert [test.month for test in tests] == [
        add_months(day("2025-02-01"), -back) for back in range(7, -1, -1)
    ]
    assert tests[0].error == pytest.approx(0)
    newest = tests[-1]
    assert newest.actual == 14 * 10_000 + 14 * 40_000
    assert newest.point == pytest.approx(280_000)
    assert newest.error == pytest.approx(0.6)
    assert newest.confidence == "high"
    assert newest.days_gone == 10


def test_a_month_of_nothing_has_no_error():
    days = np.arange(day("2024-12-01"), AS_OF + 1)
    cents = np.where(days < day("2025-02-01"), 10_000, 0)
    newest = projection_backtests(DailySales(int(days[0]), cents), AS_OF)[-1]
    assert (newest.actual, newest.error) == (0, None)


def test_what_alerts_said_and_what_was_lost():
    """Four alerts of 600.00 in 100 days each: 540.00 are usual in the 90 days since.

    2, 3 and 4 bought for 100.00: 4 x 540.00 - 300.00 did not come.
    """
    test = alert_backtest(from_rows(ORDERS), AS_OF)
    assert test.lost_cents == 4 * 54_000 - 30_000
    # a year's sales, 2190.00, times a probability to .01, of 90 days of it
    assert 0 < test.at_risk_cents < 4 * 54_000
    assert test.at_risk_cents % 540 == 0


@pytest.mark.parametrize("kappa", [1.5, "automatic"])
@pytest.mark.parametrize("min_gaps", [1, 3])
def test_alerts_of_the_past_are_those_of_the_day(kappa, min_gaps):
    """Who cannot be missed is not looked at, and yet moves what the others are
    compared with.
    """
    orders = from_rows(generated_rows(11, customers=150))
    as_of = int(orders.day.max()) - 40
    among = orders.customer_ids % 7 > 0
    test = alert_backtest(
        orders, as_of, population=among, kappa=kappa, min_gaps=min_gaps
    )
    known = orders.until(as_of - 90)
    judged = find_missing_orders(
        known, as_of - 90, among, kappa=kappa, min_gaps=min_gaps
    )
    assert test.alerts == judged.missing.sum() > 0
    risk = judged.value_at_risk_cents[judged.missing].sum() * 90 / 365
    assert test.at_risk_cents == round(risk)
