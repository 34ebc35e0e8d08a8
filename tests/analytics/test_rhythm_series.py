# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import fields

import numpy as np
import pytest

from crm_dashboards.analytics import rhythm
from crm_dashboards.analytics.alert_clock import alert_clock
from crm_dashboards.analytics.history import OrderHistory, sum_by_start, unite
from crm_dashboards.analytics.rhythm import Rhythms, RhythmSeries, rhythms
from crm_dashboards.analytics.windows import Windows, running

DAYS = 900


@pytest.fixture
def history():
    """Eighty customers with up to forty orders, a tenth of them credits."""
    chance = np.random.default_rng(7)
    customer = np.sort(chance.integers(0, 80, 1200) ** 2 // 80)
    day = chance.integers(0, DAYS, len(customer))
    cents = chance.integers(-100, 900, len(customer))
    return OrderHistory.from_columns(customer, day, cents)


def assert_same(found, expected):
    for field in fields(Rhythms):
        mine, its = (getattr(each, field.name) for each in (found, expected))
        np.testing.assert_array_equal(mine, its, err_msg=field.name)
        assert mine.dtype == its.dtype


def test_a_series_tells_what_each_day_would_tell_alone(history):
    series = RhythmSeries(history)
    for day in (*range(0, DAYS, 31), DAYS, DAYS + 400):
        known = history.until(day)
        assert_same(series.take(day), rhythms(known, day))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_customers_in_slices_tell_the_same(history, size, monkeypatch):
    whole = RhythmSeries(history).take(500)
    monkeypatch.setattr(rhythm, "SLICE", size)
    assert_same(rhythms(history, 500), whole)


def test_nobody_has_no_rhythm(history):
    nobody = history.choose(np.zeros(history.customer_count, bool))
    assert rhythms(nobody, 500).first_day.tolist() == []


def test_what_was_taken_does_not_change(history):
    series = RhythmSeries(history)
    earlier = series.take(300)
    series.take(600)
    assert_same(earlier, rhythms(history, 300))


@pytest.mark.parametrize("day", [-5, 0, 59, 61, 400])
def test_an_earlier_clock_is_part_of_a_later_one(history, day):
    earlier, later = alert_clock(history, day), alert_clock(history, DAYS)
    found = later.until(day)
    assert found.first_day == earlier.first_day
    np.testing.assert_array_equal(found.readings, earlier.readings)


def test_sums_of_slices_that_are_empty():
    starts = np.array([0, 0, 2, 2, 3, 3])
    assert sum_by_start(np.array([1, 2, 4]), starts).tolist() == [0, 3, 0, 4, 0]
    assert sum_by_start(np.array([True, True, False]), starts)[1] == 2
    assert sum_by_start(np.zeros(0, bool), np.zeros(3, int)).tolist() == [0, 0]


def test_ids_of_two_histories():
    assert unite(np.array([1, 4]), np.array([2, 4, 7])).tolist() == [1, 2, 4, 7]
    assert unite(np.zeros(0, int), np.array([3])).tolist() == [3]
    assert not len(unite(np.zeros(0, int), np.zeros(0, int)))


def test_sums_of_windows_in_any_order(history):
    windows, totals = Windows(history), running(history.cents)
    for since, until in ((10, 40), (300, 600), (-9, 5), (0, DAYS), (500, 510), (7, 7)):
        inside = (history.day > since) & (history.day <= until)
        expected = history.sums(np.where(inside, history.cents, 0))
        np.testing.assert_array_equal(windows.sums(totals, since, until), expected)
    until = history.sums(history.day <= 90) + history.starts[:-1]
    np.testing.assert_array_equal(windows.ends(90), until)


@pytest.mark.parametrize("day", [5, 70_000])
def test_windows_of_hardly_anything(day):
    """Nobody; and days that are further apart than they ever are."""
    nobody = OrderHistory.from_columns(*np.zeros((3, 0), int))
    assert Windows(nobody).ends(day).tolist() == []
    rows = OrderHistory.from_columns([1, 1, 2], [0, 70_000, 70_001], [5, 6, 7])
    windows = Windows(rows)
    assert windows.ends(day).tolist() == [1 + (day == 70_000), 2]
    # many days, and all of them again
    for each in [*range(0, 70_005, 9), 70_000, 70_001] * 2:
        expected = [1 + (each >= 70_000), 2 + (each > 70_000)]
        assert windows.ends(each).tolist() == expected
    for each in range(20):
        assert Windows(nobody).ends(each).tolist() == []


def test_days_without_cents_keep_no_cents(history):
    days = history.without_cents()
    np.testing.assert_array_equal(days.last_days(), history.last_days())
    assert (days.cents.tolist(), days.cents.base) == ([], None)
