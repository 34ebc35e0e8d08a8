# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What customers bought, in columns sorted by customer, product and day."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

__all__ = ["Purchases", "count_between", "rows_of_groups"]

DAY_BITS = 20  # until the year 4840
DAY_MASK = (1 << DAY_BITS) - 1
LOOKUP_RANGE_PER_ROW = 8  # a table of ids may be this many times the rows


@dataclass(frozen=True, eq=False)
class Purchases:
    """A row for each customer, product and day; a pair is a customer with a product.

    Build it with :meth:`from_columns`. Customers and products are told by their place
    in the sorted ids.

    Attributes
    ----------
    customer_ids : int64[c]
    product_ids : int64[q]
        Both sorted and unique.
    pair_customer, pair_product : int32[p]
        Places of each pair, sorted by customer and product.
    starts : int64[p + 1]
        Rows of pair ``i`` are ``starts[i]:starts[i + 1]``.
    day : int32[n]
        Days since 1970-01-01, rising within a pair.
    cents : int64[n]
        What was bought that day, net.
    quantity : float64[n]
    """

    customer_ids: np.ndarray
    product_ids: np.ndarray
    pair_customer: np.ndarray
    pair_product: np.ndarray
    starts: np.ndarray
    day: np.ndarray
    cents: np.ndarray
    quantity: np.ndarray

    @classmethod
    def from_columns(cls, customer_id, product_id, day, cents, quantity):
        """Sort columns of order lines, given in any order.

        Lines without a value or a quantity above 0 are left out; those of one
        customer, product and day become one row. A quantity may be NaN, not known.

        Parameters
        ----------
        customer_id, product_id : int[m]
        day : int32[m]
            Days since 1970-01-01, none before.
        cents : int64[m]
        quantity : float64[m]

        Raises
        ------
        ValueError
            When the columns are not flat or not of one length.
        """
        columns = [
            np.asarray(column)
            for column in (customer_id, product_id, day, cents, quantity)
        ]
        if any(column.shape != (columns[0].size,) for column in columns):
            raise ValueError("columns of lines must be flat and equally long")
        bought = (columns[3] > 0) & ~(columns[4] <= 0)
        customer_id, product_id, day, cents, quantity = (
            column[bought] for column in columns
        )
        customer_ids, customer = _encode(customer_id)
        product_ids, product = _encode(product_id)
        key = customer.astype(np.int64) * max(len(product_ids), 1) + product
        key = (key << DAY_BITS) + day
        order = np.argsort(key, kind="stable")
        key = key[order]
        rows = np.flatnonzero(_is_new(key))
        pair = key[rows] >> DAY_BITS
        starts = np.flatnonzero(_is_new(pair))
        customer, product = np.divmod(pair[starts], max(len(product_ids), 1))
        return cls(
            customer_ids=customer_ids.astype(np.int64),
            product_ids=product_ids.astype(np.int64),
            pair_customer=customer.astype(np.int32),
            pair_product=product.astype(np.int32),
            starts=np.append(starts, len(rows)),
            day=(key[rows] & DAY_MASK).astype(np.int32),
            cents=_sum(cents[order].astype(np.int64), rows),
            quantity=_sum(quantity[order].astype(float), rows),
        )

    @property
    def pair_count(self):
        """Number of pairs, p."""
        return len(self.pair_customer)

    @property
    def counts(self):
        """Rows of each pair, int64[p]."""
        return np.diff(self.starts)

    @cached_property
    def customer(self):
        """Place of each row's customer, int32[n]."""
        return np.repeat(self.pair_customer, self.counts)

    @cached_property
    def product(self):
        """Place of each row's product, int32[n]."""
        return np.repeat(self.pair_product, self.counts)

    @property
    def first_day(self):
        """Day on which each pair began, int32[p]."""
        return self.day[self.starts[:-1]]

    @property
    def last_day(self):
        """Last day of each pair, int32[p]."""
        return self.day[self.starts[1:] - 1]

    @cached_property
    def order_days(self):
        """Keys ``customer << 20 | day`` of the days on which each bought, sorted."""
        return np.unique((self.customer.astype(np.int64) << DAY_BITS) | self.day)

    @cached_property
    def sales(self):
        """Keys ``product << 20 | day``, one for each buyer of a day, sorted."""
        return np.sort((self.product.astype(np.int64) << DAY_BITS) | self.day)

    @cached_property
    def pair_days(self):
        """Keys ``pair << 20 | day`` of all rows, sorted."""
        pair = np.repeat(np.arange(self.pair_count, dtype=np.int64), self.counts)
        return (pair << DAY_BITS) | self.day

    def get_earlier_order_day(self, customer, day, back):
        """The order-day of customers so many before one of them, int32[k].

        Parameters
        ----------
        customer, day, back : int[k]
            The customer's place, one of his order-days, and how many to go back.
        """
        key = (np.asarray(customer, dtype=np.int64) << DAY_BITS) | day
        row = self.order_days.searchsorted(key) - back
        return (self.order_days[row] & DAY_MASK).astype(np.int32)

    def between(self, first_day, last_day):
        """The rows of a span of days, both ends included, of the same customers."""
        return self._select((self.day >= first_day) & (self.day <= last_day))

    def until(self, last_day):
        """The rows up to and including a day."""
        return self._select(self.day <= last_day)

    def of_pairs(self, keep):
        """The rows of the pairs where ``keep`` (bool[p]) holds."""
        return self._select(np.repeat(keep, self.counts))

    def _select(self, rows):
        if rows.all():
            return self
        running = np.concatenate(([0], np.cumsum(rows)))
        starts = running[self.starts]
        left = np.diff(starts) > 0
        return Purchases(
            self.customer_ids,
            self.product_ids,
            self.pair_customer[left],
            self.pair_product[left],
            np.append(starts[:-1][left], running[-1]),
            self.day[rows],
            self.cents[rows],
            self.quantity[rows],
        )


def count_between(keys, places, after, until):
    """How many sorted keys a place has in a span of days, int64[k].

    Parameters
    ----------
    keys : int64[n]
        ``place << 20 | day``, sorted: :attr:`Purchases.order_days` or ``sales``.
    places : int[k]
    after, until : int or int[k]
        The days ``after < day <= until``.
    """
    base = np.asarray(places, dtype=np.int64) << DAY_BITS
    return keys.searchsorted(base + until, side="right") - keys.searchsorted(
        base + np.maximum(after, -1), side="right"
    )


def rows_of_groups(starts, groups):
    """Rows of some groups one after the other, int64[m].

    Parameters
    ----------
    starts : int64[g + 1]
        Rows of group ``i`` are ``starts[i]:starts[i + 1]``.
    groups : int[k]
    """
    counts = starts[groups + 1] - starts[groups]
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(
        starts[groups] - ends + counts, counts
    )


def _encode(ids):
    """Sorted unique ids, and the place of each row's id among them."""
    if not ids.size or ids.max() - ids.min() > LOOKUP_RANGE_PER_ROW * ids.size:
        return np.unique(ids, return_inverse=True)
    # a table over the range of ids spares sorting the rows
    offset = ids - ids.min()
    seen = np.zeros(int(offset.max()) + 1, dtype=bool)
    seen[offset] = True
    return np.flatnonzero(seen) + ids.min(), (np.cumsum(seen) - 1)[offset]


def _is_new(key):
    """Where a sorted column begins another value, bool[n]."""
    new = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=new[1:])
    return new


def _sum(values, starts):
    return np.add.reduceat(values, starts) if len(starts) else values[:0]
