# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""One customer orders every ten days; mugs were in the first four orders only."""

import numpy as np
import pytest

from crm_dashboards_products.analytics.leaving import (
    choose_silence,
    find_leaving,
    is_watched,
)
from crm_dashboards_products.analytics.purchases import Purchases

MUG, PLATE = 70, 80
CUSTOMER, OTHER = 1, 2
AS_OF = 100


def make_purchases(rows):
    """Purchases of (customer, product, day) rows, a piece at 1.00 each."""
    customer, product, day = np.array(rows).T
    ones = np.ones(len(rows), dtype=np.int64)
    return Purchases.from_columns(customer, product, day, 100 * ones, ones)


def regular(mug_days, other_days):
    """The customer's plates and mugs, and what somebody else buys of mugs."""
    return make_purchases(
        [
            *((CUSTOMER, PLATE, day) for day in range(0, 101, 10)),
            *((CUSTOMER, MUG, day) for day in mug_days),
            *((OTHER, MUG, day) for day in other_days),
        ]
    )


def look(purchases, interval_days=10.0, seasonal=False, offered=True, least_silence=0):
    """What is found of the customer's mugs, his first pair."""
    return find_leaving(
        purchases,
        np.array([0]),
        np.array([interval_days]),
        np.array([seasonal]),
        np.full(len(purchases.product_ids), offered),
        AS_OF,
        least_silence,
    )


def test_a_line_left_out_while_others_buy_it_is_leaving():
    found = look(regular([0, 10, 20, 30], range(5, 100, 10)))
    assert found.pair.tolist() == [0]
    assert found.fading.tolist() == [False]
    assert found.held_orders.tolist() == [4]  # in 4 of the 4 orders before,
    assert found.orders_before.tolist() == [4]
    assert found.absent_orders.tolist() == [7]  # in none of those of days 40 to 100
    # 4 × 1.00 in 100 days are 14.60 in a year
    assert found.year_cents.tolist() == [1460]


def test_evidence_is_of_the_last_ten_orders_before():
    days = [0, 10, 20, 30, 40, 50]  # and plates on every other day of 1 to 29
    purchases = make_purchases(
        [
            *((CUSTOMER, PLATE, day) for day in range(1, 30, 2)),
            *((CUSTOMER, MUG, day) for day in days),
            *((CUSTOMER, PLATE, day) for day in range(60, 101, 5)),
            *((OTHER, MUG, day) for day in range(0, 101, 5)),
        ]
    )
    found = look(purchases)
    # 50, 40, 30, 29, 27, 25, 23, 21, 20, 19
    assert (found.held_orders[0], found.orders_before[0]) == (4, 10)
    assert found.absent_orders.tolist() == [9]


@pytest.mark.parametrize(
    ("mug_days", "interval_days", "is_found"),
    [
        ([0, 10, 20, 30], 17.5, True),  # 70 silent days are four intervals
        ([0, 10, 20, 30], 17.6, False),
        ([0, 10, 20, 50], 10.0, True),  # five orders without, 60 to 100
        ([0, 10, 20, 60], 10.0, False),
        ([0, 10, 20, 30], np.nan, False),
    ],
)
def test_how_silent_a_line_must_be(mug_days, interval_days, is_found):
    found = look(regular(mug_days, range(5, 100, 10)), interval_days)
    assert bool(len(found.pair)) == is_found


def test_what_everybody_leaves_is_fading():
    # others: 8 buyers in the 31 days up to the last purchase, 3 in the last 28;
    # half of the rate would be 3.6 of them
    found = look(regular([0, 10, 20, 30], [1, 4, 8, 12, 16, 20, 24, 28, 75, 80, 85]))
    assert found.fading.tolist() == [True]
    found = look(regular([0, 10, 20, 30], [1, 4, 8, 12, 16, 20, 75, 80, 85]))
    assert found.fading.tolist() == [False]  # 3 against half of 6 × 28 / 31: 2.7


def test_what_nobody_else_buys_now_is_fading():
    assert look(regular([0, 10, 20, 30], [20, 72])).fading.tolist() == [True]
    assert look(regular([0, 10, 20, 30], [20, 73])).fading.tolist() == [False]


def test_what_is_seasonal_or_cannot_be_sold_is_left_out():
    purchases = regular([0, 10, 20, 30], range(5, 100, 10))
    assert not len(look(purchases, seasonal=True).pair)
    assert not len(look(purchases, offered=False).pair)


def test_a_line_of_more_than_a_year_ago_is_given_up():
    rows = [(CUSTOMER, MUG, day) for day in (0, 10, 20, 30)]
    rows += [(CUSTOMER, PLATE, day) for day in range(0, 396, 10)]
    rows += [(OTHER, MUG, day) for day in range(0, 396, 10)]
    purchases = make_purchases(rows)
    arguments = (np.array([0]), np.array([10.0]), np.array([False]), np.ones(2, bool))
    assert len(find_leaving(purchases, *arguments, 394).pair)
    assert not len(find_leaving(purchases, *arguments, 395).pair)


def test_watched_are_lines_of_four_days_of_customers_who_still_order():
    purchases = make_purchases(
        [
            *((CUSTOMER, MUG, day) for day in (0, 10, 20, 30)),
            *((CUSTOMER, PLATE, day) for day in (0, 10, 20)),
            *((OTHER, MUG, day) for day in (0, 10, 20, 30)),
            *((3, MUG, day) for day in (0, 10, 20, 30)),
        ]
    )
    watched = is_watched(
        purchases, np.array([10.0, 9.9, np.nan]), np.array([80, 80, 80]), AS_OF
    )
    assert watched.tolist() == [True, False, False, False]


def test_a_longer_silence_that_a_company_asks_for():
    purchases = regular([0, 10, 20, 30], range(5, 100, 10))
    assert look(purchases).silence.tolist() == [7.0]
    assert len(look(purchases, least_silence=7).pair)
    assert not len(look(purchases, least_silence=8).pair)


def test_silence_is_told_in_usual_or_mean_intervals_the_longer_ones():
    # 0, 5, 10 and 36: every 12 days in the mean, silent for 64
    purchases = regular([0, 5, 10, 36], range(5, 100, 10))
    assert look(purchases, interval_days=5.0).silence == pytest.approx([64 / 12])
    assert look(purchases, interval_days=16.0).silence.tolist() == [4.0]


def test_so_long_a_silence_as_keeps_out_what_comes_back():
    # of 160 lines 96 came back: 72 of the 100 silent for less than six intervals, 24 of
    # the 60 silent for longer
    silence = np.array([3.5] * 50 + [5.9] * 50 + [6.0] * 30 + [11.0] * 30)
    again = np.repeat([True, False] * 3, [36, 14, 36, 14, 24, 36])
    assert choose_silence(silence, again) == 6
    assert choose_silence(silence, ~again) == 0  # 64 of 160 are 40 %
    # never so long that fewer than 25 lines tell
    every = np.ones(25, dtype=bool)
    assert choose_silence(silence, np.ones(160, dtype=bool)) == 11
    assert choose_silence(np.full(25, 20.0), every) == 12
    assert choose_silence(np.full(25, 3.5), every) == 4
    assert choose_silence(silence[:24], every[:24]) == 0
