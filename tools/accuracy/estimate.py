# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A figure with what it rests on: how many cases, and how far chance moves it."""

from dataclasses import dataclass

import numpy as np

DRAWS = 200
SEED = 20090101
INTERVAL = (0.025, 0.975)


@dataclass(frozen=True)
class Estimate:
    """A figure; the interval holds 95 % of what other customers would have given.

    Attributes
    ----------
    value : float or None
    count : int
        Cases that it rests on.
    low, high : float or None
    """

    value: float | None
    count: int
    low: float | None = None
    high: float | None = None


def estimate(statistic, count, customer_count):
    """A statistic of a history, with its bootstrap interval over customers.

    Parameters
    ----------
    statistic : callable
        Takes how often each customer counts, int[c], and returns a float or None.
    count : int
        Cases that it rests on.
    customer_count : int

    Returns
    -------
    Estimate
        The same in every run.
    """
    value = statistic(np.ones(customer_count, dtype=np.int64))
    if value is None:
        return Estimate(None, count)
    random = np.random.default_rng(SEED)
    shares = np.full(customer_count, 1 / customer_count)
    drawn = (
        statistic(random.multinomial(customer_count, shares)) for _draw in range(DRAWS)
    )
    known = [each for each in drawn if each is not None]
    low, high = np.quantile(known, INTERVAL) if known else (None, None)
    return Estimate(float(value), count, low, high)


def drawn_rows(customers, times):
    """Rows of drawn customers, each as often as its customer was drawn, int[m].

    Parameters
    ----------
    customers : int[n]
        Customer of each row.
    times : int[c]
        How often each customer was drawn.
    """
    return np.repeat(np.arange(len(customers)), times[customers])
