# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is measured on a history of orders, and what on one of order lines."""

from crm_dashboards.analytics.frames import to_python

from . import (
    alerts,
    could_buy,
    customer_months,
    leaves,
    leaving,
    lost_revenue,
    months,
    next_order,
    risk,
    trend,
    usual_order,
)
from .estimate import Estimate
from .lines import OrderLines

ORDER_KEYS = (
    *("medae_ratio", "wmae_ratio", "false_alarm_k2", "false_alarm_k3"),
    *("alert_days_k2", "value_bias", "value_wmae", "auc_p", "brier_p"),
    *("auc_leaves", "brier_leaves", "lost_revenue_top10", "lost_revenue_share"),
    *("wmape", "wmape_linear", "wmape_ratio", "coverage80"),
    *("customer_month_wmape", "customer_month_bias", "team_month_wmape"),
    *("coverage80_customer", "class_mape", "segments", "trend_false"),
)
ORDER_PARTS = (
    next_order,
    alerts,
    risk,
    leaves,
    lost_revenue,
    months,
    customer_months,
    trend,
)

LINE_KEYS = (
    *("usual_f1", "repeat_f1", "usual_f1_all", "repeat_f1_all", "usual_quantity"),
    *("could_buy_p5", "bestseller_p5", "could_buy_new_p5"),
    *("leaving_again90", "leaving_flagged", "leaving_top10", "leaving_fading_share"),
)
LINE_PARTS = (usual_order, could_buy, leaving)


def measure(history):
    """All figures of the protocol, and the baselines to print beside them.

    history: an OrderHistory, or OrderLines.
    Returns two dicts of plain Python and Estimates; the first has exactly the keys of
    ``ORDER_KEYS``, or of ``LINE_KEYS``.
    """
    of_lines = isinstance(history, OrderLines)
    parts, keys = (LINE_PARTS, LINE_KEYS) if of_lines else (ORDER_PARTS, ORDER_KEYS)
    bars, extra = {}, {}
    for part in parts:
        figures, baselines = part.measure(history)
        bars.update(figures)
        extra.update(baselines)
    return _plain({key: bars[key] for key in keys}), _plain(extra)


def _plain(figures):
    return {
        key: value if isinstance(value, Estimate) else to_python(value)
        for key, value in figures.items()
    }
