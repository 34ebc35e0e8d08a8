# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Tea is bought by those who buy cups and by most who buy cups and pots."""

import numpy as np
import pytest

from crm_dashboards_products.analytics.backtest import sum_later, try_proposals
from crm_dashboards_products.analytics.could_buy import (
    find_proposals,
    get_first_quantities,
    rank_bestsellers,
)
from crm_dashboards_products.analytics.neighbours import (
    find_current,
    find_neighbours,
)
from crm_dashboards_products.analytics.purchases import Purchases

CUP, POT, TEA, SALT = range(4)
EVERY = np.ones(4, dtype=bool)


def make_purchases(baskets, day=100):
    """Customer ``i`` bought the products of ``baskets[i]``, one each."""
    rows = [(who, what) for who, basket in enumerate(baskets) for what in basket]
    customer, product = np.array(rows).T
    ones = np.ones(len(rows), dtype=np.int64)
    return Purchases.from_columns(customer, product, day * ones, 100 * ones, ones)


@pytest.fixture
def market():
    return make_purchases(
        [
            [CUP, POT],  # the one to propose something to
            *([[CUP, POT, TEA]] * 9),
            *([[CUP, POT]] * 3),
            *([[CUP, TEA]] * 2),
            *([[SALT]] * 5),
        ]
    )


def get_proposals(purchases, customers=(0,), min_behind=10, taken=()):
    current = find_current(purchases, EVERY[: len(purchases.product_ids)], 100)
    size = len(purchases.product_ids)
    bought = purchases.pair_customer.astype(np.int64) * size + purchases.pair_product
    return find_proposals(
        purchases,
        find_neighbours(purchases, current),
        np.union1d(bought, np.array(taken, dtype=np.int64)),
        np.array(customers),
        min_behind,
    )


def test_neighbours_are_near_by_the_cosine_of_their_buyers(market):
    found = find_neighbours(market, np.arange(4))
    # buyers: 15 of cups, 13 of pots, 11 of tea, 5 of salt
    assert found.starts.tolist() == [0, 2, 4, 6, 6]
    assert found.near.tolist() == [POT, TEA, CUP, TEA, CUP, POT]
    expected = [13 / 195**0.5, 11 / 165**0.5, 13 / 195**0.5, 9 / 143**0.5]
    np.testing.assert_allclose(found.similarity[:4], expected)


def test_a_proposal_says_who_is_behind_it(market):
    found = get_proposals(market)
    assert found.customer.tolist() == [0]
    assert found.product.tolist() == [TEA]
    assert (found.first.tolist(), found.second.tolist()) == ([CUP], [POT])
    # 12 others buy cups and pots, 9 of them tea
    assert (found.behind.tolist(), found.taking.tolist()) == ([12], [9])


def test_with_few_behind_two_products_one_is_named(market):
    found = get_proposals(market, min_behind=13)
    assert (found.first.tolist(), found.second.tolist()) == ([CUP], [-1])
    assert (found.behind.tolist(), found.taking.tolist()) == ([14], [11])
    assert not len(get_proposals(market, min_behind=15).product)


def test_what_was_bought_or_dismissed_is_not_proposed(market):
    assert not len(get_proposals(market, customers=[1]).product)
    assert not len(get_proposals(market, taken=[TEA]).product)


def test_nothing_is_proposed_to_a_customer_unlike_all_others(market):
    assert not len(get_proposals(market, customers=[15]).product)


def test_at_most_five_are_proposed_the_best_first():
    others = [[0, *range(1, 8)]] * 10 + [[0, 7]] * 5
    purchases = make_purchases([[0], *others])
    current = np.arange(8)
    found = find_proposals(
        purchases, find_neighbours(purchases, current), np.array([0]), np.array([0])
    )
    assert found.product.tolist() == [7, 1, 2, 3, 4]
    assert found.rank.tolist() == [0, 1, 2, 3, 4]


def test_current_products_have_five_buyers_lately():
    rows = [(who, 0, 10) for who in range(5)] + [(who, 1, 11) for who in range(5)]
    rows += [(who, 2, 100) for who in range(4)]
    customer, product, day = np.array(rows).T
    ones = np.ones(len(rows), dtype=np.int64)
    purchases = Purchases.from_columns(customer, product, day, ones, ones)
    assert find_current(purchases, EVERY[:3], 100).tolist() == [1]
    assert not len(find_current(purchases, np.array([True, False, True]), 100))


def test_bestsellers_that_the_customer_has_not(market):
    taken = np.array([0 * 4 + CUP, 0 * 4 + POT])
    found = rank_bestsellers(market, np.arange(4), taken, np.array([0, 1]))
    assert found[0].tolist() == [TEA, SALT, -1, -1, -1]
    assert found[1].tolist() == [CUP, POT, TEA, SALT, -1]


def test_first_quantity_is_the_median_over_customers():
    lines = np.array(
        [
            # customer, product, day, cents, quantity
            (0, 5, 1, 100, 12),
            (0, 5, 9, 100, 50),  # not the first time
            (1, 5, 3, 100, 6),
            (2, 5, 4, 100, 24),
            (3, 5, 4, 100, 30),
            (0, 6, 4, 100, 1),
        ]
    ).T
    assert get_first_quantities(Purchases.from_columns(*lines)).tolist() == [18, 1]


def test_what_came_of_proposals():
    before = make_purchases([[CUP], *([[CUP, TEA]] * 10), *([[SALT]] * 20)])
    later = [(0, TEA, 130), (11, CUP, 190), (12, CUP, 191)]
    bought = before.product_ids[before.product]
    rows = zip(before.customer, bought, before.day, strict=True)
    customer, product, day = np.array([*rows, *later]).T
    ones = np.ones(len(day), dtype=np.int64)
    everything = Purchases.from_columns(customer, product, day, ones, ones)
    found = try_proposals(everything, everything.until(100), 100)
    assert found.customer.tolist() == [0, 11]  # 191 is too late
    assert found.hits.tolist() == [1, 0]  # who buys salt has nothing in common
    assert found.bestseller_hits.tolist() == [1, 1]
    pair = np.array([0])
    assert sum_later(everything, pair, 99, 90).tolist() == [1]
    assert sum_later(everything, pair, 100, 90).tolist() == [0]
