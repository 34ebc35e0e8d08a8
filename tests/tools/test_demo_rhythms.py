# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The made-up order history."""

import datetime

import numpy as np
import pytest

from tools.demo import rhythms

TODAY = datetime.date(2024, 6, 12)


@pytest.fixture(scope="module")
def history():
    return rhythms.generate(19, TODAY, customers=300, orders=10_000)


def of(history, name):
    """Days of order by customer of a rhythm."""
    customers = np.flatnonzero(history.rhythm == rhythms.index(name))
    return [history.day[history.customer == customer] for customer in customers]


def test_exactly_so_many_orders_and_everybody_orders(history):
    assert history.customer.size == history.day.size == history.amount.size == 10_000
    assert np.unique(history.customer).tolist() == list(range(300))


def test_days_are_sorted_and_within_the_months(history):
    assert (np.diff(history.day) >= np.timedelta64(0)).all()
    assert history.day[0] >= np.datetime64("2021-06-12")
    assert history.day[-1] <= np.datetime64(TODAY)
    assert history.day[-1] > np.datetime64("2024-06-05")


def test_mostly_workdays(history):
    weekday = (history.day.astype(int) + 3) % 7
    assert (weekday >= 5).mean() < 0.02
    assert (np.bincount(weekday)[:5] > 1000).all()


def test_amounts_are_positive_cents(history):
    assert history.amount.min() >= rhythms.SMALLEST_ORDER
    np.testing.assert_array_equal(history.amount, np.round(history.amount, 2))


def test_same_arguments_same_history():
    first, second = (rhythms.generate(3, TODAY, 50, 500) for _ in range(2))
    np.testing.assert_array_equal(first.customer, second.customer)
    np.testing.assert_array_equal(first.day, second.day)
    np.testing.assert_array_equal(first.amount, second.amount)
    other = rhythms.generate(4, TODAY, 50, 500)
    assert first.amount.tolist() != other.amount.tolist()


@pytest.mark.parametrize(
    "name, gap", [("weekly", 7), ("fortnightly", 14), ("monthly", 30)]
)
def test_regular_rhythms_keep_their_gap(history, name, gap):
    medians = [np.median(np.diff(days).astype(int)) for days in of(history, name)]
    assert gap * 0.85 <= np.median(medians) <= gap * 1.15


def test_one_off_customers_order_once(history):
    assert {len(days) for days in of(history, "one-off")} == {1}


def test_new_customers_start_late(history):
    assert min(days[0] for days in of(history, "new")) > np.datetime64("2024-02-10")


def test_lapsing_customers_have_stopped(history):
    silent = [np.datetime64(TODAY) - days[-1] for days in of(history, "lapsing")]
    assert np.median(silent) > np.timedelta64(45, "D")


def test_seasonal_customers_order_in_few_months_of_the_year(history):
    for days in of(history, "seasonal"):
        months = days.astype("M8[M]").astype(int) % 12
        # an order of a weekend may move into the month beside the season
        assert len(set(months.tolist())) <= 4


def year_on_year(history, name):
    customers = np.flatnonzero(history.rhythm == rhythms.index(name))
    mine = np.isin(history.customer, customers)
    age = (np.datetime64(TODAY) - history.day).astype(int)
    last = history.amount[mine & (age <= 365)].sum()
    return last / history.amount[mine & (age > 365) & (age <= 730)].sum()


def test_growing_and_declining_customers(history):
    assert year_on_year(history, "growing") > 1.3
    assert year_on_year(history, "declining") < 0.8


@pytest.mark.parametrize(
    "customers, orders, months", [(1, 1, 1), (5, 5, 2), (3, 600, 36), (2000, 4000, 12)]
)
def test_other_sizes(customers, orders, months):
    history = rhythms.generate(1, TODAY, customers, orders, months)
    assert history.customer.size == orders
    assert np.unique(history.customer).size == customers


@pytest.mark.parametrize("customers, orders", [(0, 5), (6, 5)])
def test_impossible_sizes(customers, orders):
    with pytest.raises(ValueError, match="one order a customer"):
        rhythms.generate(1, TODAY, customers, orders)
