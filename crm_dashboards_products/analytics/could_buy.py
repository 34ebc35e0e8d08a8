# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What customers never bought and those who buy like them do."""

from dataclasses import dataclass

import numpy as np

from .neighbours import get_bought, get_buyers
from .purchases import rows_of_groups

__all__ = ["Proposals", "find_proposals", "get_first_quantities", "rank_bestsellers"]

PROPOSAL_COUNT = 5
CANDIDATE_COUNT = 10  # of which those are proposed that have customers behind them
MIN_BEHIND = 10
SLICE_CELLS = 1 << 22  # customers × products that are scored at a time
NONE = -1


@dataclass(frozen=True, eq=False)
class Proposals:
    """Products that customers could buy, the best of each customer first.

    "``taking`` of ``behind`` other customers who buy A and B buy it."

    Attributes
    ----------
    customer, product : int64[k]
        Places, sorted by customer.
    rank : int32[k]
        0 for the best of a customer.
    first, second : int64[k]
        Places of A and B, the two bought products nearest to it; ``second`` is -1
        where only one is near, or too few customers buy both.
    behind, taking : int64[k]
    """

    customer: np.ndarray
    product: np.ndarray
    rank: np.ndarray
    first: np.ndarray
    second: np.ndarray
    behind: np.ndarray
    taking: np.ndarray


def find_proposals(purchases, neighbours, taken, customers, min_behind=MIN_BEHIND):
    """Up to five products for each customer.

    The score of a product is the sum of its similarities to what the customer buys.

    Parameters
    ----------
    purchases : Purchases
        Of the last 24 months.
    neighbours : Neighbours
        Of the same.
    taken : int64[t]
        Keys ``customer * q + product`` that are not proposed, sorted: bought at any
        time, dismissed, or proposed long enough.
    customers : int64[s]
        Places of those to propose something to, rising.
    min_behind : int
        Other customers that a proposal rests on at least.

    Returns
    -------
    Proposals
    """
    found = [_no_proposals()]
    width = max(len(neighbours.product), 1)
    step = max(SLICE_CELLS // width, 1)
    bought = get_bought(purchases, neighbours.product)
    for first in range(0, len(customers), step):
        part = customers[first : first + step]
        found.append(_propose(purchases, neighbours, bought, taken, part))
    columns = [np.concatenate(column) for column in zip(*found, strict=True)]
    return _with_reasons(neighbours, bought, columns, min_behind)


def rank_bestsellers(purchases, current, taken, customers):
    """The five products with the most buyers that a customer has not, int64[s, 5].

    What proposals are compared with; -1 where there are fewer.

    Parameters
    ----------
    As of :func:`find_proposals`; ``current`` are the places of the products.
    """
    order = current[np.argsort(-get_buyers(purchases)[current], kind="stable")]
    best = np.full((len(customers), PROPOSAL_COUNT), NONE, dtype=np.int64)
    size = len(purchases.product_ids)
    has = taken.searchsorted((customers + 1) * size) - taken.searchsorted(
        customers * size
    )
    for row, customer in enumerate(customers):
        first = order[: PROPOSAL_COUNT + has[row]]  # not all of them are taken
        left = first[~is_among(customer * size + first, taken)][:PROPOSAL_COUNT]
        best[row, : len(left)] = left
    return best


def get_first_quantities(purchases):
    """Median of what customers took of each product the first time, float64[q].

    Parameters
    ----------
    purchases : Purchases
        Quantities that are not known are NaN.

    Returns
    -------
    float64[q]
        NaN where nobody bought it.
    """
    quantity = purchases.quantity[purchases.starts[:-1]]
    known = ~np.isnan(quantity)
    product, quantity = purchases.pair_product[known], quantity[known]
    order = np.lexsort((quantity, product))
    product, quantity = product[order], quantity[order]
    size = len(purchases.product_ids)
    counts = np.bincount(product, minlength=size)
    some = counts > 0
    begin = (np.cumsum(counts) - counts)[some]
    low = quantity[begin + (counts[some] - 1) // 2]
    high = quantity[begin + counts[some] // 2]
    median = np.full(size, np.nan)
    median[some] = (low + high) / 2
    return median


def is_among(keys, known):
    """Which keys are among sorted ones, bool of the shape of ``keys``."""
    if not len(known):
        return np.zeros(keys.shape, dtype=bool)
    place = np.minimum(known.searchsorted(keys), len(known) - 1)
    return known[place] == keys


def _no_proposals():
    return tuple(np.empty(0, dtype=np.int64) for _column in range(4))


def _propose(purchases, neighbours, bought, taken, part):
    """Candidates of some customers, each with the two bought products nearest to it.

    Returns (customer, product, first, second), places among the current products but
    for the customer, sorted by customer and falling score.
    """
    product, _customer, starts = bought
    width = len(neighbours.product)
    rows = rows_of_groups(starts, part)
    held = product[rows]
    counts = starts[part + 1] - starts[part]
    local = np.repeat(np.arange(len(part)), counts)
    pairs = rows_of_groups(neighbours.starts, held)
    sizes = neighbours.starts[held + 1] - neighbours.starts[held]
    cell = np.repeat(local * width, sizes) + neighbours.near[pairs]
    similarity = neighbours.similarity[pairs]
    score = np.bincount(cell, similarity, minlength=len(part) * width)
    cells = np.flatnonzero(score)
    keys = part[cells // width] * len(purchases.product_ids)
    free = cells[~is_among(keys + neighbours.product[cells % width], taken)]
    chosen = _best_of_rows(free, score[free], width)
    first, second = _nearest_two(cell, np.repeat(held, sizes), similarity, chosen)
    return part[chosen // width], chosen % width, first, second


def _best_of_rows(cells, score, width):
    """The cells with the highest scores of each row, in falling order."""
    order = np.lexsort((cells, -score, cells // width))
    cells = cells[order]
    row = cells // width
    rank = np.arange(len(cells)) - row.searchsorted(row)
    return cells[rank < CANDIDATE_COUNT]


def _nearest_two(cell, held, similarity, chosen):
    """The two bought products nearest to each chosen cell; -1 where there is no second.

    Returns two int64 arrays, of places among the current products.
    """
    order = np.sort(chosen)
    mine = is_among(cell, order)
    cell, held, similarity = cell[mine], held[mine], similarity[mine]
    by = np.lexsort((held, -similarity, cell))
    cell, held = cell[by], held[by].astype(np.int64)
    place = cell.searchsorted(chosen)
    following = np.minimum(place + 1, max(len(cell) - 1, 0))
    has_second = (place + 1 < len(cell)) & (cell[following] == chosen)
    return held[place], np.where(has_second, held[following], NONE)


def _with_reasons(neighbours, bought, columns, min_behind):
    """Count who is behind each candidate and keep the first five of a customer."""
    customer, product, first, second = columns
    behind, taking = _count_behind(bought, product, first, second)
    alone = (second != NONE) & (behind < min_behind)
    behind[alone], taking[alone] = _count_behind(
        bought, product[alone], first[alone], np.full(alone.sum(), NONE)
    )
    second = np.where(alone, NONE, second)
    kept = behind >= min_behind
    customer, product, first, second, behind, taking = (
        column[kept] for column in (customer, product, first, second, behind, taking)
    )
    rank = np.arange(len(customer)) - customer.searchsorted(customer)
    best = rank < PROPOSAL_COUNT
    places = neighbours.product
    second = second[best]
    return Proposals(
        customer=customer[best],
        product=places[product[best]],
        rank=rank[best].astype(np.int32),
        first=places[first[best]],
        second=np.where(second == NONE, NONE, places[second]),
        behind=behind[best],
        taking=taking[best],
    )


def _count_behind(bought, product, first, second):
    """Others who buy the first and second product, and those of them who buy this one.

    The customer himself buys both and not this one. Returns two int64[k].
    """
    held, customer, _starts = bought
    order = np.argsort(held, kind="stable")
    buyers = customer[order]
    starts = np.searchsorted(held[order], np.arange(held.max(initial=0) + 2))
    triples, which = np.unique(
        np.stack([first, second, product]), axis=1, return_inverse=True
    )
    counts = np.zeros((2, triples.shape[1]), dtype=np.int64)
    both, known = None, None
    for column, (one, other, this) in enumerate(triples.T):
        if (one, other) != known:
            known = (one, other)
            both = buyers[starts[one] : starts[one + 1]]
            if other != NONE:
                others = buyers[starts[other] : starts[other + 1]]
                both = both[is_among(both, others)]
        takers = buyers[starts[this] : starts[this + 1]]
        counts[:, column] = len(both) - 1, is_among(both, takers).sum()
    return counts[0][which.ravel()], counts[1][which.ravel()]
