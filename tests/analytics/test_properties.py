# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What must hold for every history."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crm_dashboards.analytics.company_month import project_company
from crm_dashboards.analytics.customer_projection import own_months
from crm_dashboards.analytics.missing_orders import NO_DAY, find_missing_orders
from crm_dashboards.analytics.month_calibration import month_range
from crm_dashboards.analytics.projection import DailySales, project_month
from crm_dashboards.analytics.rfm import rfm
from crm_dashboards.analytics.trend import trends

from .histories import day, from_rows, order_rows, share_gone

AS_OF = day("2025-12-31")
NEXT_ROWS = order_rows(min_size=5, max_size=80)
FEW_DAYS = st.integers(day("2023-01-01"), AS_OF)


def projected(orders, today=AS_OF):
    """Months of customers, of whom every third is not counted."""
    codes = np.where(np.arange(orders.customer_count) % 3, 0, 2)
    judged = find_missing_orders(orders, today, population=codes == 0)
    factor = judged.return_factor
    return project_company(orders, today, codes, judged.rhythm, factor)


def alike(one, other):
    """Results that are equal, column by column, undefined values included."""
    for name, column in vars(one).items():
        if isinstance(column, np.ndarray):
            beside = getattr(other, name)
            equal_nan = column.dtype.kind == "f"
            assert np.array_equal(column, beside, equal_nan=equal_nan), name


@given(NEXT_ROWS)
def test_scores_are_one_to_five_inside_the_population_and_nought_outside(rows):
    result = rfm(from_rows(rows), AS_OF)
    for score in (result.r, result.f, result.m, result.fm):
        assert np.isin(score[result.population], (1, 2, 3, 4, 5)).all()
        assert (score[~result.population] == 0).all()
    assert ((result.segment >= 0) == result.population).all()


@given(NEXT_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = rows[:]
    random.shuffle(shuffled)
    there, then = from_rows(rows), from_rows(shuffled)
    alike(rfm(there, AS_OF), rfm(then, AS_OF))
    alike(find_missing_orders(there, AS_OF), find_missing_orders(then, AS_OF))
    alike(trends(there, AS_OF), trends(then, AS_OF))
    alike(projected(there), projected(then))
    alike(own_months(there, AS_OF), own_months(then, AS_OF))


@given(NEXT_ROWS)
def test_equal_customers_have_equal_figures(rows):
    twins = rows + [(customer + 100, *order) for customer, *order in rows]
    orders = from_rows(twins)
    half = orders.customer_count // 2
    for result in (
        rfm(orders, AS_OF),
        find_missing_orders(orders, AS_OF),
        trends(orders, AS_OF),
        own_months(orders, AS_OF),
    ):
        for name, column in vars(result).items():
            if name not in ("rhythm", "kappa", "company"):
                equal_nan = column.dtype.kind == "f"
                first, second = column[:half], column[half:]
                assert np.array_equal(first, second, equal_nan=equal_nan), name


@given(NEXT_ROWS, FEW_DAYS, st.integers(1, 500_000))
def test_another_order_never_lowers_recency_or_frequency(rows, on, cents):
    customer = rows[0][0]
    before = rfm(from_rows(rows), AS_OF)
    after = rfm(from_rows([*rows, (customer, on, cents)]), AS_OF)
    row = from_rows(rows).customer_ids.tolist().index(customer)
    assert after.last_day[row] >= before.last_day[row]
    assert after.order_count[row] >= before.order_count[row]
    if before.population[row]:
        assert after.r[row] >= before.r[row]
        assert after.f[row] >= before.f[row]


@given(NEXT_ROWS, st.integers(2, 1_000))
def test_amounts_scale(rows, factor):
    larger = [(customer, on, cents * factor) for customer, on, cents in rows]
    small, large = from_rows(rows), from_rows(larger)
    before, after = rfm(small, AS_OF), rfm(large, AS_OF)
    assert before.segment.tolist() == after.segment.tolist()
    assert np.array_equal(before.value_cents * factor, after.value_cents)
    expected, more = (find_missing_orders(one, AS_OF) for one in (small, large))
    assert np.array_equal(expected.missing, more.missing)
    assert np.array_equal(expected.expected_day, more.expected_day)
    shown = ~np.isnan(expected.expected_cents)
    scaled = expected.expected_cents[shown] * factor
    # both are whole cents: half a cent before is half a factor after
    assert np.allclose(scaled, more.expected_cents[shown], atol=factor)
    assert trends(small, AS_OF).trend.tolist() == trends(large, AS_OF).trend.tolist()


@given(NEXT_ROWS)
def test_expected_orders_are_defined_together(rows):
    found = find_missing_orders(from_rows(rows), AS_OF)
    known = ~np.isnan(found.interval_days)
    assert ((found.expected_day != NO_DAY) == known).all()
    assert (~np.isnan(found.lateness) == known).all()
    assert (found.expected_day[known] > found.rhythm.last_day[known]).all()
    interval = found.interval_days[known]
    assert (np.round(found.rhythm.gap_low[known], 1) <= interval).all()
    assert (interval <= np.round(found.rhythm.gap_high[known], 1)).all()
    assert not (found.missing & ~found.late).any()
    assert not (found.late & ~found.overdue).any()
    chance = found.churn_probability
    assert ((chance >= 0) & (chance <= 1) | np.isnan(chance)).all()
    assert (np.isnan(chance) | (found.overdue & ~found.lapsed)).all()
    assert ((found.return_factor > 0) & (found.return_factor <= 1)).all()


DAILY = st.lists(st.integers(0, 500_000) | st.just(0), min_size=1, max_size=500)
SIGNED = st.lists(st.integers(-200_000, 500_000), min_size=1, max_size=200)


@given(DAILY)
def test_a_projection_is_at_least_the_month_so_far_and_inside_its_range(cents):
    sales = DailySales(AS_OF - len(cents) + 1, np.array(cents))
    projected = project_month(sales, AS_OF)
    if projected.point is None:
        return
    assert projected.point >= projected.so_far
    assert 0 <= share_gone(sales, AS_OF) <= 1
    if projected.low is not None:
        assert projected.so_far <= projected.low <= projected.point <= projected.high


@given(SIGNED)
def test_credits_never_break_a_projection(cents):
    sales = DailySales(AS_OF - len(cents) + 1, np.array(cents), has_credits=True)
    projected = project_month(sales, AS_OF)
    if projected.low is None:
        assert projected.confidence is None
        assert projected.point is None or projected.point <= 0
        return
    assert projected.low <= projected.point <= projected.high
    assert np.isfinite([projected.low, projected.high]).all()


@given(DAILY, st.integers(2, 1_000))
def test_a_projection_scales_with_its_amounts(cents, factor):
    begin = AS_OF - len(cents) + 1
    small = project_month(DailySales(begin, np.array(cents)), AS_OF)
    large = project_month(DailySales(begin, np.array(cents) * factor), AS_OF)
    assert (small.point is None) == (large.point is None)
    assert small.confidence == large.confidence
    if small.point:
        assert np.isclose(small.point * factor, large.point)
        assert np.isclose(small.high * factor, large.high)


@given(NEXT_ROWS, FEW_DAYS)
def test_a_customers_month_is_at_least_what_was_sold_and_inside_its_range(rows, today):
    months = projected(from_rows(rows), today)
    counted = ~np.isnan(months.daily_sales)
    sold, point = months.sold_cents[counted], months.projected_cents[counted]
    assert (point >= sold).all()
    orders = months.daily_orders[counted] * months.days_left
    low, high = month_range(sold, point - sold, orders, months.errors)
    assert ((low >= sold) | np.isnan(low)).all()
    assert ((low <= point) | np.isnan(low)).all()
    assert ((point <= high) | np.isnan(high)).all()
