# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How much of the revenue really lost the first tenth of the alerts holds."""

import numpy as np

from crm_dashboards.analytics.missing_orders import find_missing_orders

from .cut_offs import QUARTER_DAYS, cut_offs, mean
from .estimate import drawn_rows, estimate
from .ratio import ratio


def measure(history):
    """How well value at risk sorts the alerts.

    Returns
    -------
    bars, extra : dict
        Mean share over six cut-offs, and what it is of the share that one would reach
        who knew what will be lost; of other orders of the alerts beside it.
    """
    samples = [_at(history, cut) for cut in cut_offs(history)]
    count = sum(len(who) for who, _lost, _orders in samples)

    def share(name, times):
        values = []
        for who, lost, orders in samples:
            rows = drawn_rows(who, times)
            values.append(_first_tenth(orders[name][rows], lost[rows]))
        return mean(values)

    def of_perfect(times):
        reached, perfect = share("risk", times), share("loss", times)
        return ratio(reached, perfect) if perfect else None

    def measured(statistic):
        return estimate(statistic, count, history.customer_count)

    bars = {
        "lost_revenue_top10": measured(lambda times: share("risk", times)),
        "lost_revenue_share": measured(of_perfect),
    }
    everybody = np.ones(history.customer_count, dtype=np.int64)
    extra = {
        f"lost revenue ({words})": share(name, everybody)
        for name, words in (
            ("loss", "known in advance"),
            ("order value", "by order value"),
            ("lateness", "by lateness"),
        )
    }
    return bars, extra


def _at(history, cut):
    """Customers with an alert, what they lost, and {name: what sorts them}."""
    judged = find_missing_orders(history, cut)
    later = history.between(cut + 1, cut + QUARTER_DAYS)
    age = np.clip(cut - judged.rhythm.first_day, QUARTER_DAYS, 365)
    yearly = np.maximum(judged.rhythm.year_cents, 0) * 365 / age
    lost = np.maximum(0, yearly * QUARTER_DAYS / 365 - later.sums(later.cents))
    late = np.flatnonzero(judged.late & ~judged.lapsed)
    orders = {
        "risk": judged.value_at_risk_cents,
        "loss": lost,
        "order value": judged.rhythm.mean_cents,
        "lateness": judged.lateness,
    }
    return late, lost[late], {name: by[late] for name, by in orders.items()}


def _first_tenth(by, lost):
    if not lost.sum():
        return None
    first = np.argsort(-by, kind="stable")[: int(np.ceil(len(by) / 10))]
    return lost[first].sum() / lost.sum()
