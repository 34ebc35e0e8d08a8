# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What stands beside the ids of a table, for millions of them at once."""

import numpy as np

SPARSE = 8  # numbers for each id, from which a table of all numbers is a waste
SMALL = 1_000_000  # numbers, of which a table always may be made


class Lookup:
    """Values by id.

    Ids of a table are nearly all there, so that a value is found by its place; where
    they are not, by halving.
    """

    def __init__(self, ids, values, missing=0):
        """Take ``ids`` (int array, each once) and their ``values``.

        :param missing: value of the ids that are not there
        """
        self._missing = missing
        self._first = int(ids.min()) if len(ids) else 0
        size = int(ids.max()) - self._first + 1 if len(ids) else 0
        self._table = None
        if size <= SPARSE * len(ids) + SMALL:
            self._table = np.full(size, missing, values.dtype)
            self._table[ids - self._first] = values
        else:
            order = np.argsort(ids)
            self._ids, self._values = ids[order], values[order]

    def find(self, ids):
        """Return the values of ``ids``, an int array."""
        if self._table is not None:
            place, end = ids - self._first, len(self._table)
        else:
            place, end = np.searchsorted(self._ids, ids), len(self._ids)
        known = (place >= 0) & (place < end)
        if self._table is not None:
            return self._take(self._table, place, known)
        known[known] = self._ids[place[known]] == ids[known]
        return self._take(self._values, place, known)

    def _take(self, values, place, known):
        if known.all():
            return values[place]
        found = np.full(len(place), self._missing, values.dtype)
        found[known] = values[place[known]]
        return found
