# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Churn probability, value at risk and segments, at moments of the past."""

import numpy as np

from crm_dashboards.analytics.churn import churn_odds
from crm_dashboards.analytics.missing_orders import judge_rhythms
from crm_dashboards.analytics.rfm import SEGMENTS, average_rank2, rfm
from crm_dashboards.analytics.rhythm import rhythms

CUT_OFFS = 6
QUARTER_DAYS = 90
FEWEST_ORDER_DAYS = 4
LONGEST_RECENCY_DAYS = 180


def measure(history):
    """Accuracy of P and of value at risk.

    Returns
    -------
    bars, extra : dict
        Means over six cut-offs of the protocol's keys, and of the baselines.
    """
    days = history.order_days()
    begin, end = int(history.day.min()), int(history.day.max())
    cuts = np.linspace((begin + end) // 2, end - QUARTER_DAYS, CUT_OFFS).astype(int)
    found = [_at(history, days, int(cut), end) for cut in cuts]
    bars = {
        key: _mean([one[0][key] for one in found])
        for key in ("auc_p", "brier_p", "lost_revenue_top10")
    }
    extra = {key: _mean([one[1][key] for one in found]) for key in found[0][1]}
    return bars, extra


def _at(history, days, cut, end):
    rhythm = rhythms(history, cut)
    judged = judge_rhythms(rhythm, cut)
    _usual, churned = churn_odds(rhythm, judged.interval_days, judged.lateness, cut)
    later = days.between(cut + 1, end)
    wait = later.first_days(missing=end + 10**6) - cut
    asked = (rhythm.order_day_count >= FEWEST_ORDER_DAYS) & ~np.isnan(churned)
    asked &= cut - rhythm.last_day <= LONGEST_RECENCY_DAYS
    came = wait[asked] <= judged.interval_days[asked]
    bars = {
        "auc_p": _auc(churned[asked], ~came),
        "brier_p": ((churned[asked] - ~came) ** 2).mean() if asked.any() else None,
    }
    extra = {
        "AUC (lateness)": _auc(judged.lateness[asked], ~came),
        "Brier (one P for all)": came.mean() * (1 - came.mean()) if len(came) else None,
    }
    bars["lost_revenue_top10"], others = _lost_revenue(history, judged, cut)
    extra.update(others)
    return bars, extra


def _lost_revenue(history, judged, cut):
    """Share of the revenue really lost in the first tenth of the alerts."""
    later = history.between(cut + 1, cut + QUARTER_DAYS)
    age = np.clip(cut - judged.rhythm.first_day, QUARTER_DAYS, 365)
    yearly = np.maximum(judged.rhythm.year_cents, 0) * 365 / age
    lost = np.maximum(0, yearly * QUARTER_DAYS / 365 - later.sums(later.cents))
    late = judged.late & ~judged.lapsed
    orders = {
        "risk": judged.value_at_risk_cents,
        "order value": judged.rhythm.mean_cents,
        "lateness": judged.lateness,
    }
    shares = {key: _first_tenth(by[late], lost[late]) for key, by in orders.items()}
    risk = shares.pop("risk")
    return risk, {f"lost revenue (by {key})": value for key, value in shares.items()}


def _first_tenth(by, lost):
    if not lost.sum():
        return None
    first = np.argsort(-by, kind="stable")[: int(np.ceil(len(by) / 10))]
    return lost[first].sum() / lost.sum()


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


def _auc(score, label):
    """Probability that one of the labelled scores higher than one of the others."""
    ones = int(label.sum())
    zeros = len(label) - ones
    if not ones or not zeros:
        return None
    ranks = average_rank2(score)[label].sum() / 2
    return (ranks - ones * (ones + 1) / 2) / (ones * zeros)


def _mean(values):
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
