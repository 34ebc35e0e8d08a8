# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is expected of one customer now: figures of the night, and its orders since."""

import numpy as np

from ..analytics.expectation import Expectation, bring_up_to_date
from ..analytics.history import day_number


def read_expectation(metric):
    """Return the Expectation of a customer as of this moment.

    :param metric: crm.customer.metric of one customer that the user may read
    """
    refresh = metric.env["crm.metric.refresh"]
    history, settings = refresh._read_customer_history(metric)
    last = refresh._get_last(metric.company_id)
    return bring_up_to_date(
        _read_stored(metric, settings),
        history,
        read_weekdays(last.open_weekdays),
        settings.holidays,
    )


def _read_stored(metric, settings):
    value = round(metric.expected_order_value * 10**settings.decimals)
    return Expectation(
        today=settings.as_of,
        last_day=_get_day(metric.last_order_date),
        interval_days=metric.interval_days or None,
        low_days=metric.interval_low_days or None,
        high_days=metric.interval_high_days or None,
        expected_day=_get_day(metric.expected_order_date),
        expected_cents=value or None,
        state=_get_state(metric),
        quiet_days=metric.quiet_days,
        churn_probability=metric.churn_probability or None,
    )


def _get_day(date):
    return day_number(date) if date else None


def _get_state(metric):
    """Return the state of the next order; an alert may have been put off meanwhile."""
    state = metric.order_state or None
    if state == "missing" and not metric.is_missing:
        return "overdue"
    return state


def write_weekdays(opened):
    """Return the weekdays of a bool[7], Monday first, as digits from 0."""
    return "".join(map(str, np.flatnonzero(opened)))


def read_weekdays(digits):
    """Return the bool[7] of what :func:`write_weekdays` made; all without any."""
    if not digits:
        return np.ones(7, dtype=bool)
    return np.isin(np.arange(7), [int(digit) for digit in digits])
