# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Dates and values of next orders."""

import numpy as np

from crm_dashboards.analytics.missing_orders import usual_days
from crm_dashboards.analytics.rhythm import (
    LAST_ORDERS,
    mean_of_last,
    order_gaps,
    quartiles_of_last,
)

from .asked import FOLLOW_UP_DAYS, asked_orders
from .ratio import ratio

FIRST_VALUES = 4


def measure(history):
    """Accuracy of the expected next order.

    Returns
    -------
    bars, extra : dict
        The keys of the protocol, and the baselines beside them; None where the
        history is too short.
    """
    bars, extra = _values(history.order_days())
    dates, baselines = _dates(history)
    return {**dates, **bars}, {**baselines, **extra}


def _dates(history):
    asked = asked_orders(history)
    came = asked is not None and asked.wait <= FOLLOW_UP_DAYS
    if not np.any(came):
        return dict.fromkeys(("medae_ratio", "wmae_ratio")), {}
    days, rows, actual = asked.days, asked.rows[came], asked.wait[came]
    gaps, count = order_gaps(days), asked.gap_count[came]
    quartiles = quartiles_of_last(gaps, rows + 1, count)
    usual = usual_days(*quartiles, count, asked.company_median)
    begun = days.starts[days.codes[rows]]
    mean = (days.day[rows] - days.day[begun]) / (rows - begun)
    errors = {
        "usual": np.abs(actual - usual),
        "mean": np.abs(actual - mean),
        "last": np.abs(actual - gaps[rows]),
    }
    bars = {
        "medae_ratio": ratio(np.median(errors["usual"]), np.median(errors["mean"])),
        "wmae_ratio": ratio(errors["usual"].sum(), errors["mean"].sum()),
    }
    baselines = {
        f"days off, median ({name})": np.median(error) for name, error in errors.items()
    }
    return bars, {**baselines, "next orders": len(rows)}


def _values(days):
    place = np.arange(len(days.day)) - np.repeat(days.starts[:-1], days.counts)
    rows = np.flatnonzero(place >= FIRST_VALUES)
    actual = days.cents[rows]
    total = actual.sum()
    if not len(rows) or total <= 0:
        return dict.fromkeys(("value_bias", "value_wmae")), {}
    count = np.minimum(place[rows], LAST_ORDERS)
    # the row itself is the order to come: the group ends before it
    mean = mean_of_last(days.cents, rows, count)
    median = quartiles_of_last(days.cents, rows, count)[1]
    bars = {
        "value_bias": (mean - actual).sum() / total,
        "value_wmae": np.abs(mean - actual).sum() / total,
    }
    extra = {
        "value bias (median)": (median - actual).sum() / total,
        "value wMAE (last order)": np.abs(days.cents[rows - 1] - actual).sum() / total,
    }
    return bars, extra
