# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Values of back-tests from a company's orders, made without a database."""

from ..analytics.backtest import monthly_alert_backtests, projection_backtests
from ..analytics.history import day_to_date
from ..analytics.projection import DailySales
from .columns import is_compared
from .periods import get_month_start


def make_backtests(orders, customers, settings, months):
    """Return the values of crm.metric.backtest of some months.

    :param orders: Future of the OrderHistory of confirmed orders
    :param customers: see reading.read_customers
    :param settings: FigureSettings
    :param int months: how many, up to the one that runs; maybe none
    :return: list of dict
    """
    if not months:
        return []
    orders = orders.result()
    rows = {}
    for values in (
        *_get_alert_values(orders, customers, settings, months),
        *_get_projection_values(orders, settings, months),
    ):
        rows.setdefault(values["month"], {}).update(values)
    return list(rows.values())


def _get_alert_values(orders, customers, settings, months):
    tests = monthly_alert_backtests(
        orders,
        settings.as_of,
        months,
        population=is_compared(orders, customers),
        **settings.get_rhythm_choices(),
    )
    today = day_to_date(settings.as_of)
    scale = 10**settings.decimals
    return [
        {
            "month": get_month_start(today, back),
            "alert_date": day_to_date(test.day),
            "wait_days": test.wait_days,
            "alert_count": test.alerts,
            "churned_count": test.churned,
            "alert_risk_value": test.at_risk_cents / scale,
            "alert_lost_value": test.lost_cents / scale,
        }
        for back, test in zip(range(len(tests) - 1, -1, -1), tests, strict=True)
    ]


def _get_projection_values(orders, settings, months):
    sales = DailySales.from_orders(orders.day, orders.cents, settings.as_of)
    scale = 10**settings.decimals
    return [
        {
            "month": get_month_start(day_to_date(test.month), -1),
            "projected_month": day_to_date(test.month),
            "projected_days": test.days_gone,
            "projected_value": test.point / scale,
            "actual_value": test.actual / scale,
            "projection_error": test.error,
        }
        for test in projection_backtests(sales, settings.as_of, months=months)
    ]
