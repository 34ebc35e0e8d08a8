# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Moments of the past from which one looks ahead, and what is said of all of them."""

import numpy as np

from crm_dashboards.analytics.rfm import average_rank2

CUT_OFFS = 6
QUARTER_DAYS = 90
FEWEST_ORDER_DAYS = 4
LONGEST_RECENCY_DAYS = 180


def cut_offs(history):
    """Six day numbers from the middle of a history to 90 days before its end."""
    begin, end = int(history.day.min()), int(history.day.max())
    cuts = np.linspace((begin + end) // 2, end - QUARTER_DAYS, CUT_OFFS)
    return [int(cut) for cut in cuts]


def may_come_back(rhythm, cut):
    """Customers of at least four order-days, the last within 180 days, bool[c]."""
    recency = cut - rhythm.last_day
    known = rhythm.order_day_count >= FEWEST_ORDER_DAYS
    return known & (recency <= LONGEST_RECENCY_DAYS)


def days_to_next(days, cut):
    """Days from a cut-off to each customer's next order-day, int64[c]."""
    beyond = int(days.day.max()) + 10**6
    return days.between(cut + 1, beyond).first_days(missing=beyond) - cut


def auc(score, label):
    """Probability that one of the labelled scores higher than one of the others."""
    ones = int(label.sum())
    zeros = len(label) - ones
    if not ones or not zeros:
        return None
    ranks = average_rank2(score)[label].sum() / 2
    return (ranks - ones * (ones + 1) / 2) / (ones * zeros)


def mean(values):
    """Mean of those that are known; None without any."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
