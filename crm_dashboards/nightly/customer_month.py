# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The month of one customer as of this moment."""

from ..analytics.customer_month import StoredMonth, customer_month
from ..analytics.history import day_number


def read_month(metric, expected, history, settings):
    """Return the CustomerMonth of a customer.

    :param metric: crm.customer.metric of one customer that the user may read
    :param Expectation expected: of the same customer
    :param OrderHistory history: of the same customer
    :param FigureSettings settings:
    """
    stored = _read_stored(metric, 10**settings.decimals)
    return customer_month(history, settings.as_of, stored, expected)


def _read_stored(metric, scale):
    """Return the StoredMonth of a customer, None of one who is not projected."""
    night = metric.env["crm.metric.refresh"]._get_last(metric.company_id)
    if metric.left_out_reason or not night.month_start:
        return None
    return StoredMonth(
        start=day_number(night.month_start),
        sold=round(metric.month_value_before_today * scale),
        point=round(metric.projected_month_value * scale),
        orders=metric.daily_orders * night.month_days_left,
        errors=night.month_errors,
        factor=night.month_factor,
    )
