# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whether a customer's order is still overdue: SQL of what the night cannot know.

The night says whose order is late. What happened since counts at once: a newer order, a
snooze, *not a loss*.
"""

from odoo.tools import SQL

from ..nightly.periods import get_figures_zone, get_zone_today


def get_today_sql(env, company):
    """Today in the zone of figures of the ``company`` (SQL of its id)."""
    return _get_of_company_sql(env, company, _get_figures_today_sql)


def get_zone_sql(env, company):
    """The name of the zone of figures of the ``company`` (SQL of its id)."""
    return _get_of_company_sql(
        env, company, lambda each: SQL("%s", get_figures_zone(each).name)
    )


def _get_figures_today_sql(company):
    return SQL("%s::date", get_zone_today(get_figures_zone(company)))


def _get_of_company_sql(env, company, get_sql):
    """SQL of what each company has: they are few, no look-up for each customer."""
    cases = [
        SQL("WHEN %s THEN %s", each.id, get_sql(each))
        for each in env["res.company"]._get_crm_all()
    ]
    return SQL("CASE %s %s END", company, SQL(" ").join(cases))


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
               AND %(is_sound)s
               AND recent.date_order > %(oldest)s
               AND recent.date_order > refresh.as_of))""",
        partner=partner,
        company=company,
        oldest=oldest,
        is_sound=order._get_sound_sql("recent"),
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
        today=get_today_sql(env, SQL("newest.company_id")),
        to_flush=[
            decision._fields[name]
            for name in ("decision", "snoozed_until", "last_order_date")
        ],
    )
