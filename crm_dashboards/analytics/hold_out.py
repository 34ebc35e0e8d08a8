# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Who is left out of campaigns by lot, and what that tells of their effect.

People choose whom to put into a campaign, so what followed is no effect. Of those they
chose a tenth is held out: by chance alone they differ from the others.
"""

from hashlib import sha256
from math import sqrt

from .what_followed import share_interval

__all__ = ["FEWEST_TARGETS", "HELD_OUT_PERCENT", "difference_interval", "is_held_out"]

HELD_OUT_PERCENT = 10
FEWEST_TARGETS = 500  # of both together, from which an effect is told


def is_held_out(customer_id, year):
    """Tell whether a customer is held out of the campaigns of a year.

    By a hash, so that it is the same in each campaign, whoever begins it.

    Parameters
    ----------
    customer_id, year : int

    Returns
    -------
    bool
    """
    digest = sha256(f"{customer_id}/{year}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 100 < HELD_OUT_PERCENT


def difference_interval(part, whole, other_part, other_whole):
    """Return the 90 % interval of the difference of two shares, after R. G. Newcombe.

    Interval Estimation for the Difference Between Independent Proportions (Statistics
    in Medicine 17, 1998), method 10: from Wilson's intervals of both.

    Parameters
    ----------
    part, whole, other_part, other_whole : int
        ``whole`` and ``other_whole`` above 0; the other share is taken away.

    Returns
    -------
    tuple of float
        Lowest and highest difference.
    """
    share, other_share = part / whole, other_part / other_whole
    low, high = share_interval(part, whole)
    other_low, other_high = share_interval(other_part, other_whole)
    difference = share - other_share
    below = sqrt((share - low) ** 2 + (other_high - other_share) ** 2)
    above = sqrt((high - share) ** 2 + (other_share - other_low) ** 2)
    return difference - below, difference + above
