# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Sums of each customer's rows over spans of days, one span after the other."""

from functools import cached_property

import numpy as np

__all__ = ["Windows", "running"]

KEPT_DAYS = 5
FEW = 3  # spans, for which sorting by day is not worth it


class Windows:
    """Where the rows of spans of days lie.

    Rows are sorted by customer and day, so that a span of days is a slice of each
    customer. From one day to the next only the rows of the days between are looked at.
    """

    def __init__(self, history):
        """
        Parameters
        ----------
        history : OrderHistory
        """
        self._history, self._asked = history, 0
        self._first = int(history.day.min()) if len(history.day) else 0
        self._known = {self._first - 1: history.starts[:-1].astype(np.int32)}

    def ends(self, day):
        """Row behind the last one up to a day, int32[c]; not to be changed."""
        if day not in self._known:
            nearest = min(self._known, key=lambda known: abs(known - day))
            codes = self._find_between(*sorted((nearest, day)))
            moved = np.bincount(codes, minlength=self._history.customer_count)
            ends = self._known[nearest] + (moved if nearest < day else -moved)
            ends = ends.astype(np.int32)  # of many days, for each customer
            if len(self._known) >= KEPT_DAYS:
                del self._known[next(iter(self._known))]
            self._known[day] = ends
        return self._known[day]

    def _find_between(self, since, until):
        """Customer's index of each row after one day up to another, int32[k]."""
        self._asked += 1
        if self._asked <= FEW:
            days = self._history.day
            return self._codes[(days > since) & (days <= until)]
        ends, codes = self._by_day
        low, high = (
            ends[min(max(day - self._first + 1, 0), len(ends) - 1)]
            for day in (since, until)
        )
        return codes[low:high]

    @cached_property
    def _codes(self):
        """Customer's index of each row, int32[n], while few spans were asked for."""
        customers = np.arange(self._history.customer_count, dtype=np.int32)
        return np.repeat(customers, self._history.counts)

    @cached_property
    def _by_day(self):
        """Where each day's rows begin, in the order of days, and their customers.

        The days are those from the first one on, and one more: int64[k + 1], int32[n].
        """
        day = self._history.day - self._first
        if day.max(initial=0) <= np.iinfo(np.uint16).max:
            day = day.astype(np.uint16)  # is sorted ten times as fast
        codes = self._codes[np.argsort(day, kind="stable")]
        del self._codes  # nobody asks for them any more
        return running(np.bincount(day)), codes

    def sums(self, totals, since, until):
        """Sums of the rows after one day up to another, int64[c].

        Parameters
        ----------
        totals : int[n + 1]
            Of :func:`running`.
        since, until : int
            Day numbers.
        """
        return totals[self.ends(until)] - totals[self.ends(since)]


def running(values, dtype=np.int64):
    """Sums of the values before each place, of a type that holds them, dtype[n + 1]."""
    totals = np.zeros(len(values) + 1, dtype=dtype)
    np.cumsum(values, out=totals[1:], dtype=dtype)
    return totals
