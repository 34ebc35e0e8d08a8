# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The last days with an order of a few customers."""

from odoo import fields
from odoo.tools import SQL

from ..analytics.history import day_to_date
from ..nightly.periods import get_figures_zone
from ..nightly.reading import get_orders_sql


def read_order_days(metrics, most):
    """Return when customers ordered, whoever took the order, as the night counts.

    Like the stored figures, these days are facts of the customer as a whole: whoever
    may read ``metrics`` may know them.

    :param metrics: crm.customer.metric of one company, that the user may read
    :param most: so many days of each, the last ones
    :return: {id of a metric: list of dates, the first one first}
    """
    if not metrics:
        return {}
    company = metrics.company_id.sudo()
    orders = get_orders_sql(
        metrics.env,
        company,
        get_figures_zone(company).name,
        company.currency_id.decimal_places,
        fields.Datetime.now(),
        SQL("ARRAY[metric.partner_id]"),
    )
    query = SQL(
        """
        SELECT metric.id, ARRAY_AGG(known.day ORDER BY known.day)
          FROM crm_customer_metric metric
         CROSS JOIN LATERAL (
               SELECT DISTINCT ordered.day
                 FROM (%s) ordered
                WHERE ordered.cents > 0
                ORDER BY ordered.day DESC
                LIMIT %s) known
         WHERE metric.id = ANY(%s)
         GROUP BY metric.id
        """,
        orders,
        most,
        metrics.ids,
    )
    return {
        metric_id: [day_to_date(day) for day in days]
        for metric_id, days in metrics.env.execute_query(query)
    }
