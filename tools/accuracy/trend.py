# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How often the trend tells a change where there is none."""

import numpy as np

from crm_dashboards.analytics.history import OrderHistory, add_months
from crm_dashboards.analytics.trend import DECLINING, GROWING, trends

from .estimate import estimate
from .ratio import ratio

SEED = 20091201
THROWS = 20


def measure(history):
    """Share of customers without change that are growing or declining unmarked.

    Each customer's transactions of the last 24 months are thrown at random over both
    years, again and again. Who has nothing in one of them is new, back or lost, which
    is a fact and no claim.

    Returns
    -------
    bars, extra : dict
        None where nobody has transactions in both years.
    """
    end = int(history.day.max()) + 1
    two_years = history.between(add_months(end, -24), end - 1)
    random = np.random.default_rng(SEED)
    called, unmarked, judged = (np.zeros(history.customer_count) for _ in range(3))
    for _throw in range(THROWS):
        years = trends(_thrown(two_years, end, random), end)
        counted = (years.trend >= 0) & ~(years.new | years.back | years.lost)
        moved = counted & np.isin(years.trend, (GROWING, DECLINING))
        judged += counted
        called += moved
        unmarked += moved & ~years.may_be_chance

    def share(times):
        return ratio((unmarked * times).sum(), (judged * times).sum())

    count = int(np.count_nonzero(judged))
    bars = {"trend_false": estimate(share, count, history.customer_count)}
    extra = {"trend_false (without mark)": ratio(called.sum(), judged.sum())}
    return bars, extra


def _thrown(two_years, end, random):
    """The same transactions on days at random, of the same customers."""
    day = random.integers(add_months(end, -24), end, len(two_years.day))
    order = np.lexsort((two_years.cents, day, two_years.codes))
    return OrderHistory(
        two_years.customer_ids,
        two_years.starts,
        day[order].astype(np.int32),
        two_years.cents[order],
    )
