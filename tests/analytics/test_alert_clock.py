# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The clock of alerts: what each day counts, and who is late by it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_dashboards.analytics.alert_clock import (
    AlertClock,
    alert_clock,
    alert_days,
    alert_intervals,
)
from crm_dashboards.analytics.backtest import alert_backtest
from crm_dashboards.analytics.missing_orders import automatic_kappa, find_missing_orders
from crm_dashboards.analytics.rhythm import mean_log_of_last, rhythms

from .histories import (
    busier_every_week,
    day,
    from_rows,
    generated_rows,
    judged_by_lateness,
    order_rows,
)
from .slow_alerts import counted_days, silence_in_intervals

BEGIN = day("2023-09-01")
CHRISTMAS = day("2023-12-21")  # the first day of a break of ten
DAILY = range(100)


def every_day_but(closed, until):
    """Rows of a hundred customers who all order every day, but not on closed days."""
    return [
        (customer, on, 10_000)
        for customer in DAILY
        for on in range(BEGIN, until + 1)
        if on not in closed
    ]


def counts(clock, first_day, last_day):
    """What each of some days counts, of a clock."""
    on = np.arange(first_day, last_day + 1)
    return clock.between(on - 1, on).tolist()


BREAK = range(CHRISTMAS, CHRISTMAS + 10)
# 91 days of one order a customer before the break; on its n-th day the week before has
# 8 - n of them and the quarter 92 - n: (8 - n) / 7 : (92 - n) / 91
COUNTED = [
    *(1, 78 / 90, 65 / 89, 52 / 88, 39 / 87, 26 / 86, 13 / 85, 0.1, 0.1, 0.1),
    # from the 31st on, all weeks are of a quarter with 81 days that had orders
    *(0.1, 13 / 81, 26 / 81, 39 / 81, 52 / 81, 65 / 81, 78 / 81, 1, 1, 1),
]


def test_days_of_a_christmas_break():
    clock = alert_clock(from_rows(every_day_but(BREAK, CHRISTMAS + 30)), CHRISTMAS + 19)
    found = counts(clock, CHRISTMAS, CHRISTMAS + 19)
    assert found == pytest.approx(COUNTED, abs=1e-8)
    # of ten days without an order 4.39 count, of the ten after them 6.47
    assert clock.between(CHRISTMAS - 1, CHRISTMAS + 9) == pytest.approx(4.391, abs=1e-3)
    assert clock.between(CHRISTMAS + 9, CHRISTMAS + 19) == pytest.approx(
        6.470, abs=1e-3
    )
    # all days before are whole ones
    assert clock.between(BEGIN, CHRISTMAS - 1) == CHRISTMAS - 1 - BEGIN


def test_the_break_is_not_the_silence_of_a_customer():
    weekly = [(999, CHRISTMAS - 2 - 7 * back, 10_000) for back in range(6)]
    orders = from_rows(every_day_but(BREAK, CHRISTMAS + 40) + weekly)
    row = len(DAILY)
    # five gaps of 7, and two of the company's, which are 1
    interval = 7 ** (5 / 7)
    assert 2 * interval == pytest.approx(8.03, abs=0.01)
    as_of = CHRISTMAS + 12  # the third day after the break
    found = find_missing_orders(orders, as_of)
    # silent for 14 days, twice its usual week; 1 and 4.39 and .58 of them count
    assert found.lateness[row] == 2
    assert found.overdue[row]
    assert (found.late[row], found.quiet[row]) == (False, True)
    assert found.quiet_days[row] == 8  # 14 - 5.97
    assert judged_by_lateness(orders, as_of).missing[row]
    # 2.64 more count with the seventh day after the break: .1 and 13/81 of 1, 2 ... 6
    # are 3.47, with the sixth only 2.51
    for day_after, late in ((6, False), (7, True)):
        found = find_missing_orders(orders, CHRISTMAS + 9 + day_after)
        assert found.late[row] == late
        assert found.quiet[row] == (not late)


def test_days_of_the_first_sixty_count_in_full():
    # two orders, then nothing
    orders = from_rows([(1, BEGIN, 100), (1, BEGIN + 1, 100)])
    clock = alert_clock(orders, BEGIN + 70)
    assert counts(clock, BEGIN + 1, BEGIN + 59) == [1.0] * 59
    assert counts(clock, BEGIN + 60, BEGIN + 70) == [0.1] * 11


def test_a_customer_is_late_within_the_first_sixty_days_of_the_company():
    rows = [(1, BEGIN + 7 * number, 100) for number in range(4)]
    found = find_missing_orders(from_rows(rows), BEGIN + 21 + 14)
    assert found.late.tolist() == [True]
    assert found.quiet_days.tolist() == [0]


def test_a_company_without_orders_has_no_clock():
    for rows in ([], [(1, BEGIN, -100)], [(1, BEGIN + 1, 100)]):
        clock = alert_clock(from_rows(rows), BEGIN)
        assert clock.between(BEGIN - 10, BEGIN) == 0
        found = find_missing_orders(from_rows(rows), BEGIN)
        assert not found.late.any()
        assert found.quiet_days.tolist() == [0] * len(found.late)


def test_a_company_that_stopped_stays_quiet_for_good():
    rows = every_day_but((), BEGIN + 99)
    clock = alert_clock(from_rows(rows), BEGIN + 900)
    # from the eighth day on: nothing in the week, later nothing in the quarter, and
    # in the end nobody who ordered within a year
    assert counts(clock, BEGIN + 107, BEGIN + 900) == [0.1] * 794


def test_orders_are_those_per_active_customer():
    # one customer orders every day, another once, a hundred days after the first
    rows = [(1, BEGIN + number, 100) for number in range(480)]
    rows.append((2, BEGIN + 100, 100))
    clock = alert_clock(from_rows(rows), BEGIN + 479)
    table = {
        99: 1,
        # two orders of two customers on that day; then one of two
        101: 1,
        # one of the week before: 6.5 / 7 of 90.5 / 91
        102: (6.5 / 7) / (90.5 / 91),
        108: (3.5 / 7) / (87.5 / 91),
        # until all 91 days are alike
        192: 1,
        # a year later the other is none any more, and there is one order of one
        465: 1,
        479: 1,
    }
    found = {ago: counts(clock, BEGIN + ago, BEGIN + ago)[0] for ago in table}
    assert found == pytest.approx(table, abs=1e-8)
    # twice as many orders a customer as before: no day counts for more than one
    assert max(counts(clock, BEGIN, BEGIN + 479)) == 1


def test_the_day_itself_does_not_count_for_what_it_counts():
    rows = every_day_but(BREAK, CHRISTMAS + 20)
    as_of = CHRISTMAS + 10  # open again
    today = [row for row in rows if row[1] == as_of]
    before = alert_clock(from_rows([row for row in rows if row[1] < as_of]), as_of)
    for entered in (today[:1], today, today * 5):
        orders = [row for row in rows if row[1] < as_of] + entered
        clock = alert_clock(from_rows(orders), as_of)
        assert np.array_equal(clock.readings, before.readings)


def test_the_past_of_the_clock_does_not_change():
    orders = from_rows(generated_rows(3))
    early, late = (alert_clock(orders, day(on)) for on in ("2023-05-01", "2025-02-01"))
    assert early.first_day == late.first_day
    assert np.array_equal(early.readings, late.readings[: len(early.readings)])


def test_the_29th_of_february_is_a_day_like_others():
    begin, leap = day("2023-11-16"), day("2024-02-29")
    busy = busier_every_week(9, begin, leap + 1)
    clock = alert_clock(from_rows(busy), leap + 1)
    assert clock.between(day("2024-02-28"), day("2024-03-01")) == 2
    assert clock.between(day("2024-02-28"), leap) == 1
    # every Thursday up to the 15th of February: two weeks are over on the 29th
    rows = [(who, on, 100) for who in (1, 2, 3) for on in range(begin, leap - 13, 7)]
    for as_of, late in ((leap - 1, False), (leap, True), (leap + 1, True)):
        found = find_missing_orders(from_rows(busy + rows), as_of)
        assert found.late.tolist() == [late, late, late, False]


def test_credits_make_nobody_busy():
    rows = every_day_but(BREAK, CHRISTMAS + 20)
    credits = [(customer, on, -100) for customer in DAILY for on in BREAK]
    plain, with_credits = (
        alert_clock(from_rows(each), CHRISTMAS + 20) for each in (rows, rows + credits)
    )
    assert np.array_equal(plain.readings, with_credits.readings)


def test_customers_outside_the_population_do_not_move_the_clock():
    # the shop of individuals is busy at Christmas, and nobody's fault
    shop = [
        (100 + customer, on, 100)
        for customer in range(50)
        for on in range(BEGIN, CHRISTMAS + 20)
    ]
    companies = from_rows(every_day_but(BREAK, CHRISTMAS + 19))
    everybody = from_rows(every_day_but(BREAK, CHRISTMAS + 19) + shop)
    inside = everybody.customer_ids < 100
    expected = alert_clock(companies, CHRISTMAS + 19)
    found = alert_clock(everybody, CHRISTMAS + 19, inside)
    assert np.array_equal(found.readings, expected.readings)
    busy = alert_clock(everybody, CHRISTMAS + 19)
    assert busy.readings[-1] > expected.readings[-1] + 2


@pytest.mark.parametrize(
    ("gaps", "company", "interval"),
    [
        ([14, 14, 14, 14], 14, 14),
        # halfway between 10 and its mean of logarithms, 10 * 4 ** (1/3), three times;
        # and 10 twice: 10 * 4 ** ((1/3 / 2) * 3 / 5)
        ([10, 10, 40], 10, 10 * 4**0.1),
        # 7 five times and 1 twice
        ([7, 7, 7, 7, 7], 1, 7 ** (5 / 7)),
        # the last twelve only
        ([100, *[5] * 12], 5, 5),
    ],
)
def test_interval_of_alerts(gaps, company, interval):
    last = np.array(gaps[-12:])
    ends, gap_count = np.array([len(gaps)]), np.array([len(last)])
    mean_log = mean_log_of_last(np.array(gaps), ends, gap_count)
    found = alert_days(np.median(last), mean_log, gap_count, company)
    assert found.tolist() == pytest.approx([interval], abs=2e-9)


def test_no_interval_without_gaps():
    rhythm = rhythms(from_rows([(1, BEGIN, 100), (2, BEGIN, 100)]), BEGIN)
    assert np.isnan(alert_intervals(rhythm, np.zeros(2, dtype=bool))).all()
    assert np.isnan(rhythm.gap_mean_log).all()


def test_long_gaps_make_an_alert_wait_longer():
    # 10 10 40 10 10 40 10 10 40: every third gap is of forty days
    offsets = np.cumsum([0, *[10, 10, 40] * 3])
    rows = [(1, BEGIN + int(offset), 100) for offset in offsets]
    last = BEGIN + int(offsets[-1])
    rows += busier_every_week(2, BEGIN, last + 40)
    rows += [(3, last + 40 - 10 * back, 100) for back in range(9)]
    # the company's median of 10, 1 and 10 is 10: 10 * 4 ** (9/3 / 2 / 11) = 12.08
    for days, plain, clock in ((20, True, False), (24, True, False), (25, True, True)):
        orders = from_rows(rows)
        found = find_missing_orders(orders, last + days)
        assert judged_by_lateness(orders, last + days).late[0] == plain
        assert (found.late[0], found.quiet[0]) == (clock, plain and not clock)


def test_automatic_is_the_quantile_of_the_silence_that_counted():
    # three gaps of 5 days and one of 30, of which every day counts half
    rows = [(who, BEGIN + ago, 100) for who in range(60) for ago in (0, 5, 10, 15, 45)]
    rhythm = rhythms(from_rows(rows), BEGIN + 400)
    clock = AlertClock(BEGIN, np.cumsum([1.0] * 16 + [0.5] * 30 + [1.0] * 355))
    interval = np.full(60, 5.0)
    # 240 gaps, a quarter of them 30 / 5 = 6, at most 5; by the clock 15 / 5
    assert automatic_kappa(rhythm, interval, BEGIN + 400) == 5
    assert automatic_kappa(rhythm, interval, BEGIN + 400, clock) == 3


def test_the_back_test_goes_by_the_clock():
    weekly = [(999, CHRISTMAS - 2 - 7 * back, 10_000) for back in range(6)]
    orders = from_rows(every_day_but(BREAK, CHRISTMAS + 200) + weekly)
    # on the last day of the break those who order every day, for whom 4.39 days are
    # more than two intervals; a fortnight later the weekly one only
    assert alert_backtest(orders, CHRISTMAS + 9 + 90).alerts == len(DAILY)
    assert alert_backtest(orders, CHRISTMAS + 23 + 90).alerts == 1


@given(order_rows(max_size=40))
def test_what_days_count_is_what_they_count_one_by_one(rows):
    as_of = day("2025-06-30")
    expected = counted_days(rows, as_of)
    clock = alert_clock(from_rows(rows), as_of)
    if not expected:
        assert clock.readings.tolist() == [0]
        return
    assert clock.first_day == min(expected)
    found = counts(clock, min(expected), as_of)
    # the first reading is what the first day counts
    found[0] = clock.readings[0]
    assert found == pytest.approx(list(expected.values()), abs=1e-7)


@given(st.integers(0, 20), st.integers(day("2024-01-01"), day("2025-04-01")))
def test_who_is_late_is_late_day_by_day(seed, as_of):
    rows = generated_rows(seed, customers=12)
    found = find_missing_orders(from_rows(rows), as_of)
    ratios = silence_in_intervals(rows, as_of)
    known = ~np.isnan(found.interval_days)
    ids = from_rows(rows).customer_ids
    assert set(ids[known]) == set(ratios)
    for row in np.flatnonzero(known):
        ratio = ratios[int(ids[row])]
        if abs(ratio - 2) > 1e-6:
            assert found.late[row] == (found.overdue[row] and ratio >= 2)
