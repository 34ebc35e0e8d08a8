# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The month of a company into the columns of its customers and of its refresh."""

import numpy as np

from ..analytics.company_month import project_company
from ..analytics.frames import to_python
from ..analytics.history import day_to_date

FACTOR_STEPS = 20


def make_month(orders, codes, judged, settings):
    """Project the month of each customer, and of their company.

    :param orders: OrderHistory of confirmed orders
    :param codes: int16 array, 0 or why a customer of ``orders`` is not counted
    :param judged: MissingOrders as of the day
    :param settings: FigureSettings
    :return: ({column: (array, what it is of others)}, CompanyMonth)
    """
    month = project_company(
        orders,
        settings.as_of,
        codes,
        judged.rhythm,
        # in steps, since it would otherwise rewrite every late customer each night
        np.round(judged.return_factor * FACTOR_STEPS) / FACTOR_STEPS,
        settings.min_orders - 1,
        10**settings.decimals,
    )
    columns = {
        "month_value": (month.so_far_cents, 0),
        "month_value_before_today": (month.sold_cents, 0),
        "daily_sales": (month.daily_sales, np.nan),
        "daily_orders": (month.daily_orders, np.nan),
        "projected_value": (month.projected_cents, 0),
    }
    return columns, month


def get_month_values(month, decimals, reasons):
    """Return the values of crm.metric.refresh that a CompanyMonth gives.

    :param decimals: of the company's currency
    :param reasons: {code of ``month.left_out``: name}
    """

    def amount(cents):
        return round(cents / 10**decimals, decimals)

    return {
        "month_start": day_to_date(month.start),
        "month_days_left": month.days_left,
        "month_scale": month.rests.scale,
        "month_threshold": month.rests.threshold,
        "month_last_partner_id": month.rests.last_id,
        "month_decimals": decimals,
        "month_factor": month.factor,
        "month_errors": to_python(month.errors),
        "month_half_width": month.half_width,
        "month_confidence": month.confidence,
        "month_left_out": [
            {
                "reason": reasons[code],
                "customers": customers,
                "sold": amount(sold),
                "projected": amount(projected),
            }
            for code, customers, sold, projected in month.left_out
        ],
    }
