# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What was done about customers lately, and what is planned: when, never the words."""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from ..analytics.who_next import REST_DAYS
from ..nightly.periods import get_figures_zone
from .date_words import format_day, format_soon


def get_acts_query(env, today, engagements):
    """Return the query of the acts for which customers are left in peace, or were.

    An act gives peace until its planned day, else for a week; a campaign about a
    missing order gives none.

    :param today: date in the company's zone of figures
    :param engagements: function that returns the query of who was engaged since a UTC
        moment, with columns partner_id and moment
    :return: SQL with a row a customer: partner_id; moment, day (in that zone) and
        last_day of the newest act that gives peace; facts (jsonb) of all acts, the
        newest first, as :func:`tell_act` takes them
    """
    return SQL(
        """
        SELECT partner_id,
               MAX(moment) FILTER (WHERE last_day > %(today)s) AS moment,
               (ARRAY_AGG(day ORDER BY moment DESC)
                FILTER (WHERE last_day > %(today)s))[1] AS day,
               (ARRAY_AGG(last_day ORDER BY moment DESC)
                FILTER (WHERE last_day > %(today)s))[1] AS last_day,
               JSONB_AGG(JSONB_BUILD_OBJECT(
                   'kind', kind, 'day', day, 'until', until, 'type_id', type_id)
                   ORDER BY moment DESC, kind) AS facts
          FROM (%(acts)s) act
         GROUP BY partner_id
        """,
        today=today,
        acts=_get_dated_acts_sql(env, today, engagements),
    )


def get_rests_query(env, today, engagements):
    """Return the query of who is left in peace for an act, and since when.

    Without what it was, which takes as long as finding all of them.

    :param today, engagements: as for :func:`get_acts_query`
    :return: SQL with a row a customer: partner_id; moment and day (in the zone of
        figures) of the newest such act; spoken: moment of such an engagement
    """
    return SQL(
        """
        SELECT partner_id, MAX(moment) AS moment, MAX(day) AS day,
               MAX(moment) FILTER (WHERE kind = 'engagement') AS spoken
          FROM (%(acts)s) act
         WHERE last_day > %(today)s
         GROUP BY partner_id
        """,
        today=today,
        acts=_get_dated_acts_sql(env, today, engagements),
    )


def _get_dated_acts_sql(env, today, engagements):
    """Return the query of all acts with the day they were done on, and the last day
    for which they give peace, if they do.
    """
    since = fields.Datetime.now() - timedelta(REST_DAYS + 1)
    engaged = SQL(
        "SELECT partner_id, 'engagement', moment, NULL::date, NULL::int4 FROM (%s) act",
        engagements(since),
    )
    acts = (
        engaged,
        _get_activities_sql(env, today),
        _get_sent_sql(env, since),
        _get_snoozes_sql(env, today),
        _get_campaigns_sql(env),
    )
    return SQL(
        """
        SELECT act.*,
               (moment AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS day,
               CASE WHEN kind <> 'campaign'
                    THEN COALESCE(until, moment::date + %(rest)s) END AS last_day
          FROM (%(acts)s) act (partner_id, kind, moment, until, type_id)
        """,
        zone=get_figures_zone(env.company).name,
        rest=REST_DAYS,
        acts=SQL(" UNION ALL ").join(acts),
    )


def read_newest_acts(env, engaged, today):
    """Return the newest act of some customers, as :func:`tell_act` takes it.

    :param engaged: {customer id: moment of its last engagement or False}
    :param today: date in the company's zone of figures
    :return: {customer id: dict} of those with an act
    """
    moments = SQL(
        "SELECT * FROM UNNEST(%s::int4[], %s::timestamp[])"
        " engaged (partner_id, moment)",
        list(engaged),
        [moment or None for moment in engaged.values()],
    )
    query = SQL(
        "SELECT partner_id, facts -> 0 FROM (%s) act WHERE partner_id = ANY(%s)",
        get_acts_query(
            env, today, lambda since: SQL("%s WHERE moment >= %s", moments, since)
        ),
        list(engaged),
    )
    return dict(env.execute_query(query))


def tell_act(env, facts, today):
    """Say what is planned with a customer, or was done about it.

    An activity tells its type alone, whoever planned it.

    :param facts: dict with kind, day on which it was done, until, type_id
    """
    if facts["kind"] == "engagement":
        return env._("spoken to")
    if facts["kind"] == "quotation":
        return env._("quotation sent")
    if facts["kind"] == "campaign":
        day = fields.Date.to_date(facts["day"])
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
           AND begun.is_held_out IS NOT TRUE
        """,
        env.company.id,
    )
