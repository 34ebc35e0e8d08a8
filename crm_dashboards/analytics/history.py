# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order history in columns, sorted by customer and day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

__all__ = [
    "OrderHistory",
    "add_months",
    "day_number",
    "day_to_date",
    "sum_by_start",
    "unite",
]

EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
KEY_BITS = 63  # of a non-negative int64
LOOKUP_RANGE_PER_ROW = 8  # a direct table of ids may be this many times the rows


def day_number(day):
    """Days from 1970-01-01 to a ``datetime.date``."""
    return day.toordinal() - EPOCH_ORDINAL


def day_to_date(number):
    """The ``datetime.date`` of a day number."""
    return date.fromordinal(int(number) + EPOCH_ORDINAL)


def add_months(day, months):
    """Day number some calendar months away, clamped to the end of that month.

    29 February less 24 months is 28 February.

    Parameters
    ----------
    day : int
        Day number.
    months : int
        Negative for earlier.
    """
    start = day_to_date(day)
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = monthrange(year, month0 + 1)[1]
    return day_number(date(year, month0 + 1, min(start.day, length)))


def unite(ids, others):
    """Sorted ids of two sorted arrays of them, each once in either.

    Both are runs that one merge puts together; ``np.union1d`` hashes them anew.
    """
    both = np.sort(np.concatenate((ids, others)), kind="stable")
    is_first = np.ones(len(both), dtype=bool)
    np.not_equal(both[1:], both[:-1], out=is_first[1:])
    return both[is_first]


def sum_by_start(values, starts):
    """Sums of consecutive slices, empty ones included.

    Parameters
    ----------
    values : int64[n] or bool[n]
    starts : int64[c + 1]
        Slice ``i`` is ``values[starts[i]:starts[i + 1]]``.

    Returns
    -------
    int64[c]
    """
    sums = np.zeros(len(starts) - 1, dtype=np.int64)
    some = starts[1:] > starts[:-1]
    if some.any():
        values = values[: starts[-1]]
        sums[some] = np.add.reduceat(values, starts[:-1][some], dtype=np.int64)
    return sums


@dataclass(frozen=True, eq=False)
class OrderHistory:
    """Orders of many customers, sorted by customer, day and amount.

    Build it with :meth:`from_columns`; everything derived from it keeps the same
    customers, so that results line up row by row.

    Attributes
    ----------
    customer_ids : int64[c]
        Sorted and unique.
    starts : int64[c + 1]
        Orders of customer ``i`` are rows ``starts[i]:starts[i + 1]``.
    day : int32[n]
        Days since 1970-01-01.
    cents : int64[n]
        Signed net amounts.
    """

    customer_ids: np.ndarray
    starts: np.ndarray
    day: np.ndarray
    cents: np.ndarray

    @classmethod
    def from_columns(cls, customer_id, day, cents):
        """Sort three columns of orders, given in any order.

        Parameters
        ----------
        customer_id : int64[n]
        day : int32[n]
            Days since 1970-01-01.
        cents : int64[n]

        Raises
        ------
        ValueError
            When the columns are not flat or not of one length.
        """
        customer_id = np.asarray(customer_id, dtype=np.int64)
        day = np.asarray(day, dtype=np.int32)
        cents = np.asarray(cents, dtype=np.int64)
        if not customer_id.shape == day.shape == cents.shape == (customer_id.size,):
            raise ValueError("customer_id, day and cents must be flat and equally long")
        customer_ids, codes = _encode(customer_id)
        counts = np.bincount(codes, minlength=len(customer_ids))
        starts = np.concatenate(([0], np.cumsum(counts)))
        day, cents = _sort_rows(codes, day, cents)
        return cls(customer_ids, starts, day, cents)

    @property
    def customer_count(self):
        """Number of customers, c."""
        return len(self.customer_ids)

    @property
    def counts(self):
        """Rows of each customer, int64[c]."""
        return np.diff(self.starts)

    @cached_property
    def codes(self):
        """Customer's index of each row, int32[n]."""
        index = np.arange(self.customer_count, dtype=np.int32)
        return np.repeat(index, self.counts)

    def sums(self, values):
        """Sum of a column of rows for each customer, int64[c]."""
        return sum_by_start(values, self.starts)

    def select(self, keep):
        """The rows where ``keep`` (bool[n]) holds, of the same customers."""
        if keep.all():
            return self
        starts = np.concatenate(([0], np.cumsum(self.sums(keep))))
        return OrderHistory(self.customer_ids, starts, self.day[keep], self.cents[keep])

    def between(self, first_day, last_day):
        """The orders of a span of days, both ends included."""
        return self.select((self.day >= first_day) & (self.day <= last_day))

    def until(self, last_day):
        """The orders up to and including a day."""
        return self.select(self.day <= last_day)

    def positive(self):
        """The rows that count as orders: amount above 0."""
        return self.select(self.cents > 0)

    def choose(self, chosen):
        """The history of the customers where ``chosen`` (bool[c]) holds."""
        if chosen.all():
            return self
        rows = np.repeat(chosen, self.counts)
        starts = np.concatenate(([0], np.cumsum(self.counts[chosen])))
        ids = self.customer_ids[chosen]
        return OrderHistory(ids, starts, self.day[rows], self.cents[rows])

    def without_cents(self):
        """The same days of the same customers, without room for amounts."""
        nothing = np.zeros(0, dtype=np.int64)
        return OrderHistory(self.customer_ids, self.starts, self.day, nothing)

    def customers(self, first, last):
        """The slice of customers ``first:last``, as views of the same columns."""
        rows = slice(self.starts[first], self.starts[last])
        starts = self.starts[first : last + 1] - self.starts[first]
        ids = self.customer_ids[first:last]
        return OrderHistory(ids, starts, self.day[rows], self.cents[rows])

    def order_days(self):
        """One row for each day on which a customer ordered.

        A day counts when at least one of its orders is above 0; its value is the net
        of all orders of that day. A day of credits alone is no order-day.
        """
        if not len(self.day):
            return self
        new = np.empty(len(self.day), dtype=bool)
        new[0] = True
        np.not_equal(self.day[1:], self.day[:-1], out=new[1:])
        new[self.starts[:-1][self.counts > 0]] = True
        heads = np.flatnonzero(new)
        bounds = np.append(heads, len(self.day))
        # rows are sorted by amount within a day: the last one is its largest
        ordered = self.cents[bounds[1:] - 1] > 0
        starts = np.concatenate(([0], np.cumsum(self.sums(new))))
        net = sum_by_start(self.cents, bounds)
        days = OrderHistory(self.customer_ids, starts, self.day[heads], net)
        return days.select(ordered)

    def first_days(self, missing=0):
        """Day of each customer's first row, int32[c]; ``missing`` where none."""
        return self.pick(self.starts[:-1], self.counts > 0, missing)

    def last_days(self, missing=0):
        """Day of each customer's last row, int32[c]; ``missing`` where none."""
        return self.pick(self.starts[1:] - 1, self.counts > 0, missing)

    def pick(self, rows, some, missing=0):
        """Days of a row of each customer, int32[c]; ``missing`` but of ``some``."""
        picked = np.full(self.customer_count, missing, dtype=np.int32)
        picked[some] = self.day[rows[some]]
        return picked


def _encode(customer_id):
    """Sorted unique ids and each row's index among them."""
    if not customer_id.size:
        return customer_id, customer_id
    low = int(customer_id.min())
    span = int(customer_id.max()) - low + 1
    if span > max(LOOKUP_RANGE_PER_ROW * customer_id.size, 1 << 16):
        ids, codes = np.unique(customer_id, return_inverse=True)
        return ids, codes
    # a table over the range of ids spares sorting the rows a second time
    offset = customer_id - low
    seen = np.zeros(span, dtype=bool)
    seen[offset] = True
    return np.flatnonzero(seen) + low, (np.cumsum(seen) - 1)[offset]


def _sort_rows(codes, day, cents):
    """Days and cents sorted by customer code, day and cents.

    All three are packed into one int64 where their ranges allow, since sorting plain
    numbers is several times faster than ordering rows; otherwise ``lexsort``.
    """
    if not codes.size:
        return day, cents
    first_day, least = int(day.min()), int(cents.min())
    day_bits = (int(day.max()) - first_day).bit_length()
    cents_bits = (int(cents.max()) - least).bit_length()
    if int(codes.max()).bit_length() + day_bits + cents_bits > KEY_BITS:
        order = np.lexsort((cents, day, codes))
        return day[order], cents[order]
    key = codes.astype(np.int64)
    key <<= day_bits
    key += day
    key -= first_day
    key <<= cents_bits
    key += cents
    key -= least
    key.sort()
    cents = (key & ((1 << cents_bits) - 1)) + least
    key >>= cents_bits
    key &= (1 << day_bits) - 1
    return (key + first_day).astype(np.int32), cents
