# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What was done about customers lately, and what is planned: when, never the words."""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from ..analytics.who_next import REST_DAYS, Act
from .date_words import format_day, format_soon


def read_acts(env, customers, today):
    """Return the acts for which customers are left in peace, or were today.

    And the campaigns about their missing order, for which nobody is.

    :param customers: {customer id: moment of its last engagement or None}
    :param today: date in the company's zone of figures
    :return: {customer id: list of Act}
    """
    acts = {customer: [] for customer in customers}
    since = fields.Datetime.now() - timedelta(REST_DAYS + 1)
    for customer, moment in customers.items():
        if moment and moment >= since:
            acts[customer].append(Act("engagement", moment))
    queries = (
        _get_activities_sql(env, today),
        _get_sent_sql(env, since),
        _get_snoozes_sql(env, today),
        _get_campaigns_sql(env),
    )
    query = SQL(
        """
        SELECT act.partner_id, act.kind, act.moment, act.until, act.type_id
          FROM (%s) act (partner_id, kind, moment, until, type_id)
         WHERE act.partner_id = ANY(%s)
        """,
        SQL(" UNION ALL ").join(queries),
        list(customers),
    )
    for customer, kind, moment, until, type_id in env.execute_query(query):
        rests = kind != "campaign"
        acts[customer].append(Act(kind, moment, until, {"type_id": type_id}, rests))
    return acts


def tell_act(env, facts, today):
    """Say what is planned with a customer, or was done about it.

    An activity tells its type alone, whoever planned it.

    :param facts: what is to be known of an Act as plain values: kind, moment, until,
        type_id
    """
    if facts["kind"] == "engagement":
        return env._("spoken to")
    if facts["kind"] == "quotation":
        return env._("quotation sent")
    if facts["kind"] == "campaign":
        day = fields.Datetime.to_datetime(facts["moment"]).date()
        return env._("in a campaign since %(day)s", day=format_day(env, day))
    day = format_soon(env, fields.Date.to_date(facts["until"]), today)
    if facts["kind"] == "snooze":
        return env._("snoozed until %(day)s", day=day)
    kind = env["mail.activity.type"].sudo().browse(facts["type_id"] or ())
    name = kind.name or env._("Activity")
    return env._("%(type)s planned for %(day)s", type=name, day=day)


def _get_activities_sql(env, today):
    """Return the query of what people planned with customers from today on."""
    selects = []
    for model, partner in env["crm.engagement"]._get_engagement_documents().items():
        company = SQL("TRUE")
        if model != "res.partner":
            company = SQL(
                "COALESCE(document.company_id, %(id)s) = %(id)s", id=env.company.id
            )
        selects.append(
            SQL(
                """
                SELECT contact.commercial_partner_id, 'activity',
                       activity.create_date, activity.date_deadline,
                       activity.activity_type_id
                  FROM mail_activity activity
                  JOIN %(table)s document ON document.id = activity.res_id
                  JOIN res_partner contact ON contact.id = document.%(partner)s
                 WHERE activity.res_model = %(model)s
                   AND activity.active
                   AND activity.automated IS NOT TRUE
                   AND activity.date_deadline >= %(today)s
                   AND %(company)s
                """,
                table=SQL.identifier(env[model]._table),
                partner=SQL.identifier(partner),
                model=model,
                today=today,
                company=company,
            )
        )
    return SQL(" UNION ALL ").join(selects)


def _get_sent_sql(env, since):
    """Return the query of quotations that were sent since a moment."""
    return SQL(
        """
        SELECT contact.commercial_partner_id, 'quotation', sent.date, NULL::date,
               NULL::int4
          FROM crm_quotation_change sent
          JOIN sale_order document ON document.id = sent.order_id
          JOIN res_partner contact ON contact.id = document.partner_id
         WHERE sent.kind = 'sent'
           AND sent.date >= %s
           AND document.company_id = %s
        """,
        since,
        env.company.id,
    )


def _get_snoozes_sql(env, today):
    """Return the query of snoozed customers and alerts."""
    return SQL(
        """
        SELECT newest.partner_id, 'snooze', newest.create_date, newest.snoozed_until,
               NULL::int4
          FROM (SELECT DISTINCT ON (partner_id)
                       partner_id, create_date, snoozed_until
                  FROM crm_call_snooze
                 WHERE company_id = %(company)s
                 ORDER BY partner_id, id DESC) newest
         WHERE newest.snoozed_until > %(today)s
         UNION ALL
        SELECT newest.partner_id, 'snooze', newest.create_date, newest.snoozed_until,
               NULL::int4
          FROM (SELECT DISTINCT ON (partner_id)
                       partner_id, create_date, snoozed_until, decision
                  FROM crm_missing_order_decision
                 WHERE company_id = %(company)s
                 ORDER BY partner_id, id DESC) newest
         WHERE newest.decision = 'snooze'
           AND newest.snoozed_until > %(today)s
        """,
        company=env.company.id,
        today=today,
    )


def _get_campaigns_sql(env):
    """Return the query of campaigns about missing orders that still are missing."""
    return SQL(
        """
        SELECT begun.partner_id, 'campaign', begun.create_date, NULL::date, NULL::int4
          FROM crm_reactivation begun
          JOIN crm_customer_metric metric
            ON metric.partner_id = begun.partner_id
           AND metric.company_id = begun.company_id
           AND metric.last_order_date = begun.last_order_date
         WHERE begun.company_id = %s
        """,
        env.company.id,
    )
