# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How often quotations that are still open at some age are ordered later."""

from dataclasses import dataclass

import numpy as np

__all__ = ["AGES", "QuotationChances", "quotation_chances"]

AGES = (0, 4, 8, 15, 31, 61)  # days at which an age begins: 0-3, 4-7, …, 60 and more
LOST_DAYS = 180
MIN_QUOTATIONS = 30


@dataclass(frozen=True, eq=False)
class QuotationChances:
    """Chances at the six ages of :data:`AGES`.

    Attributes
    ----------
    open, ordered : int64[6]
        Quotations that were open when the age began, and those of them ordered later.
    pooled : int64[6]
        Which age the chance is taken from: the age itself, or an earlier one where
        fewer than 30 were open; -1 where there are not even so many.
    """

    open: np.ndarray
    ordered: np.ndarray
    pooled: np.ndarray

    def at(self, days):
        """What a quotation of that age in days goes by.

        Returns
        -------
        tuple of two int, or None
            How many were ordered, of how many.
        """
        age = int(np.searchsorted(AGES, max(days, 0), side="right")) - 1
        place = int(self.pooled[age])
        if place < 0:
            return None
        return int(self.ordered[place]), int(self.open[place])


def quotation_chances(open_days, was_ordered):
    """Chances of quotations from what became of earlier ones.

    Of those open at an age, the share ordered later. A quotation open at a later age
    was open at all earlier ones, so that pooling an age with those below it is taking
    the nearest one below with enough quotations.

    Parameters
    ----------
    open_days : int[n]
        Days from sending to order or loss, of quotations sent 180 days ago or more.
        What is open after 180 days is lost.
    was_ordered : bool[n]

    Returns
    -------
    QuotationChances
    """
    open_days = np.minimum(np.asarray(open_days, dtype=np.int64), LOST_DAYS)
    was_ordered = np.asarray(was_ordered, dtype=bool)
    still_open = open_days[None, :] >= np.array(AGES)[:, None]
    counts = still_open.sum(axis=1)
    enough = np.where(counts >= MIN_QUOTATIONS, np.arange(len(AGES)), -1)
    return QuotationChances(
        open=counts,
        ordered=(still_open & was_ordered).sum(axis=1),
        pooled=np.maximum.accumulate(enough),
    )
