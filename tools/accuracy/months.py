# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Projections of the company's month, day after day of the past."""

import numpy as np

from crm_dashboards.analytics.history import add_months
from crm_dashboards.analytics.projection import (
    CONFIDENCE,
    DailySales,
    MonthTables,
    month_start,
)

from .ratio import ratio

DAYS_GONE = (1, 3, 5, 8, 10, 15, 20, 25)
WHOLE_MONTHS_BEFORE = 6


def measure(history):
    """Accuracy of the projection beside the linear run-rate.

    Returns
    -------
    bars, extra : dict
        None where the history has fewer than seven whole months.
    """
    found = [row for start in _months(history) for row in _month(history, start)]
    keys = ("wmape", "wmape_linear", "wmape_ratio", "coverage80")
    if not found:
        return {**dict.fromkeys(keys), "class_mape": {}}, {}
    columns = zip(*found, strict=True)
    point, actual, linear, before, inside, confidence = map(np.array, columns)
    total = actual.sum()
    error, run_rate = np.abs(point - actual), np.abs(linear - actual)
    judged = [one for one in inside if one is not None]
    bars = {
        "wmape": ratio(error.sum(), total),
        "wmape_linear": ratio(run_rate.sum(), total),
        "wmape_ratio": ratio(error.sum(), run_rate.sum()),
        "coverage80": sum(judged) / len(judged) if judged else None,
        "class_mape": {
            name: (error / actual)[(confidence == name) & (actual > 0)].mean()
            for name in CONFIDENCE[:3]
            if ((confidence == name) & (actual > 0)).any()
        },
    }
    extra = {
        "wMAPE (month before)": ratio(np.abs(before - actual).sum(), total),
        "months": len(found) // len(DAYS_GONE),
    }
    extra.update(_shares_of_classes(confidence))
    return bars, extra


def _months(history):
    """First days of the whole months, from the seventh on."""
    begin, end = int(history.day.min()), int(history.day.max())
    start = month_start(begin)
    if start < begin:
        start = add_months(start, 1)
    start, last = add_months(start, WHOLE_MONTHS_BEFORE), month_start(end + 1)
    while start < last:
        yield start
        start = add_months(start, 1)


def _month(history, start):
    """Projections of a month: point, actual, linear, month before, inside, class."""
    last = add_months(start, 1) - 1
    tables = MonthTables(
        DailySales.from_orders(history.day, history.cents, last), start
    )
    month = len(tables.starts) - 1
    actual, before = int(tables.totals[month]), int(tables.totals[month - 1])
    for gone in DAYS_GONE:
        projected = tables.project(month, gone)
        inside = None
        if projected.low is not None:
            inside = projected.low <= actual <= projected.high
        linear = projected.so_far * int(tables.lengths[month]) / gone
        yield (
            float(projected.point),
            actual,
            linear,
            before,
            inside,
            projected.confidence,
        )


def _shares_of_classes(confidence):
    return {
        f"projections of {name} confidence": (confidence == name).mean()
        for name in CONFIDENCE[:3]
    }
