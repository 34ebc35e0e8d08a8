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
        first = int(history.day.min()) if len(history.day) else 0
        self._known = {first - 1: history.starts[:-1].astype(np.int32)}

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
            return self._history.codes[(days > since) & (days <= until)]
        days, codes = self._by_day
        # of the same type: else all days are turned into the other one
        bounds = np.array([since, until], dtype=days.dtype)
        low, high = np.searchsorted(days, bounds, side="right")
        return codes[low:high]

    @cached_property
    def _by_day(self):
        """Days in order, and the customer's index of each, int32[n]."""
        day = self._history.day
        if len(day):
            day = day - day.min()
        if day.max(initial=0) <= np.iinfo(np.uint16).max:
            day = day.astype(np.uint16)  # is sorted ten times as fast
        order = np.argsort(day, kind="stable")
        return self._history.day[order], self._history.codes[order]

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
