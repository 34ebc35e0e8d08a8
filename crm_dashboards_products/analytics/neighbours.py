# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Products that the same customers buy."""

from dataclasses import dataclass

import numpy as np

from .purchases import rows_of_groups

__all__ = ["Neighbours", "find_current", "find_neighbours", "get_buyers"]

NEIGHBOUR_COUNT = 50
MIN_BUYERS = 5
CURRENT_DAYS = 90
MOST_PRODUCTS = 5000


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The nearest products of each of m current ones.

    Attributes
    ----------
    product : int64[m]
        Places of the current products, rising.
    starts : int64[m + 1]
        Neighbours of product ``i`` are rows ``starts[i]:starts[i + 1]``.
    near : int32[k]
        Places among the m products, the nearest first.
    similarity : float64[k]
        Cosine of the two sets of buyers, above 0 and at most 1.
    """

    product: np.ndarray
    starts: np.ndarray
    near: np.ndarray
    similarity: np.ndarray


def get_buyers(purchases):
    """How many customers bought each product, int64[q]."""
    return np.bincount(purchases.pair_product, minlength=len(purchases.product_ids))


def find_current(purchases, offered, as_of):
    """Places of the products that neighbours are told of, rising, int64[m].

    Those on offer that five customers bought, one of them in the last 90 days; of more
    than 5 000, the ones with the most buyers.

    Parameters
    ----------
    purchases : Purchases
        Of the last 24 months up to ``as_of``.
    offered : bool[q]
        Products that can be sold today.
    as_of : int
        Day number.
    """
    buyers = get_buyers(purchases)
    last_day = np.full(len(buyers), -1, dtype=np.int32)
    np.maximum.at(last_day, purchases.pair_product, purchases.last_day)
    current = (buyers >= MIN_BUYERS) & (last_day > as_of - CURRENT_DAYS) & offered
    places = np.flatnonzero(current)
    most = np.argsort(-buyers[places], kind="stable")[:MOST_PRODUCTS]
    return np.sort(places[most])


def find_neighbours(purchases, current):
    """The fifty nearest products of each current one.

    Two products are as near as the cosine of their buyers: those of both, over the root
    of the product of the numbers of each (item-item collaborative filtering: Sarwar,
    Karypis, Konstan, Riedl 2001).

    Parameters
    ----------
    purchases : Purchases
        Of the last 24 months.
    current : int64[m]
        See :func:`find_current`.

    Returns
    -------
    Neighbours
    """
    product, customer, of_customer = get_bought(purchases, current)
    by_product = np.argsort(product, kind="stable")
    buyers = np.bincount(product, minlength=len(current))
    of_product = np.concatenate(([0], np.cumsum(buyers)))
    near, similarity, counts = [], [], []
    for place in range(len(current)):
        rows = by_product[of_product[place] : of_product[place + 1]]
        together = product[rows_of_groups(of_customer, customer[rows])]
        common = np.bincount(together, minlength=len(current))
        common[place] = 0
        cosine = common / np.sqrt(np.maximum(buyers * buyers[place], 1))
        nearest = _largest(cosine, NEIGHBOUR_COUNT)
        near.append(nearest)
        similarity.append(cosine[nearest])
        counts.append(len(nearest))
    return Neighbours(
        product=current,
        starts=np.concatenate(([0], np.cumsum(counts, dtype=np.int64))),
        near=np.concatenate([np.empty(0, np.int32), *near]).astype(np.int32),
        similarity=np.concatenate([np.empty(0), *similarity]),
    )


def get_bought(purchases, current):
    """What customers bought of the current products, sorted by customer.

    Returns
    -------
    product : int32[k]
        Places among the current products.
    customer : int32[k]
    starts : int64[c + 1]
        Rows of customer ``i`` are ``starts[i]:starts[i + 1]``.
    """
    place = np.full(len(purchases.product_ids), -1, dtype=np.int32)
    place[current] = np.arange(len(current), dtype=np.int32)
    product = place[purchases.pair_product]
    known = product >= 0
    customer = purchases.pair_customer[known]
    counts = np.bincount(customer, minlength=len(purchases.customer_ids))
    return product[known], customer, np.concatenate(([0], np.cumsum(counts)))


def _largest(values, count):
    """Places of the largest values above 0, the largest and then the first first."""
    places = np.flatnonzero(values > 0)
    if len(places) > count:
        least = np.partition(values[places], -count)[-count]
        places = places[values[places] >= least]
    return places[np.argsort(-values[places], kind="stable")][:count]
