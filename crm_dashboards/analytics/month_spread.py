# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A sum of money shared out in whole cents, so that the shares add up to it."""

from dataclasses import dataclass

import numpy as np

__all__ = ["NOTHING", "Spread", "spread"]


@dataclass(frozen=True)
class Spread:
    """How much of a sum each one gets, told by three numbers for all of them.

    The largest remainders are rounded up: those above a threshold, and of those equal
    to it the ones with the smallest ids.

    Attributes
    ----------
    scale : float
        Cents for each unit of weight.
    threshold : float
        Part of a cent above which a share is rounded up.
    last_id : int
        The largest id that is rounded up at the threshold itself.
    """

    scale: float
    threshold: float
    last_id: int

    def shares(self, weights, ids):
        """Whole cents of each one.

        Parameters
        ----------
        weights : float64[c]
            Never below 0.
        ids : int64[c]

        Returns
        -------
        int64[c]
        """
        exact = weights * self.scale
        whole = np.floor(exact)
        part = exact - whole
        up = (part > self.threshold) | (
            (part == self.threshold) & (ids <= self.last_id)
        )
        return whole.astype(np.int64) + up


NOTHING = Spread(0.0, 1.0, 0)


def spread(total, weights, ids):
    """Share out a sum by weights, rounded by the largest remainder.

    Parameters
    ----------
    total : int
        Cents; nothing is shared out of 0 or less.
    weights : float64[c]
        Never below 0.
    ids : int64[c]
        Each another one.

    Returns
    -------
    Spread
        Its shares add up to ``total``, to the cent; :data:`NOTHING` without weights.
    """
    weight = weights.sum()
    if total <= 0 or not weight > 0:
        return NOTHING
    scale = float(total / weight)
    exact = weights * scale
    whole = np.floor(exact)
    missing = total - int(whole.sum())
    if missing <= 0:
        return Spread(scale, 1.0, 0)
    part = exact - whole
    # the last one that is rounded up, of the largest parts and then the smallest ids
    last = np.lexsort((ids, -part))[missing - 1]
    return Spread(scale, float(part[last]), int(ids[last]))
