# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The last days with an order of a few customers."""

from odoo.tools import SQL

from ..nightly.periods import get_figures_zone

ORDER_FIELDS = ("amount_untaxed", "company_id", "date_order", "partner_id", "state")


def read_order_days(metrics, most):
    """Return when customers ordered, whoever took the order.

    Like the stored figures, these days are facts of the customer as a whole: whoever
    may read ``metrics`` may know them.

    :param metrics: crm.customer.metric of one company, that the user may read
    :param most: so many days of each, the last ones
    :return: {id of a metric: list of dates, the first one first}
    """
    if not metrics:
        return {}
    order, partner = metrics.env["sale.order"], metrics.env["res.partner"]
    query = SQL(
        """
        SELECT metric.id, ARRAY_AGG(known.day ORDER BY known.day)
          FROM crm_customer_metric metric
         CROSS JOIN LATERAL (
               SELECT DISTINCT
                      (date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS day
                 FROM res_partner contact
                 JOIN sale_order ON sale_order.partner_id = contact.id
                WHERE contact.commercial_partner_id = metric.partner_id
                  AND sale_order.company_id = metric.company_id
                  AND sale_order.state = 'sale'
                  AND sale_order.amount_untaxed > 0
                ORDER BY day DESC
                LIMIT %(most)s) known
         WHERE metric.id = ANY(%(ids)s)
         GROUP BY metric.id
        """,
        zone=get_figures_zone(metrics.company_id).name,
        most=most,
        ids=metrics.ids,
        to_flush=[
            *(order._fields[name] for name in ORDER_FIELDS),
            partner._fields["commercial_partner_id"],
        ],
    )
    return dict(metrics.env.execute_query(query))
