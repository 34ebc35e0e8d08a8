# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Alerts of the night: what they said, who acted on them, what became of them."""

from odoo.tools import SQL

from ..analytics.history import day_to_date
from ..analytics.what_followed import IN_TIME_DAYS
from .account_managers import get_active_user_sql
from .answers import find_answered, get_order_dates

MISSING_ORDER = "missing_order"
MANY_ALERTS = 1_000  # new ones, of which PostgreSQL should know at once
SLACK_DAYS = 1  # of zones, and transactions that were open while the night read
OPEN = SQL(
    """
    NOT EXISTS (SELECT FROM crm_alert_outcome outcome WHERE outcome.alert_id = alert.id)
    """
)


def record_alerts(night):
    """Note what was done about open alerts, outcomes, and new alerts.

    Actions first: an alert that ends this night may have been acted on before, and
    would else be one of those about which nothing was done.
    """
    night.env.flush_all()
    _add_actions(night)
    _add_outcomes(night)
    _add_alerts(night)
    for model in ("crm.alert", "crm.alert.action", "crm.alert.outcome"):
        night.env[model].invalidate_model()


def _add_alerts(night):
    """Add the missing orders that are shown from this night on."""
    metric = night.env["crm.customer.metric"]
    query = metric._search(
        [("company_id", "=", night.company.id), ("is_missing", "=", True)]
    )
    columns = {
        name: metric._field_to_sql(query.table, name, query)
        for name in (
            "partner_id",
            "last_order_date",
            "interval_days",
            "expected_order_date",
            "expected_order_value",
            "days_overdue",
            "value_at_risk",
        )
    }
    shown = query.subselect(
        *(
            SQL("%s AS %s", value, SQL.identifier(name))
            for name, value in columns.items()
        )
    )
    night.env.cr.execute(
        SQL(
            """
            INSERT INTO crm_alert (
                   kind, company_id, currency_id, as_of, date, user_id, %(columns)s)
            SELECT %(kind)s, %(company)s, %(currency)s, %(as_of)s, %(date)s,
                   %(manager)s, %(shown_columns)s
              FROM (%(shown)s) shown
              JOIN res_partner customer ON customer.id = shown.partner_id
             WHERE NOT EXISTS (
                   SELECT FROM crm_alert known
                    WHERE known.kind = %(kind)s
                      AND known.company_id = %(company)s
                      AND known.partner_id = shown.partner_id
                      AND known.last_order_date = shown.last_order_date)
            """,
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            shown_columns=SQL(", ").join(
                SQL.identifier("shown", name) for name in columns
            ),
            manager=get_active_user_sql(night.env, SQL("customer.user_id")),
            shown=shown,
            kind=MISSING_ORDER,
            company=night.company.id,
            currency=night.company.currency_id.id,
            as_of=night.now,
            date=day_to_date(night.settings.as_of),
        )
    )
    if night.env.cr.rowcount >= MANY_ALERTS:
        # by the company it chooses how to look up what was done about them
        night.env.cr.execute("ANALYZE crm_alert (company_id, partner_id)")


def _add_actions(night):
    """Add the first action of each kind about each open alert, since it was shown.

    Of activities, of which there are many, those that no night can have seen: looked up
    once, since on a first night nothing is known of the table of alerts, and PostgreSQL
    would look them up anew for each of them.
    """
    previous = night.previous_day
    since = night.now if previous is None else day_to_date(previous - SLACK_DAYS)
    night.env.cr.execute(
        SQL(
            """
            WITH alert AS (
                SELECT alert.*
                  FROM crm_alert alert
                 WHERE alert.company_id = %(company)s AND %(open)s),
            planned AS MATERIALIZED (
                SELECT %(customer)s AS partner_id, activity.create_date AS date
                  FROM mail_activity activity
                 WHERE activity.automated IS NOT TRUE
                   AND activity.create_date >= %(since)s),
            action AS (
                SELECT alert.id AS alert_id, 'engagement' AS kind,
                       metric.night_engagement_date AS date
                  FROM alert
                  JOIN crm_customer_metric metric
                    ON metric.partner_id = alert.partner_id
                   AND metric.company_id = alert.company_id
                 UNION ALL
                SELECT alert.id, 'activity', planned.date
                  FROM alert
                  JOIN planned ON planned.partner_id = alert.partner_id
                 UNION ALL
                SELECT alert.id, 'campaign', campaign.create_date
                  FROM alert
                  JOIN crm_reactivation campaign
                    ON campaign.partner_id = alert.partner_id
                   AND campaign.company_id = alert.company_id
                   AND campaign.last_order_date = alert.last_order_date
                   AND campaign.is_held_out IS NOT TRUE
                 UNION ALL
                SELECT alert.id, decision.decision, decision.create_date
                  FROM alert
                  JOIN crm_missing_order_decision decision
                    ON decision.partner_id = alert.partner_id
                   AND decision.company_id = alert.company_id
                   AND decision.last_order_date = alert.last_order_date
                   AND decision.decision IN ('snooze', 'not_a_loss'))
            INSERT INTO crm_alert_action (alert_id, kind, date)
            SELECT action.alert_id, action.kind, MIN(action.date)
              FROM action
              JOIN alert ON alert.id = action.alert_id
             WHERE action.date >= alert.as_of
               AND NOT EXISTS (
                   SELECT FROM crm_alert_action known
                    WHERE known.alert_id = action.alert_id
                      AND known.kind = action.kind)
             GROUP BY action.alert_id, action.kind
            """,
            company=night.company.id,
            open=OPEN,
            since=since,
            customer=night.env["crm.engagement"]._get_activity_customer_sql(),
        )
    )


def _add_outcomes(night):
    """Add what became of open alerts: an order, or that nobody waits any more."""
    rows = [*_find_orders(night), *_find_lapsed(night)]
    if rows:
        night.env.cr.execute_values(
            """
            INSERT INTO crm_alert_outcome (alert_id, result, date, days, is_in_time)
            VALUES %s
            """,
            rows,
        )


def _find_orders(night):
    """Yield an outcome for each open alert whose customer has ordered since.

    The oldest open alert of a customer takes the first day with an order after its last
    one that is no other alert's outcome.
    """
    open_alerts = SQL(
        """
        SELECT alert.id::int4, alert.partner_id::int4,
               (alert.last_order_date - DATE '1970-01-01')::int4
          FROM crm_alert alert
         WHERE alert.company_id = %s AND %s
        """,
        night.company.id,
        OPEN,
    )
    taken = set()
    for alert in _read_alerts(night, find_answered(night, open_alerts)):
        partner = alert["partner_id"]
        taken.update((partner, day) for day in alert["taken"])
        for day in get_order_dates(night.orders, partner, alert["last_order_date"]):
            if (partner, day) not in taken:
                taken.add((partner, day))
                waited = (day - alert["date"]).days
                limit = max(IN_TIME_DAYS, alert["interval_days"] or 0)
                yield alert["id"], "ordered", day, waited, waited <= limit
                break


def _read_alerts(night, ids):
    """Return alerts as dicts, the oldest first.

    Each with the days that are the outcome of other alerts of its customer.
    """
    return night.env.execute_query_dict(
        SQL(
            """
            SELECT alert.id, alert.partner_id, alert.date, alert.last_order_date,
                   alert.interval_days,
                   ARRAY(SELECT outcome.date
                           FROM crm_alert_outcome outcome
                           JOIN crm_alert other ON other.id = outcome.alert_id
                          WHERE other.partner_id = alert.partner_id
                            AND other.company_id = alert.company_id
                            AND outcome.result = 'ordered') AS taken
              FROM crm_alert alert
             WHERE alert.id = ANY(%s)
             ORDER BY alert.date, alert.id
            """,
            ids,
        )
    )


def _find_lapsed(night):
    """Yield an outcome for each open alert about an order nobody waits for any more."""
    today = day_to_date(night.settings.as_of)
    query = SQL(
        """
        SELECT alert.id, alert.date
          FROM crm_alert alert
          JOIN crm_customer_metric metric
            ON metric.partner_id = alert.partner_id
           AND metric.company_id = alert.company_id
           AND metric.last_order_date = alert.last_order_date
         WHERE alert.company_id = %s
           AND metric.order_state = 'lapsed'
           AND %s
        """,
        night.company.id,
        OPEN,
    )
    for alert_id, date in night.env.execute_query(query):
        yield alert_id, "lapsed", today, (today - date).days, False
