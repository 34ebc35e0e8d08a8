# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The night stores each customer's last engagement, and up to where it has read."""

from odoo.tools import SQL

from .customer_changes import LONGEST_TRANSACTION

TEMPORARY_TABLE = "crm_last_engagement_new"


def store_last_engagements(night):
    """Store the last engagement of each customer; write only what changed."""
    env = night.env
    env.flush_all()
    _collect_last_engagements(night)
    env.cr.execute(
        SQL(
            """
            UPDATE crm_customer_metric old
               SET night_engagement_date = fresh.date,
                   night_engagement_type_id = fresh.activity_type_id,
                   night_engagement_user_id = fresh.user_id,
                   write_date = now() AT TIME ZONE 'UTC'
              FROM crm_customer_metric metric
              LEFT JOIN %(fresh)s fresh ON fresh.partner_id = metric.partner_id
             WHERE old.id = metric.id
               AND metric.company_id = %(company)s
               AND %(customer)s
               AND (old.night_engagement_date, old.night_engagement_type_id,
                    old.night_engagement_user_id)
                   IS DISTINCT FROM
                   (fresh.date, fresh.activity_type_id, fresh.user_id)
            """,
            company=night.company.id,
            customer=_get_customer_condition("metric", night.customer),
            fresh=SQL.identifier(TEMPORARY_TABLE),
        )
    )
    env["crm.customer.metric"].invalidate_model()
    if not night.customer:
        _note_what_was_read(night)


def _collect_last_engagements(night):
    """Put the last engagement of each customer into a temporary table.

    On its own: joined to figures that were stored a moment ago, of which the planner
    knows nothing yet, this query would be planned for a handful of rows.
    """
    cr, table = night.env.cr, SQL.identifier(TEMPORARY_TABLE)
    cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
    cr.execute(
        SQL(
            """
            CREATE TEMPORARY TABLE %(table)s ON COMMIT DROP AS
            SELECT DISTINCT ON (partner_id) partner_id, date, activity_type_id, user_id
              FROM (%(engagements)s) engagement
             WHERE COALESCE(company_id, %(company)s) = %(company)s
               AND %(customer)s
             ORDER BY partner_id, date DESC, id DESC
            """,
            table=table,
            company=night.company.id,
            customer=_get_customer_condition("engagement", night.customer),
            engagements=night.env["crm.engagement"]._get_engagements_sql(),
        )
    )
    cr.execute(SQL("CREATE UNIQUE INDEX ON %s (partner_id)", table))
    cr.execute(SQL("ANALYZE %s", table))


def _get_customer_condition(alias, customer):
    if not customer:
        return SQL("TRUE")
    return SQL("%s = %s", SQL.identifier(alias, "partner_id"), customer.id)


def _note_what_was_read(night):
    """Note up to where messages and meetings were surely seen."""
    # Of the database's clock, as are the dates compared with it.
    read_at = night.env.cr.now() - LONGEST_TRANSACTION
    query = SQL(
        """
        SELECT id FROM mail_message WHERE create_date < %s ORDER BY id DESC LIMIT 1
        """,
        read_at,
    )
    rows = night.env.execute_query(query)
    night.refresh.write(
        {
            "engagement_message_id": rows[0][0] if rows else 0,
            "engagement_read_at": read_at,
        }
    )
