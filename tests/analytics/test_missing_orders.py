# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.history import day_to_date
from crm_dashboards.analytics.missing_orders import (
    NO_DAY,
    automatic_kappa,
    find_missing_orders,
    next_open_days,
    open_weekdays,
    usual_days,
    usual_intervals,
)
from crm_dashboards.analytics.rhythm import (
    mean_of_last,
    quartiles_of_last,
    rhythms,
    whole_days,
)

from .histories import day, from_rows, judged_by_lateness
from .ten_customers import AS_OF, HISTORY, ROW

MONDAY_TO_FRIDAY = np.array([True] * 5 + [False] * 2)


def regular(customer, gap, count, last, cents=10_000):
    """Rows of a customer that orders every ``gap`` days up to a day."""
    return [(customer, last - gap * back, cents) for back in range(count)]


def test_quartiles_of_the_last_values():
    values = np.array([9, 1, 2, 3, 4, 7, 5])
    low, median, high = quartiles_of_last(
        values, np.array([5, 6, 7, 3]), np.array([4, 1, 2, 0])
    )
    assert low.tolist()[:3] == [1.75, 7, 5.5]
    assert median.tolist()[:3] == [2.5, 7, 6]
    assert high.tolist()[:3] == [3.25, 7, 6.5]
    assert np.isnan([low[3], median[3], high[3]]).all()
    means = mean_of_last(values, np.array([5, 6, 7]), np.array([4, 1, 0]))
    assert means.tolist()[:2] == [2.5, 7]
    assert np.isnan(means[2])


def test_only_the_last_twelve_gaps_count():
    # ten gaps of 5, then twelve of 20
    early = regular(1, 5, 11, AS_OF - 240)
    late = regular(1, 20, 12, AS_OF)
    rhythm = rhythms(from_rows(early + late), AS_OF)
    assert rhythm.gap_count.tolist() == [12]
    assert rhythm.gap_low.tolist() == rhythm.gap_high.tolist() == [20]
    assert rhythm.completed_counts.tolist() == [22]


def test_only_the_last_twelve_values_count():
    rows = regular(1, 5, 12, AS_OF, 1_000) + regular(1, 5, 12, AS_OF - 60, 9_000)
    assert rhythms(from_rows(rows), AS_OF).mean_cents.tolist() == [1_000]


def test_nobody_with_enough_gaps_means_no_dates():
    rows = [row for customer in range(8) for row in regular(customer, 9, 3, AS_OF)]
    found = find_missing_orders(from_rows(rows), AS_OF)
    assert np.isnan(found.interval_days).all()
    assert (found.expected_day == NO_DAY).all()
    assert not found.overdue.any()
    assert not found.lapsed.any()
    assert np.isnan(found.churn_probability).all()


@pytest.mark.parametrize(
    ("quartiles", "count", "company", "usual"),
    [
        ((6, 7, 8), 12, 30, 7),  # steady: two days between the quartiles
        ((6.5, 7.5, 8.5), 3, 30, 7.5),
        # not steady: (7 ** 12 * 30) ** (1 / 13) = 7 * (30 / 7) ** (1 / 13) = 7.83
        ((6, 7, 8.25), 12, 30, 7.8),
        # 21 * (7 / 21) ** (1 / 4) = 15.96 is less than three of four gaps were
        ((20, 21, 23), 3, 7, 20),
        # 21 * (60 / 21) ** (1 / 4) = 27.30 is more
        ((19.25, 21, 23.25), 3, 60, 23.2),
        ((10, 20, 40), 3, 20, 20),
    ],
)
def test_a_usual_interval_lies_between_its_quartiles(quartiles, count, company, usual):
    low, median, high = (np.array([float(each)]) for each in quartiles)
    days = usual_days(low, median, high, np.array([count]), company)
    assert days.tolist() == [usual]
    assert np.round(low, 1) <= days <= np.round(high, 1)


def test_half_a_day_is_read_and_counted_as_one_more():
    assert whole_days(np.array([6.5, 7.4, 7.5, 8.5])).tolist() == [7, 7, 8, 9]
    # gaps of 8 and 9 days: every 8.5 days, read as 9, and expected on the ninth
    rows = [(1, AS_OF + days, 100) for days in (0, 8, 17, 25, 34)]
    found = find_missing_orders(from_rows(rows), AS_OF + 34)
    assert found.interval_days.tolist() == [8.5]
    assert whole_days(found.interval_days[0]) == 9
    opened = open_weekdays(found.rhythm.weekday_orders)
    due = next_open_days(np.array([AS_OF + 34 + 9]), opened)
    assert found.expected_day.tolist() == due.tolist()


def test_minimum_of_gaps_is_a_choice():
    rows = regular(1, 9, 3, AS_OF) + regular(2, 9, 2, AS_OF)
    found = find_missing_orders(from_rows(rows), AS_OF, min_gaps=2)
    assert found.interval_days[0] == 9
    assert np.isnan(found.interval_days[1])


def test_no_history_at_all():
    found = find_missing_orders(from_rows([]), AS_OF)
    assert found.missing.tolist() == []
    assert found.kappa == 2


def test_a_customer_outside_the_population_has_no_say():
    inside = np.ones(10, dtype=bool)
    inside[ROW["irregular"]] = False
    found = find_missing_orders(HISTORY, AS_OF, population=inside)
    assert np.isnan(found.interval_days[ROW["irregular"]])
    # the medians 7 7 14 14 14 14 28 have the median 14 as before
    everyone = find_missing_orders(HISTORY, AS_OF)
    others = inside & ~np.isnan(everyone.interval_days)
    assert np.array_equal(found.interval_days[others], everyone.interval_days[others])
    assert not np.array_equal(
        found.churn_probability[others],
        everyone.churn_probability[others],
        equal_nan=True,
    )


def test_credits_make_no_rhythm():
    rows = regular(1, 10, 6, AS_OF, -500) + regular(2, 10, 6, AS_OF)
    found = find_missing_orders(from_rows(rows), AS_OF)
    assert np.isnan(found.interval_days[0])
    assert found.interval_days[1] == 10


def test_an_expected_value_of_nothing_is_not_shown():
    rows = regular(1, 10, 6, AS_OF) + regular(1, 10, 6, AS_OF, -20_000)
    found = judged_by_lateness(from_rows(rows), AS_OF + 30)
    assert found.rhythm.mean_cents.tolist() == [-10_000]
    assert np.isnan(found.expected_cents[0])
    assert found.missing.tolist() == [True]
    assert found.value_at_risk_cents.tolist() == [0]


@pytest.mark.parametrize(
    ("kappa", "missing"),
    [
        (1.5, {"late", "overdue", "with_credits"}),
        (2, {"late", "with_credits"}),
        (2.05, {"with_credits"}),
        (3, set()),
    ],
)
def test_sensitivity(kappa, missing):
    found = judged_by_lateness(HISTORY, AS_OF, kappa=kappa)
    assert {name for name, row in ROW.items() if found.missing[row]} == missing


def test_due_only_after_the_expected_day():
    rows = regular(1, 14, 6, AS_OF)
    for days, overdue in ((13, False), (14, False), (15, True)):
        found = find_missing_orders(from_rows(rows), AS_OF + days)
        assert found.overdue.tolist() == [overdue]


@pytest.mark.parametrize(
    ("gap", "recency", "lapsed"),
    [
        (7, 70, False),
        (7, 71, True),  # more than ten times 7
        (60, 365, False),
        (60, 366, True),  # a year, more than 3 * 60
        (150, 450, False),  # a year, but not more than 3 * 150
        (150, 451, True),
    ],
)
def test_lapsed(gap, recency, lapsed):
    orders = from_rows(regular(1, gap, 6, AS_OF))
    found = judged_by_lateness(orders, AS_OF + recency)
    assert found.late.tolist() == [True]
    assert found.lapsed.tolist() == [lapsed]


def test_lapsed_is_a_choice():
    orders = from_rows(regular(1, 60, 6, AS_OF))
    later = AS_OF + 190
    assert not judged_by_lateness(orders, later).lapsed[0]
    assert judged_by_lateness(orders, later, lapsed_days=180).lapsed[0]
    assert judged_by_lateness(orders, later, lapsed_lateness=3).lapsed[0]


def test_seasonal_needs_eighteen_months():
    orders = from_rows(
        [(1, day(f"2024-{month:02}-01"), 1) for month in (1, 2, 3)]
        + [(1, day("2024-01-15"), 1), (1, day("2024-02-15"), 1)]
    )
    early = judged_by_lateness(orders, day("2024-06-01"))
    assert not early.seasonal[0]
    assert early.missing[0]
    late = judged_by_lateness(orders, day("2025-07-02"))
    assert late.rhythm.season_months.tolist() == [3]
    assert late.seasonal[0]


def test_four_months_are_no_season():
    dates = ("2023-01-02", "2023-04-03", "2024-01-01", "2024-04-02", "2024-07-02")
    orders = from_rows([(1, day(text), 1) for text in (*dates, "2024-10-02")])
    found = find_missing_orders(orders, day("2024-12-31"))
    assert found.rhythm.season_months.tolist() == [4]
    assert not found.seasonal[0]


def test_a_pause_a_year_ago_must_be_long_enough_and_around_the_day():
    # every 28 days with one pause of 98 days, silent for 84 days: 98 >= 84 - 28
    found = find_missing_orders(HISTORY, AS_OF)
    assert found.seasonal[ROW["pausing"]]
    # 43 days later the recency is 127 days: 98 < 127 - 28
    assert find_missing_orders(HISTORY, AS_OF + 42).seasonal[ROW["pausing"]]
    assert not find_missing_orders(HISTORY, AS_OF + 43).seasonal[ROW["pausing"]]
    # a year after the order of 27 February 2024 itself no gap is around the day
    found = find_missing_orders(HISTORY, day("2025-02-26"))
    assert found.rhythm.gap_a_year_ago[ROW["pausing"]] == 0


def test_automatic_kappa_is_the_companys_own_quantile():
    # 21 customers with gaps of 10 and every fifth of 35: medians 10, usual 10
    gaps = [10, 10, 10, 10, 35] * 9
    days = np.concatenate(([0], np.cumsum(gaps)))
    rows = [(c, AS_OF - 675 + int(d), 1) for c in range(21) for d in days]
    rhythm = rhythms(from_rows(rows), AS_OF)
    interval = usual_intervals(rhythm)
    assert interval.tolist() == [10] * 21
    # 80 % of 945 gaps are 10; the quantile lies 0.2 of the way to the first of 35
    assert automatic_kappa(rhythm, interval, AS_OF) == pytest.approx(1.5)
    found = judged_by_lateness(from_rows(rows), AS_OF, kappa="automatic")
    assert found.kappa == automatic_kappa(rhythm, interval, AS_OF)
    gaps = [35, 35, 10, 10, 10] * 9
    days = np.concatenate(([0], np.cumsum(gaps)))
    rows = [(c, AS_OF - 900 + int(d), 1) for c in range(21) for d in days]
    rhythm = rhythms(from_rows(rows), AS_OF)
    interval = usual_intervals(rhythm)
    # the last twelve gaps hold four of 35: median 10
    assert automatic_kappa(rhythm, interval, AS_OF) == pytest.approx(3.5)


def test_automatic_kappa_needs_gaps_and_months():
    for count, gap in ((5, 90), (250, 1)):
        orders = from_rows(regular(1, gap, count, AS_OF))
        assert find_missing_orders(orders, AS_OF, kappa="automatic").kappa == 2


def test_open_weekdays_hold_more_than_a_fiftieth():
    assert open_weekdays(np.array([20, 20, 20, 20, 18, 2, 0])).tolist() == [
        *(True, True, True, True, True, False, False)
    ]
    assert open_weekdays(np.array([20, 20, 20, 19, 18, 3, 0]))[5]
    assert open_weekdays(np.zeros(7, dtype=int)).all()


@pytest.mark.parametrize(
    ("date", "moved"),
    [
        ("2024-12-20", "2024-12-20"),  # a Friday
        ("2024-12-21", "2024-12-23"),
        ("2024-12-24", "2024-12-27"),  # closed from the 24th to the 26th
        ("2024-12-28", "2024-12-30"),
        ("2024-12-31", "2024-12-31"),
    ],
)
def test_next_open_day(date, moved):
    holidays = [day(f"2024-12-{number}") for number in (24, 25, 26)]
    days = next_open_days(np.array([day(date)]), MONDAY_TO_FRIDAY, holidays)
    assert str(day_to_date(days[0])) == moved


def test_a_company_that_is_always_closed_keeps_the_date():
    never = np.zeros(7, dtype=bool)
    assert next_open_days(np.array([100]), never).tolist() == [100]
    closed = range(101, 161)
    opened = np.ones(7, dtype=bool)
    assert next_open_days(np.array([100, 101]), opened, closed).tolist() == [100, 161]
    closed = range(101, 162)
    assert next_open_days(np.array([101]), opened, closed).tolist() == [101]


def test_holidays_move_the_expected_day():
    holidays = [AS_OF, AS_OF + 1, AS_OF + 2]
    found = find_missing_orders(HISTORY, AS_OF, holidays=holidays)
    # due on New Year's Eve, closed until Thursday: Friday 3 January
    assert found.expected_day[ROW["weekly"]] == AS_OF + 3


def test_a_company_without_a_second_order_has_no_probability():
    # everyone's first order-day counts for nothing, and there is no other in the year
    rows = regular(1, 10, 5, AS_OF - 400)
    found = find_missing_orders(from_rows(rows), AS_OF, lapsed_lateness=99)
    assert found.rhythm.year_order_days.tolist() == [0]
    assert np.isnan(found.churn_probability).all()
    assert found.return_factor.tolist() == [1]


def test_probability_never_is_certain():
    rows = [row for customer in range(6) for row in regular(customer, 2, 99, AS_OF)]
    found = find_missing_orders(
        from_rows(rows),
        AS_OF + 364,
        lapsed_lateness=10**6,
    )
    assert found.churn_probability.max() <= 1
    assert found.return_factor.min() >= 0.001 / 1.001 * 0.99
