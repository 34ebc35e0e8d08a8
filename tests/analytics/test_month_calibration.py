# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics import month_calibration
from crm_dashboards.analytics.month_calibration import calibrate, month_range
from crm_dashboards.analytics.month_rates import (
    NO_CELL,
    UNCORRECTED,
    company_rates,
    customer_rates,
)
from crm_dashboards.analytics.rhythm import rhythms

from .histories import day, from_rows, generated_rows, history

TODAY = day("2025-03-11")
ERRORS = np.array([[-0.5, 1.0], [-1.0, 1.5], [-0.6, 0.9]])


def test_range_by_hand():
    # so far 100, a rest of 40 in .25, 1 and 4 orders
    low, high = month_range(100, 40, np.array([0.25, 1.0, 4.0]), ERRORS)
    # 40 * (1 - .5 / .5), 40 * (1 - 1 / 1), 40 * (1 - .6 / 2)
    assert low.tolist() == pytest.approx([100, 100, 128])
    # 40 * (1 + 1 / .5), 40 * (1 + 1.5 / 1), 40 * (1 + .9 / 2)
    assert high.tolist() == pytest.approx([220, 200, 158])


def test_the_estimate_lies_in_its_range():
    low, high = month_range(0, 40, 1.0, [[0.2, 0.3], [0.2, 0.3], [-0.3, -0.2]])
    assert (low, high) == (40, 52)
    low, high = month_range(0, 40, 4.0, [[0.2, 0.3], [0.2, 0.3], [-0.3, -0.2]])
    assert (low, high) == pytest.approx((34, 40))


def test_less_than_half_an_order_may_well_not_come():
    """Whatever the errors of others are: none is the likeliest number of orders."""
    errors = [[-0.1, 1.0]] * 3
    low, high = month_range(70, 40, np.array([0.16, 0.49, 0.5]), errors)
    # the last one: 40 * (1 - .1 / sqrt(.5))
    assert low.tolist() == pytest.approx([70, 70, 104.343], abs=1e-3)
    # 40 * (1 + 1 / .4), 40 * (1 + 1 / .7), 40 * (1 + 1 / sqrt(.5))
    assert high.tolist() == pytest.approx([210, 167.143, 166.569], abs=1e-3)


def test_nothing_expected_is_no_range():
    low, high = month_range(np.array([70]), np.array([0]), np.array([0.0]), ERRORS)
    assert (low, high) == (70, 70)


def test_unknown_errors_are_no_range():
    low, high = month_range(70, 10, 1.0, [[None, None]] * 3)
    assert np.isnan(low)
    assert np.isnan(high)


def test_corrections_by_hand():
    """Four customers of two orders each, of whom nobody orders again."""
    firsts = ["2024-10-05", "2024-10-06", "2024-11-05", "2024-11-06"]
    rows = [
        (n, day(on) + 10 * step, 10_000)
        for n, on in enumerate(firsts)
        for step in (0, 1)
    ]
    orders = from_rows(rows)
    everybody = np.ones(orders.customer_count, dtype=bool)
    found = calibrate(orders, day("2025-01-20"), everybody)
    # the whole months before are November and December, from the 20th on: nothing came
    assert (found.corrections == 0).all()
    # without two months nothing is corrected
    one = calibrate(orders, day("2024-12-20"), everybody)
    assert one.corrections is UNCORRECTED


def test_cells_are_shrunk_to_all_of_them():
    """Against the sums of both past months, made one customer at a time."""
    rows = generated_rows(3, customers=80, days=1100)
    rows += [(9000 + n, day("2024-12-10") + n, 30_000) for n in range(60)]
    rows += [(9000 + n, day("2025-01-12") + n, 30_000) for n in range(0, 60, 3)]
    orders = from_rows(rows)
    everybody = np.ones(orders.customer_count, dtype=bool)
    found = calibrate(orders, TODAY, everybody)
    expected, actual, count = np.zeros(12), np.zeros(12), np.zeros(12)
    for back in range(1, 14):
        year, month0 = divmod(2025 * 12 + 2 - back, 12)
        cut = day(f"{year}-{month0 + 1:02}-11")
        year, month0 = divmod(2025 * 12 + 3 - back, 12)
        end = day(f"{year}-{month0 + 1:02}-01")
        then = orders.until(cut - 1)
        rhythm = rhythms(then, cut)
        known = rhythm.order_day_count > 0
        company = company_rates(then, rhythm, cut, known)
        factor = np.ones(orders.customer_count)  # of no customer with a cell
        rates = customer_rates(rhythm, cut, factor, company)
        for row in np.flatnonzero(known & (rates.cell != NO_CELL)):
            mine = orders.codes == row
            came = orders.cents[mine & (orders.day >= cut) & (orders.day < end)].sum()
            expected[rates.cell[row]] += rates.daily_cents[row] * (end - cut)
            actual[rates.cell[row]] += came
            count[rates.cell[row]] += 1
    overall = actual.sum() / expected.sum()
    for cell in range(12):
        if not expected[cell]:
            assert found.corrections.flat[cell] == pytest.approx(overall)
            continue
        usual = 50 * expected[cell] / count[cell]
        ratio = (actual[cell] + usual * overall) / (expected[cell] + usual)
        assert found.corrections.flat[cell] == pytest.approx(max(ratio, 0))
    assert np.isfinite(found.errors).all()
    assert (found.errors[:, 0] < found.errors[:, 1]).all()


def test_nothing_of_this_month_is_looked_at():
    rows = generated_rows(4, days=1160)
    orders = from_rows(rows)
    later = from_rows([row for row in rows if row[1] < day("2025-03-01")])
    everybody = np.ones(orders.customer_count, dtype=bool)
    whole = calibrate(orders, TODAY, everybody)
    before = calibrate(later, TODAY, np.ones(later.customer_count, dtype=bool))
    assert np.array_equal(whole.corrections, before.corrections)
    assert np.array_equal(whole.errors, before.errors)


def test_customers_that_are_not_counted_teach_nothing():
    rows = generated_rows(5, customers=40)
    strangers = [(5000 + customer, on, 9 * cents) for customer, on, cents in rows]
    orders, both = from_rows(rows), from_rows([*rows, *strangers])
    alone = calibrate(orders, TODAY, np.ones(orders.customer_count, dtype=bool))
    beside = calibrate(both, TODAY, both.customer_ids < 5000)
    assert np.array_equal(alone.corrections, beside.corrections)
    assert np.array_equal(alone.errors, beside.errors)


def test_a_sample_of_many_customers_does_not_depend_on_their_order(monkeypatch):
    monkeypatch.setattr(month_calibration, "SAMPLE", 20)
    rows = generated_rows(6, customers=50)
    everybody = np.ones(50, dtype=bool)
    one = calibrate(from_rows(rows), TODAY, everybody)
    other = calibrate(from_rows(rows[::-1]), TODAY, everybody)
    assert np.array_equal(one.corrections, other.corrections)
    assert np.array_equal(one.errors, other.errors)
    monkeypatch.undo()
    assert not np.array_equal(
        one.errors, calibrate(from_rows(rows), TODAY, everybody).errors
    )


def test_no_orders_teach_nothing():
    found = calibrate(history(), TODAY, np.zeros(0, dtype=bool))
    assert found.corrections is UNCORRECTED
    assert np.isnan(found.errors).all()
