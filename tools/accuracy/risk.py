# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""P of the interval and segments, at moments of the past."""

import numpy as np

from crm_dashboards.analytics.churn import churn_odds
from crm_dashboards.analytics.missing_orders import find_missing_orders
from crm_dashboards.analytics.rfm import SEGMENTS, rfm

from .cut_offs import QUARTER_DAYS, auc, cut_offs, days_to_next, may_come_back, mean


def measure(history):
    """Accuracy of P.

    Returns
    -------
    bars, extra : dict
        Means over six cut-offs of the protocol's keys, and of the baselines;
        ``segments`` beside them.
    """
    days = history.order_days()
    found = [_at(history, days, cut) for cut in cut_offs(history)]
    bars = {key: mean([one[0][key] for one in found]) for key in ("auc_p", "brier_p")}
    extra = {key: mean([one[1][key] for one in found]) for key in found[0][1]}
    return {**bars, "segments": segments(history)}, extra


def _at(history, days, cut):
    judged = find_missing_orders(history, cut)
    rhythm = judged.rhythm
    _usual, churned = churn_odds(rhythm, judged.interval_days, judged.lateness, cut)
    asked = may_come_back(rhythm, cut) & ~np.isnan(churned)
    came = days_to_next(days, cut)[asked] <= judged.interval_days[asked]
    bars = {
        "auc_p": auc(churned[asked], ~came),
        "brier_p": ((churned[asked] - ~came) ** 2).mean() if asked.any() else None,
    }
    extra = {
        "AUC (lateness)": auc(judged.lateness[asked], ~came),
        "Brier (one P for all)": came.mean() * (1 - came.mean()) if len(came) else None,
    }
    return bars, extra


def segments(history):
    """{segment: share of its customers that ordered in the 90 days after a cut-off}."""
    cut = int(history.day.max()) - QUARTER_DAYS
    result = rfm(history, cut)
    later = history.positive().between(cut + 1, cut + QUARTER_DAYS)
    ordered = later.counts > 0
    shares = {}
    for code, name in enumerate(SEGMENTS):
        members = result.segment == code
        if members.any():
            shares[name] = ordered[members].mean()
    return shares
