# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest
from hypothesis import given

from crm_dashboards.analytics.history import (
    OrderHistory,
    add_months,
    day_number,
    day_to_date,
)

from .histories import day, from_rows, history, order_rows


def test_from_columns_sorts_by_customer_day_and_amount():
    orders = history(
        (7, "2024-02-01", 500),
        (3, "2024-03-01", -20),
        (7, "2024-01-01", 900),
        (7, "2024-02-01", 100),
    )
    assert orders.customer_ids.tolist() == [3, 7]
    assert orders.starts.tolist() == [0, 1, 4]
    assert orders.codes.tolist() == [0, 1, 1, 1]
    assert orders.cents.tolist() == [-20, 900, 100, 500]
    assert [str(day_to_date(d)) for d in orders.day] == [
        "2024-03-01",
        "2024-01-01",
        "2024-02-01",
        "2024-02-01",
    ]
    assert orders.day.dtype == np.int32
    assert orders.cents.dtype == np.int64


@pytest.mark.parametrize(
    "scale",
    [1, 2**50, 2**62],
    ids=["packed key", "key too wide", "range beyond int64"],
)
def test_rows_are_sorted_whatever_their_range(scale):
    rows = [(5, 30, scale), (5, 10, -scale), (2, 20, 0), (5, 10, -scale + 1)]
    orders = from_rows(rows)
    assert orders.day.tolist() == [20, 10, 10, 30]
    assert orders.cents.tolist() == [0, -scale, -scale + 1, scale]


def test_scattered_customer_ids():
    orders = from_rows([(2**60, 1, 1), (-5, 2, 2), (2**60, 0, 3)])
    assert orders.customer_ids.tolist() == [-5, 2**60]
    assert orders.cents.tolist() == [2, 3, 1]


def test_no_orders_at_all():
    orders = from_rows([])
    assert orders.customer_count == 0
    assert orders.order_days().day.tolist() == []
    assert orders.until(0).last_days().tolist() == []


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="equally long"):
        OrderHistory.from_columns([1, 2], [1, 2], [1])


def test_selections_keep_customers_without_rows():
    orders = history(
        (1, "2024-01-05", 100),
        (2, "2024-01-10", 100),
        (2, "2024-01-20", -50),
    )
    early = orders.until(day("2024-01-07"))
    assert early.counts.tolist() == [1, 0]
    assert early.customer_ids.tolist() == [1, 2]
    assert early.last_days(missing=-1).tolist() == [day("2024-01-05"), -1]
    assert orders.positive().counts.tolist() == [1, 1]
    late = orders.between(day("2024-01-10"), day("2024-01-20"))
    assert late.counts.tolist() == [0, 2]
    assert late.sums(late.cents).tolist() == [0, 50]


def test_customers_is_a_slice_of_the_history():
    orders = from_rows([(1, 1, 1), (2, 2, 2), (2, 3, 3), (4, 4, 4)])
    part = orders.customers(1, 3)
    assert part.customer_ids.tolist() == [2, 4]
    assert part.starts.tolist() == [0, 2, 3]
    assert part.cents.tolist() == [2, 3, 4]


def test_order_days_net_the_orders_of_a_day_and_skip_days_of_credits():
    orders = history(
        (1, "2024-01-05", 100),
        (1, "2024-01-05", 250),
        (1, "2024-01-05", -30),
        (1, "2024-01-06", -80),
        (1, "2024-01-07", 0),
        (2, "2024-01-07", 10),
    )
    days = orders.order_days()
    assert days.counts.tolist() == [1, 1]
    assert days.day.tolist() == [day("2024-01-05"), day("2024-01-07")]
    assert days.cents.tolist() == [320, 10]


def test_same_day_of_neighbouring_customers_is_two_order_days():
    days = history((1, "2024-01-05", 1), (2, "2024-01-05", 2)).order_days()
    assert days.cents.tolist() == [1, 2]


@given(order_rows())
def test_history_does_not_depend_on_the_order_of_rows(rows):
    there, back = from_rows(rows), from_rows(rows[::-1])
    for name in ("customer_ids", "starts", "day", "cents"):
        assert np.array_equal(getattr(there, name), getattr(back, name))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-02-29", -24, "2022-02-28"),
        ("2024-02-29", -48, "2020-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-05-10", 0, "2024-05-10"),
    ],
)
def test_add_months_follows_the_calendar(start, months, end):
    assert add_months(day(start), months) == day(end)


def test_day_numbers_count_from_1970():
    assert day("1970-01-01") == 0
    assert day("2000-03-01") == 11017
    assert day_number(day_to_date(19_999)) == 19_999
