# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What became of proposals that would have been made some time ago."""

from dataclasses import dataclass

import numpy as np

from .could_buy import find_proposals, is_among, rank_bestsellers
from .neighbours import find_current, find_neighbours

__all__ = ["ProposalTest", "get_keys", "sum_later", "try_proposals"]

WAIT_DAYS = 90


@dataclass(frozen=True, eq=False)
class ProposalTest:
    """What s customers bought of five proposals each within 90 days.

    Attributes
    ----------
    customer : int64[s]
        Places of those that bought something new.
    hits, bestseller_hits : int64[s]
        Of the proposals, and of the five bestsellers that the customer had not bought.
    """

    customer: np.ndarray
    hits: np.ndarray
    bestseller_hits: np.ndarray


def get_keys(purchases):
    """The pairs as keys ``customer * q + product``, sorted, int64[p]."""
    size = len(purchases.product_ids)
    return purchases.pair_customer.astype(np.int64) * size + purchases.pair_product


def sum_later(purchases, pair, day, wait_days=WAIT_DAYS):
    """Cents that pairs came to in some days after a day, int64[k]."""
    inside = (purchases.day > day) & (purchases.day <= day + wait_days)
    running = np.concatenate(([0], np.cumsum(np.where(inside, purchases.cents, 0))))
    return running[purchases.starts[pair + 1]] - running[purchases.starts[pair]]


def try_proposals(
    purchases, recent, cut, least_bought=1, least_new=1, blocked=(), most=None
):
    """Propose as of a day and see what was bought in the 90 days after it.

    Parameters
    ----------
    purchases : Purchases
        All, those after the day too.
    recent : Purchases
        Of the 24 months up to the day.
    cut : int
        Day number.
    least_bought, least_new : int
        Products that a customer must have bought before, and new ones after.
    blocked : int64[b], optional
        Further keys that are not proposed.
    most : int, optional
        Customers to ask at most, taken at even distances.

    Returns
    -------
    ProposalTest
    """
    size, customer_count = len(purchases.product_ids), len(purchases.customer_ids)
    before = get_keys(purchases.until(cut))
    after = get_keys(purchases.between(cut + 1, cut + WAIT_DAYS))
    new = after[~is_among(after, before)]
    bought_count = np.bincount(before // size, minlength=customer_count)
    new_count = np.bincount(new // size, minlength=customer_count)
    asked = (bought_count >= least_bought) & (new_count >= least_new)
    customers = np.flatnonzero(asked)
    if most is not None:
        customers = customers[:: max(-(-len(customers) // most), 1)]
    taken = np.union1d(before, np.asarray(blocked, dtype=np.int64))
    current = find_current(recent, np.ones(size, dtype=bool), cut)
    neighbours = find_neighbours(recent, current)
    found = find_proposals(recent, neighbours, taken, customers)
    is_hit = is_among(found.customer * size + found.product, new)
    hits = np.bincount(found.customer[is_hit], minlength=customer_count)[customers]
    best = rank_bestsellers(recent, current, taken, customers)
    best_hits = is_among(customers[:, None] * size + best, new) & (best >= 0)
    return ProposalTest(customers, hits, best_hits.sum(axis=1))
