# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The months behind the trend of a few customers."""

from ..analytics.trend import month_sums
from .figures import TREND_FROM_ORDERS
from .reading import read_orders, read_turnover


def read_trend_months(metrics):
    """Return {id: 24 amounts, the oldest month first} of customers with a trend.

    From the documents that the night makes the trend from, up to the day of the night:
    they add up to both years. Read past record rules, as the years are; so only of
    customers whose figures the user may read.

    :param metrics: crm.customer.metric of one company
    """
    metrics.check_access("read")
    metrics = metrics.filtered("trend")
    if not metrics:
        return {}
    env, company = metrics.env, metrics.company_id
    refresh = env["crm.metric.refresh"]
    last = refresh._get_last(company)
    settings = refresh._get_settings(company, last.as_of)
    customers = metrics.partner_id
    if last.trend_source == TREND_FROM_ORDERS:
        history = read_orders(env, company, settings, last.as_of, customers)
    else:
        history = read_turnover(env, company, settings, customers)
    sums = month_sums(history, settings.as_of) / 10**settings.decimals
    months = dict(zip(history.customer_ids.tolist(), sums.tolist(), strict=True))
    return {
        metric.id: tuple(months[metric.partner_id.id])
        for metric in metrics
        if metric.partner_id.id in months
    }
