# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order-days after which the next one was predicted, and how long it took."""

from dataclasses import dataclass

import numpy as np

from crm_dashboards.analytics.history import OrderHistory
from crm_dashboards.analytics.missing_orders import MIN_GAPS
from crm_dashboards.analytics.rhythm import LAST_ORDERS, rhythms

FOLLOW_UP_DAYS = 180
NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True, eq=False)
class AskedOrders:
    """The order-days of the second half that have three gaps before them.

    Attributes
    ----------
    days : OrderHistory
        All order-days.
    rows : int64[k]
        Those asked, as rows of it.
    wait : int64[k]
        Days to the next order-day; ``NEVER`` where none came within 180 days.
    gap_count : int64[k]
        Gaps, at most twelve, that a prediction rests on.
    company_median : float
        Median of the customers' median gaps in the first half.
    """

    days: OrderHistory
    rows: np.ndarray
    wait: np.ndarray
    gap_count: np.ndarray
    company_median: float


def asked_orders(history):
    """The AskedOrders of a history; None where it is too short for them."""
    days = history.order_days()
    middle = (int(days.day.min()) + int(days.day.max())) // 2
    company = rhythms(history, middle)
    known = company.completed_counts >= MIN_GAPS
    place = np.arange(len(days.day)) - np.repeat(days.starts[:-1], days.counts)
    followed = days.day + FOLLOW_UP_DAYS <= days.day.max()
    rows = np.flatnonzero((days.day > middle) & followed & (place >= MIN_GAPS))
    if not known.any() or not len(rows):
        return None
    following = np.append(days.day[1:], 0).astype(np.int64)
    following[days.starts[1:][days.counts > 0] - 1] = NEVER
    wait = (following - days.day)[rows]
    wait[wait > FOLLOW_UP_DAYS] = NEVER
    gap_count = np.minimum(place[rows], LAST_ORDERS)
    company_median = np.median(company.gap_median[known])
    return AskedOrders(days, rows, wait, gap_count, company_median)
