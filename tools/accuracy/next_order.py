# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Dates and values of next orders, and what the same data tell of false alarms."""

import numpy as np

from crm_dashboards.analytics.missing_orders import MIN_GAPS, usual_days
from crm_dashboards.analytics.rhythm import (
    LAST_ORDERS,
    mean_of_last,
    order_gaps,
    quartiles_of_last,
    rhythms,
)

from .ratio import ratio

FOLLOW_UP_DAYS = 180
LATE = (2, 3)
FIRST_VALUES = 4


def measure(history):
    """Accuracy of the expected next order.

    Returns
    -------
    bars, extra : dict
        The keys of the protocol, and the baselines beside them; None where the
        history is too short.
    """
    days = history.order_days()
    place = np.arange(len(days.day)) - np.repeat(days.starts[:-1], days.counts)
    bars, extra = _values(days, place)
    dates, baselines = _dates(history, days, place)
    return {**dates, **bars}, {**baselines, **extra}


def _dates(history, days, place):
    keys = ("medae_ratio", "wmae_ratio", *(f"false_alarm_k{k}" for k in LATE))
    end, middle = int(days.day.max()), _middle(days)
    company = rhythms(history, middle)
    known = company.completed_counts >= MIN_GAPS
    asked = (days.day > middle) & (days.day + FOLLOW_UP_DAYS <= end)
    rows = np.flatnonzero(asked & (place >= MIN_GAPS))
    rows = rows[place[rows] + 1 < days.counts[days.codes[rows]]]
    actual = days.day[rows + 1] - days.day[rows]
    rows, actual = rows[actual <= FOLLOW_UP_DAYS], actual[actual <= FOLLOW_UP_DAYS]
    if not known.any() or not len(rows):
        return dict.fromkeys(keys), {}
    gaps = order_gaps(days)
    count = np.minimum(place[rows], LAST_ORDERS)
    quartiles = quartiles_of_last(gaps, rows + 1, count)
    usual = usual_days(*quartiles, count, np.median(company.gap_median[known]))
    first = days.day[days.starts[days.codes[rows]]]
    mean = (days.day[rows] - first) / place[rows]
    errors = {
        "usual": np.abs(actual - usual),
        "mean": np.abs(actual - mean),
        "last": np.abs(actual - gaps[rows]),
    }
    bars = {
        "medae_ratio": ratio(np.median(errors["usual"]), np.median(errors["mean"])),
        "wmae_ratio": ratio(errors["usual"].sum(), errors["mean"].sum()),
    }
    for kappa in LATE:
        bars[f"false_alarm_k{kappa}"] = (actual / usual >= kappa).mean()
    baselines = {
        f"days off, median ({name})": np.median(error) for name, error in errors.items()
    }
    return bars, {**baselines, "next orders": len(rows)}


def _values(days, place):
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


def _middle(days):
    return (int(days.day.min()) + int(days.day.max())) // 2
