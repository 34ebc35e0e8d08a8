# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards_products.analytics.purchases import (
    Purchases,
    count_between,
    rows_of_groups,
)

LINES = np.array(
    [
        # customer, product, day, cents, quantity
        (9, 5, 20, 300, 3),
        (4, 7, 11, 100, 1),
        (4, 5, 10, 200, 2),
        (4, 5, 12, 250, 2),
        (4, 5, 10, 50, 1),
        (4, 5, 13, 0, 1),  # a gift
        (4, 5, 14, -200, -2),  # sent back
    ]
).T


def test_lines_of_a_day_are_one_row():
    found = Purchases.from_columns(*LINES)
    assert found.customer_ids.tolist() == [4, 9]
    assert found.product_ids.tolist() == [5, 7]
    assert found.pair_customer.tolist() == [0, 0, 1]
    assert found.pair_product.tolist() == [0, 1, 0]
    assert found.starts.tolist() == [0, 2, 3, 4]
    assert found.day.tolist() == [10, 12, 11, 20]
    assert found.cents.tolist() == [250, 250, 100, 300]
    assert found.quantity.tolist() == [3, 2, 1, 3]
    assert found.first_day.tolist() == [10, 11, 20]
    assert found.last_day.tolist() == [12, 11, 20]


def test_the_order_of_lines_does_not_matter():
    backwards = Purchases.from_columns(*LINES[:, ::-1])
    forwards = Purchases.from_columns(*LINES)
    for name in ("pair_customer", "pair_product", "starts", "day", "cents"):
        np.testing.assert_array_equal(getattr(backwards, name), getattr(forwards, name))


def test_a_span_keeps_customers_and_products():
    found = Purchases.from_columns(*LINES).between(11, 19)
    assert found.customer_ids.tolist() == [4, 9]
    assert found.pair_product.tolist() == [0, 1]
    assert found.starts.tolist() == [0, 1, 2]
    assert found.cents.tolist() == [250, 100]


def test_chosen_pairs():
    found = Purchases.from_columns(*LINES).of_pairs(np.array([True, False, True]))
    assert found.pair_customer.tolist() == [0, 1]
    assert found.day.tolist() == [10, 12, 20]


def test_days_are_counted_after_one_and_until_another():
    found = Purchases.from_columns(*LINES)
    places = np.array([0, 1])
    assert count_between(found.order_days, places, 10, 12).tolist() == [2, 0]
    assert count_between(found.order_days, places, -1, 20).tolist() == [3, 1]
    assert count_between(found.sales, places, 9, 20).tolist() == [3, 1]


def test_nothing_bought_is_nothing():
    found = Purchases.from_columns(*np.empty((5, 0), dtype=np.int64))
    assert found.pair_count == 0
    assert not len(found.until(5).order_days)


def test_columns_must_be_equally_long():
    with pytest.raises(ValueError, match="equally long"):
        Purchases.from_columns([1], [1], [1, 2], [1], [1])


def test_rows_of_groups_one_after_the_other():
    starts = np.array([0, 2, 2, 5])
    assert rows_of_groups(starts, np.array([2, 1, 0])).tolist() == [2, 3, 4, 0, 1]
    assert rows_of_groups(starts, np.array([], dtype=int)).tolist() == []
