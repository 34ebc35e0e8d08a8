# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whether a customer's order is still overdue: SQL of what the night cannot know.

The night says whose order is late. What happened since counts at once: a newer order, a
snooze, *not a loss*.
"""

from odoo import fields
from odoo.tools import SQL


def get_today_sql(company):
    """Today in the zone of figures of the ``company`` (SQL of its id)."""
    return SQL(
        """(SELECT (%(now)s AT TIME ZONE 'UTC' AT TIME ZONE
                    COALESCE(crm_figures_tz, 'UTC'))::date
              FROM res_company WHERE id = %(company)s)""",
        now=fields.Datetime.now(),
        company=company,
    )


def get_ordered_since_sql(env, partner, company):
    """Whether the customer ordered after its figures were made.

    :param partner, company: SQL of their ids
    """
    # A moment that PostgreSQL knows while planning: it would read millions of orders to
    # find the few since a moment that it has to look up.
    oldest = env["crm.metric.refresh"]._get_oldest()
    order = env["sale.order"]
    to_flush = [
        order._fields[name]
        for name in ("state", "date_order", "amount_untaxed", "company_id")
    ]
    return SQL(
        """((%(partner)s, %(company)s) IN (
            SELECT contact.commercial_partner_id, recent.company_id
              FROM sale_order recent
              JOIN res_partner contact ON contact.id = recent.partner_id
              JOIN crm_metric_refresh refresh
                ON refresh.company_id = recent.company_id
             WHERE recent.state = 'sale'
               AND recent.amount_untaxed > 0
               AND recent.date_order > %(oldest)s
               AND recent.date_order > refresh.as_of))""",
        partner=partner,
        company=company,
        oldest=oldest,
        to_flush=to_flush,
    )


def get_put_off_sql(env, partner, company):
    """Whether the newest decision about the customer's alert keeps it away.

    :param partner, company: SQL of their ids
    """
    decision = env["crm.missing.order.decision"]
    return SQL(
        """((%(partner)s, %(company)s) IN (
            SELECT newest.partner_id, newest.company_id
              FROM (SELECT DISTINCT ON (company_id, partner_id) *
                      FROM crm_missing_order_decision
                     ORDER BY company_id, partner_id, id DESC) newest
              JOIN crm_customer_metric about
                ON about.partner_id = newest.partner_id
               AND about.company_id = newest.company_id
             WHERE (newest.decision = 'snooze'
                    AND newest.snoozed_until > %(today)s)
                OR (newest.decision = 'not_a_loss'
                    AND newest.last_order_date = about.last_order_date)))""",
        partner=partner,
        company=company,
        today=get_today_sql(SQL("newest.company_id")),
        to_flush=[
            decision._fields[name]
            for name in ("decision", "snoozed_until", "last_order_date")
        ],
    )
