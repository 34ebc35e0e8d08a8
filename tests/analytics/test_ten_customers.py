# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Every figure of ten customers, worked out by hand in the comments."""

from math import exp, isnan, log

import pytest

from crm_dashboards.analytics.customer_projection import project_customers
from crm_dashboards.analytics.history import day_to_date
from crm_dashboards.analytics.missing_orders import NO_DAY
from crm_dashboards.analytics.rfm import SEGMENTS, rfm
from crm_dashboards.analytics.trend import TREND_CLASSES, trends

from .histories import judged_by_lateness
from .ten_customers import AS_OF, HISTORY, ROW

FOUND = judged_by_lateness(HISTORY, AS_OF)
RHYTHM = FOUND.rhythm


def of(column, name):
    return column[ROW[name]]


def names(mask):
    return {name for name, row in ROW.items() if mask[row]}


@pytest.mark.parametrize(
    ("name", "low", "median", "high"),
    [
        ("weekly", 7, 7, 7),
        # 14, 350, 14, 350, 14, 14, 14: the fifth and sixth of seven are 14 and 350,
        # and three quarters of the way from the first to the last is the 5.5th
        ("seasonal", 14, 14, 182),
        ("pausing", 28, 28, 28),
        # 11, 30, 48
        ("irregular", 20.5, 30, 39),
        ("two_orders", 56, 56, 56),
    ],
)
def test_quartiles_of_gaps(name, low, median, high):
    assert of(RHYTHM.gap_low, name) == low
    assert of(RHYTHM.gap_median, name) == median
    assert of(RHYTHM.gap_high, name) == high


def test_no_gaps_no_quartiles():
    assert isnan(of(RHYTHM.gap_median, "first_order"))
    assert of(RHYTHM.gap_count, "first_order") == 0


@pytest.mark.parametrize(
    ("name", "days"),
    [
        # all gaps alike, or nearly: their own median
        ("weekly", 7),
        ("late", 14),
        ("overdue", 14),
        ("lapsed", 7),
        ("with_credits", 14),
        ("seasonal", 14),
        ("pausing", 28),
        # the medians 7 7 14 14 14 14 28 30 have the median 14, which is one more gap:
        # 30 * (14 / 30) ** (1 / 4)
        ("irregular", 24.8),
    ],
)
def test_usual_interval(name, days):
    assert of(FOUND.interval_days, name) == days


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("weekly", "2024-12-31"),  # 24 December + 7
        ("late", "2024-12-17"),  # 3 December + 14
        ("overdue", "2024-12-24"),
        ("lapsed", "2024-10-08"),  # 1 October + 7
        ("with_credits", "2024-12-16"),  # 2 December + 14; credits are no orders
        ("seasonal", "2024-10-29"),
        ("pausing", "2024-11-05"),  # 8 October + 28
        ("irregular", "2025-01-06"),  # 11 December + 24.80 is Sunday the 5th
    ],
)
def test_expected_date(name, date):
    assert str(day_to_date(of(FOUND.expected_day, name))) == date


def test_too_few_orders_for_a_date():
    for name in ("two_orders", "first_order"):
        assert of(FOUND.expected_day, name) == NO_DAY
        assert isnan(of(FOUND.interval_days, name))
        assert isnan(of(FOUND.expected_cents, name))
        assert isnan(of(FOUND.lateness, name))


def test_expected_value():
    assert of(FOUND.expected_cents, "weekly") == 10_000
    # 100, 100, 100 and 100 less a credit of 30 on the same day
    assert of(FOUND.expected_cents, "with_credits") == 9_250
    # (100 + 200 + 300 + 1000) / 4
    assert of(FOUND.expected_cents, "irregular") == 40_000


def test_lateness():
    assert of(FOUND.lateness, "late") == 2
    assert of(FOUND.lateness, "overdue") == 1.5
    assert of(FOUND.lateness, "with_credits") == pytest.approx(29 / 14)
    assert of(FOUND.lateness, "seasonal") == pytest.approx(5.5)
    assert of(FOUND.lateness, "lapsed") == 13


def test_who_is_missing():
    overdue = {"late", "overdue", "lapsed", "with_credits", "seasonal", "pausing"}
    assert names(FOUND.overdue) == overdue
    assert names(FOUND.late) == overdue - {"overdue"}
    assert names(FOUND.lapsed) == {"lapsed"}
    assert names(FOUND.seasonal) == {"seasonal", "pausing"}
    assert names(FOUND.missing) == {"late", "with_credits"}


def test_own_gaps_that_were_shorter():
    # silent for 28, 77 and 84 days
    assert of(RHYTHM.gaps_shorter, "late") == of(RHYTHM.gap_count, "late") == 4
    assert of(RHYTHM.gaps_shorter, "seasonal") == 5
    assert of(RHYTHM.gap_count, "seasonal") == 7
    assert of(RHYTHM.gaps_shorter, "pausing") == 10
    assert of(RHYTHM.gap_count, "pausing") == 11


def test_pause_of_the_year_before():
    assert of(RHYTHM.gap_a_year_ago, "pausing") == 98
    assert of(RHYTHM.gap_a_year_ago, "seasonal") == 350
    assert of(RHYTHM.gap_a_year_ago, "late") == 0


def test_churn_probability_and_value_at_risk():
    # order-days of the last 365 days after the first one, and days to count them in
    counts = (4, 4, 4, 3, 1, 0, 3, 4, 9, 3)
    ages = (35, 84, 77, 112, 60, 40, 71, 365, 365, 109)
    assert RHYTHM.year_order_days.tolist() == list(counts)
    days = [age + 0.5 for age in ages]
    mean = 35 / 1323
    excess = sum((n - mean * t) ** 2 for n, t in zip(counts, days, strict=True)) - 35
    variance = max(excess / sum(t * t for t in days), mean**2 / 1000)
    # both in steps of 10 %
    shape = exp(round(log(mean**2 / variance) / 0.1) * 0.1)
    rate = shape / exp(round(log(mean) / 0.1) * 0.1)
    # "late": 4 in 84.5 days, usual interval 14, lateness 2
    usual = ((rate + 84.5) / (rate + 98.5)) ** (shape + 4)
    odds = usual / (1 - usual) * 2**0.446
    now = odds / (1 + odds)
    assert round(now, 2) == 0.72
    # 500.00 in 84 days, which count as 90
    risk = 0.72 * 50_000 * 365 / 90
    assert of(FOUND.value_at_risk_cents, "late") == round(risk)
    factor = (1 - now) / (1 - usual)
    assert of(FOUND.return_factor, "late") == pytest.approx(factor)
    # that no order comes for 90 days; the lateness counts in full
    usual = ((rate + 84.5) / (rate + 174.5)) ** (shape + 4)
    odds = usual / (1 - usual) * 2
    leaves = odds / (1 + odds)
    assert round(leaves, 2) == 0.15
    assert of(FOUND.churn_probability, "late") == round(leaves, 2)


def test_nothing_at_risk_where_nothing_is_due():
    for name in ("weekly", "irregular", "two_orders", "first_order", "lapsed"):
        assert isnan(of(FOUND.churn_probability, name))
        assert isnan(of(FOUND.value_at_risk_cents, name))


def test_segments():
    result = rfm(HISTORY, AS_OF)
    # days since: 4, 7, 20, 21, 28, 29, 40, 77, 84, 91
    by_recency = "two_orders weekly irregular overdue late with_credits first_order"
    by_recency = [*by_recency.split(), "seasonal", "pausing", "lapsed"]
    assert [of(result.r, n) for n in by_recency] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    # orders since 31 December 2022: 1 2 4 4 4 5 5 5 6 12, the first order apart
    expected = {
        "first_order": 1,
        "two_orders": 1,
        **dict.fromkeys(("lapsed", "with_credits", "irregular"), 2),
        **dict.fromkeys(("weekly", "late", "overdue"), 4),
        "seasonal": 5,
        "pausing": 5,
    }
    assert {name: of(result.f, name) for name in ROW} == expected
    # value 100 200 320 400 500 500 500 600 1200 1600
    expected = {
        "first_order": 1,
        "two_orders": 1,
        "with_credits": 2,
        "lapsed": 2,
        **dict.fromkeys(("weekly", "late", "overdue"), 3),
        "seasonal": 4,
        "pausing": 5,
        "irregular": 5,
    }
    assert {name: of(result.m, name) for name in ROW} == expected
    # ranks of F 1 2 4 4 4 7 7 7 9 10 and of M 1 2 3 4 6 6 6 8 9 10, added up:
    # first 2, two 4, credits 7, lapsed 8, weekly, late, overdue 13, irregular 14,
    # seasonal 17, pausing 19
    expected = {
        "first_order": "hibernating",  # R 2, FM 1
        "two_orders": "potential_loyalist",  # R 5, FM 1 by rank, but no first order
        "with_credits": "about_to_sleep",  # R 3, FM 2
        "lapsed": "hibernating",  # R 1, FM 2
        "weekly": "potential_loyalist",  # R 5, FM 3
        "late": "needs_attention",  # R 3, FM 3
        "overdue": "potential_loyalist",  # R 4, FM 3
        "irregular": "loyal",  # R 4, FM 4
        "seasonal": "dont_lose_them",  # R 2, FM 5
        "pausing": "dont_lose_them",  # R 1, FM 5
    }
    assert {name: SEGMENTS[of(result.segment, name)] for name in ROW} == expected


def test_trend():
    result = trends(HISTORY, AS_OF)
    assert names(result.new) == set(ROW) - {"seasonal", "pausing"}
    assert {TREND_CLASSES[code] for code in result.trend} == {"growing"}
    # 4 orders against 2: +100 %, but 200 / sqrt(6 * 100^2) is 0.8
    assert of(result.change_share, "seasonal") == 1
    assert of(result.may_be_chance, "seasonal")
    # 9 orders against 3: +200 %, 600 / sqrt(12 * 100^2) is 1.7
    assert of(result.change_share, "pausing") == 2
    assert not of(result.may_be_chance, "pausing")
    # 320 in all, from 4 orders of 100 and credits of 30 and 50
    assert of(result.this_year_cents, "with_credits") == 32_000


def test_month_of_each_customer():
    months = project_customers(HISTORY, AS_OF, RHYTHM, FOUND.return_factor)
    # four orders in December; 500.00 and five order-days in 35 days
    assert of(months.so_far_cents, "weekly") == 40_000
    assert of(months.daily_cents, "weekly") == pytest.approx(50_000 / 35)
    assert of(months.daily_orders, "weekly") == pytest.approx(5 / 35)
    # 500.00 in 84 days, less what its recency takes
    factor = of(FOUND.return_factor, "late")
    assert of(months.daily_cents, "late") == pytest.approx(factor * 50_000 / 84)
    # 100 and credits of 30 and 50 in December, 320.00 in 71 days
    assert of(months.so_far_cents, "with_credits") == 2_000
