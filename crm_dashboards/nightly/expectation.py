# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is expected of one customer now: figures of the night, and its orders since."""

import numpy as np

from ..analytics.company_rhythm import CompanyRhythm
from ..analytics.expectation import Expectation, bring_up_to_date
from ..analytics.history import day_number


def read_expectation(metric, history, settings):
    """Return the Expectation of a customer as of this moment.

    :param metric: crm.customer.metric of one customer that the user may read
    :param OrderHistory history: of the same customer
    :param FigureSettings settings:
    """
    refresh = metric.env["crm.metric.refresh"]
    return bring_up_to_date(
        _read_stored(metric, settings),
        history,
        _read_weekdays(refresh._get_last(metric.company_id)),
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


def _read_weekdays(refresh):
    """Return the weekdays with orders, bool[7]; all where no night told them yet."""
    if not refresh.company_rhythm:
        return np.ones(7, dtype=bool)
    return CompanyRhythm.from_plain(refresh.company_rhythm).opened


def _get_day(date):
    return day_number(date) if date else None


def _get_state(metric):
    """Return the state of the next order; an alert may have been put off meanwhile."""
    state = metric.order_state or None
    if state == "missing" and not metric.is_missing:
        return "overdue"
    return state
