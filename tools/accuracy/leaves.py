# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Who leaves: the probability of no order within 90 days, at moments of the past."""

import numpy as np

from crm_dashboards.analytics.churn import churn_odds, leaving_probability
from crm_dashboards.analytics.missing_orders import find_missing_orders

from .cut_offs import QUARTER_DAYS, auc, cut_offs, days_to_next, may_come_back, mean
from .estimate import drawn_rows, estimate
from .ratio import average


def measure(history):
    """How well leaving is foreseen.

    Returns
    -------
    bars, extra : dict
        AUC and Brier score, means over six cut-offs; of other figures beside them.
    """
    days = history.order_days()
    samples = [_at(history, days, cut) for cut in cut_offs(history)]
    count = sum(len(who) for who, _left, _scores in samples)

    def measured(score):
        def statistic(times):
            values = []
            for who, left, scores in samples:
                rows = drawn_rows(who, times)
                values.append(score(scores["leaves"][rows], left[rows]))
            return mean(values)

        return estimate(statistic, count, history.customer_count)

    bars = {"auc_leaves": measured(auc), "brier_leaves": measured(_brier)}
    extra = {
        f"AUC of leaving ({words})": mean(
            [auc(scores[name], left) for _who, left, scores in samples]
        )
        for name, words in (("interval", "P of the interval"), ("lateness", "lateness"))
    }
    extra["share that left"] = mean([average(left) for _who, left, _scores in samples])
    return bars, extra


def _at(history, days, cut):
    """Customers asked at a cut-off, whether they left, and {name: probability}."""
    judged = find_missing_orders(history, cut)
    rhythm, lateness = judged.rhythm, judged.lateness
    leaves = leaving_probability(rhythm, lateness, cut)
    within_interval = churn_odds(rhythm, judged.interval_days, lateness, cut)[1]
    who = np.flatnonzero(may_come_back(rhythm, cut) & ~np.isnan(leaves))
    left = days_to_next(days, cut)[who] > QUARTER_DAYS
    scores = {
        "leaves": leaves[who],
        "interval": within_interval[who],
        "lateness": lateness[who],
    }
    return who, left, scores


def _brier(probability, label):
    return average((probability - label) ** 2)
