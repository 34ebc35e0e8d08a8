# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""False alarms, and how long the alerts of lost customers took."""

import numpy as np

from crm_dashboards.analytics.alert_clock import alert_clock, alert_days
from crm_dashboards.analytics.missing_orders import usual_days
from crm_dashboards.analytics.rhythm import (
    mean_log_of_last,
    order_gaps,
    quartiles_of_last,
)

from .asked import NEVER, asked_orders
from .estimate import Estimate, drawn_rows, estimate
from .ratio import average

LATE = (2, 3)
DAYS_KEY = "alert_days_k2"


def measure(history):
    """How sure alerts are, and how soon they come.

    Returns
    -------
    bars, extra : dict
        The share of returned customers that had been late, and the mean days from the
        last order to the alert of those that did not return; the same by plain
        lateness beside them.
    """
    asked = asked_orders(history)
    if asked is None:
        keys = (*(f"false_alarm_k{kappa}" for kappa in LATE), DAYS_KEY)
        return dict.fromkeys(keys, Estimate(None, 0)), {}
    returned = asked.wait < NEVER
    customers = asked.days.codes[asked.rows]

    def mean(values, chosen):
        who = customers[chosen]

        def statistic(times):
            return average(values[chosen][drawn_rows(who, times)])

        return estimate(statistic, len(who), history.customer_count)

    bars, extra = {}, {}
    for kappa in LATE:
        alert, plain = _days_to_alert(history, asked, kappa)
        bars[f"false_alarm_k{kappa}"] = mean(alert <= asked.wait, returned)
        had_been_late = (plain <= asked.wait)[returned]
        extra[f"false alarms at {kappa} (lateness)"] = average(had_been_late)
        if kappa == LATE[0]:
            bars[DAYS_KEY] = mean(alert, ~returned)
            extra["days to the alert (lateness)"] = average(plain[~returned])
    return bars, extra


def _days_to_alert(history, asked, kappa):
    """Days from each order-day asked to its alert, by the clock and by lateness.

    Of alerts that the history is too short for, the days to its end.
    """
    days, rows, count = asked.days, asked.rows, asked.gap_count
    gaps = order_gaps(days)
    quartiles = quartiles_of_last(gaps, rows + 1, count)
    mean_log = mean_log_of_last(gaps, rows + 1, count)
    usual = usual_days(*quartiles, count, asked.company_median)
    interval = alert_days(quartiles[1], mean_log, count, asked.company_median)
    overdue = np.floor(usual + 0.5) + 1
    clock = alert_clock(history, int(history.day.max()))
    day = days.day[rows]
    since = clock.readings[day - clock.first_day]
    # a hair less: readings are sums
    reached = np.searchsorted(clock.readings, since + kappa * interval - 1e-9)
    by_clock = reached + clock.first_day - day
    return np.maximum(by_clock, overdue), np.maximum(np.ceil(kappa * usual), overdue)
