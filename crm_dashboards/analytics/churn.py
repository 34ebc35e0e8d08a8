# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How probable it is that a customer does not order for some more days.

Orders of a customer are taken as Poisson, the customers' rates as gamma distributed
with the company's moments; the negative binomial that follows is closed, needs no
optimiser and always has an answer. What it does not know, the present recency, enters
as a power of the lateness.
"""

import numpy as np

from .steps import in_steps

__all__ = ["churn_odds", "leaving_probability", "rate_moments"]

YEAR_DAYS = 365
LEAVING_DAYS = 90
LATENESS_POWER = 0.446
LEAVING_POWER = 1.0
MOST_CERTAIN = 0.999
LEAST_VARIANCE = 1 / 1000  # of the squared mean rate
MOMENT_STEP = 0.1


def leaving_probability(rhythm, lateness, as_of, gamma=None):
    """Probability of no order within the next 90 days, what people call leaving.

    Parameters
    ----------
    As of :func:`churn_odds`.

    Returns
    -------
    float64[c]
        NaN without interval, or in a company without repeated orders.
    """
    return _probabilities(rhythm, LEAVING_DAYS, lateness, LEAVING_POWER, as_of, gamma)[
        1
    ]


def churn_odds(rhythm, interval, lateness, as_of, gamma=None):
    """Probability of no order within one more usual interval.

    Parameters
    ----------
    rhythm : Rhythms
    interval, lateness : float64[c]
        Usual interval in days, and recency in such intervals.
    as_of : int
        Day number.
    gamma : tuple, optional
        The company's, see :func:`rate_moments`; of these customers by default.

    Returns
    -------
    usual, now : float64[c]
        Before and after the present recency is taken into account; NaN without
        interval, or in a company without repeated orders.
    """
    return _probabilities(rhythm, interval, lateness, LATENESS_POWER, as_of, gamma)


def _probabilities(rhythm, days, lateness, power, as_of, gamma):
    """Probability of no order within ``days``, before and with the lateness."""
    shape, rate = gamma or rate_moments(rhythm, as_of)
    if shape is None:
        nowhere = np.full(len(lateness), np.nan)
        return nowhere, nowhere
    seen = rate + _exposure(rhythm, as_of)
    usual = (seen / (seen + days)) ** (shape + rhythm.year_order_days)
    usual = np.minimum(usual, MOST_CERTAIN)
    odds = usual / (1 - usual) * np.maximum(1, lateness) ** power
    now = np.minimum(odds / (1 + odds), MOST_CERTAIN)
    return usual, now


def rate_moments(rhythm, as_of, population=None):
    """Shape and rate of the gamma distribution with the moments of the rates.

    Mean and shape are told in steps, see :mod:`~.steps`.

    Parameters
    ----------
    rhythm : Rhythms
    as_of : int
        Day number.
    population : bool[c], optional
        Customers whose moments are the company's.

    Returns
    -------
    tuple of float, or of None
        None where nobody ordered twice.
    """
    known = rhythm.order_day_count > 0
    if population is not None:
        known = known & population
    exposure = _exposure(rhythm, as_of)[known]
    count = rhythm.year_order_days[known]
    if not count.sum():
        return None, None
    mean = count.sum() / exposure.sum()
    spread = ((count - mean * exposure) ** 2).sum() - mean * exposure.sum()
    variance = max(spread / (exposure**2).sum(), mean**2 * LEAST_VARIANCE)
    shape = in_steps(mean**2 / variance, MOMENT_STEP)
    return shape, shape / in_steps(mean, MOMENT_STEP)


def _exposure(rhythm, as_of):
    """Days in which the order-days of the last year were counted, float64[c]."""
    return np.minimum(as_of - rhythm.first_day, YEAR_DAYS) + 0.5
