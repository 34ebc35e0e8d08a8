# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a person decided about an alert counts at once: a snooze, *not a loss*."""

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


def get_put_off_sql(env, partner, company, last_order_date):
    """Whether the newest decision about the customer's alert keeps it away.

    :param partner, company: SQL of their ids
    :param last_order_date: SQL of the order that the alert is about
    """
    return SQL(
        "(%s OR %s)",
        SQL(
            """(%(partner)s, %(company)s) IN (
                SELECT newest.partner_id, newest.company_id
                  FROM %(newest)s
                 WHERE newest.decision = 'snooze'
                   AND newest.snoozed_until > %(today)s)""",
            partner=partner,
            company=company,
            newest=_get_newest_sql(env),
            today=get_today_sql(env, SQL("newest.company_id")),
        ),
        get_not_a_loss_sql(env, partner, company, last_order_date),
    )


def get_not_a_loss_sql(env, partner, company, last_order_date):
    """Whether it was decided that the customer's alert is about no loss.

    :param partner, company, last_order_date: as for :func:`get_put_off_sql`
    """
    return SQL(
        """(%(partner)s, %(company)s, %(last_order_date)s) IN (
            SELECT newest.partner_id, newest.company_id, newest.last_order_date
              FROM %(newest)s
             WHERE newest.decision = 'not_a_loss'
               AND newest.last_order_date IS NOT NULL)""",
        partner=partner,
        company=company,
        last_order_date=last_order_date,
        newest=_get_newest_sql(env),
    )


def _get_newest_sql(env):
    """The newest decision about each customer, as ``newest``."""
    decision = env["crm.missing.order.decision"]
    return SQL(
        """
        (SELECT DISTINCT ON (company_id, partner_id) *
           FROM crm_missing_order_decision
          ORDER BY company_id, partner_id, id DESC) newest
        """,
        to_flush=[
            decision._fields[name]
            for name in ("decision", "snoozed_until", "last_order_date")
        ],
    )
