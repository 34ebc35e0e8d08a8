from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

TEMPORARY_TABLE = "crm_last_engagement_new"
# A transaction that was open while the figures were made shows its messages later.
LONGEST_TRANSACTION = timedelta(hours=1)


class CrmMetricRefresh(models.Model):
    """The night stores each customer's last engagement, and up to where it has read."""

    _inherit = "crm.metric.refresh"

    engagement_message_id = fields.Integer(
        readonly=True, help="Messages with a higher id may not have been read."
    )
    engagement_read_at = fields.Datetime(
        readonly=True, help="Meetings changed later may not have been read."
    )

    @api.model
    def _refresh_company(self, company):
        if not super()._refresh_company(company):
            return False
        self.sudo()._store_last_engagements(company)
        self.sudo()._store_what_was_read(company)
        return True

    @api.model
    def _refresh_customer(self, company, customer):
        if not super()._refresh_customer(company, customer):
            return False
        self.sudo()._store_last_engagements(company, customer)
        return True

    @api.model
    def _store_last_engagements(self, company, customer=None):
        """Store the last engagement of each customer; write only what changed.

        :param customer: res.partner to store only its last one
        """
        self.env.flush_all()
        self._collect_last_engagements(company, customer)
        self.env.cr.execute(
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
                company=company.id,
                customer=self._get_customer_condition("metric", customer),
                fresh=SQL.identifier(TEMPORARY_TABLE),
            )
        )
        self.env["crm.customer.metric"].invalidate_model()

    @api.model
    def _collect_last_engagements(self, company, customer):
        """Put the last engagement of each customer into a temporary table.

        On its own: joined to figures that were stored a moment ago, of which the
        planner knows nothing yet, this query would be planned for a handful of rows.
        """
        table = SQL.identifier(TEMPORARY_TABLE)
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE %(table)s ON COMMIT DROP AS
                SELECT DISTINCT ON (partner_id) partner_id, date, activity_type_id,
                       user_id
                  FROM (%(engagements)s) engagement
                 WHERE COALESCE(company_id, %(company)s) = %(company)s
                   AND %(customer)s
                 ORDER BY partner_id, date DESC, id DESC
                """,
                table=table,
                company=company.id,
                customer=self._get_customer_condition("engagement", customer),
                engagements=self.env["crm.engagement"]._get_engagements_sql(),
            )
        )
        self.env.cr.execute(SQL("CREATE UNIQUE INDEX ON %s (partner_id)", table))
        self.env.cr.execute(SQL("ANALYZE %s", table))

    @api.model
    def _get_customer_condition(self, alias, customer):
        if not customer:
            return SQL("TRUE")
        return SQL("%s = %s", SQL.identifier(alias, "partner_id"), customer.id)

    @api.model
    def _store_what_was_read(self, company):
        """Note up to where messages and meetings were surely seen."""
        # Of the database's clock, as are the dates compared with it.
        read_at = self.env.cr.now() - LONGEST_TRANSACTION
        self._get_refresh(company).write(
            {
                "engagement_message_id": self._get_last_message_id(read_at),
                "engagement_read_at": read_at,
            }
        )

    @api.model
    def _get_last_message_id(self, moment):
        """Return the id of the last message created before the UTC ``moment``."""
        query = SQL(
            """
            SELECT id FROM mail_message
             WHERE create_date < %s ORDER BY id DESC LIMIT 1
            """,
            moment,
        )
        rows = self.env.execute_query(query)
        return rows[0][0] if rows else 0

    @api.model
    def _get_engagements_since(self):
        """Return the conditions on messages and meetings that no night has seen.

        Reading some twice does no harm, for it is the last one that counts: companies
        share the conditions of the one that waited longest.

        :return: (SQL on ``message``, SQL on ``event``)
        """
        query = SQL(
            """
            SELECT COALESCE(MIN(COALESCE(engagement_message_id, 0)), 0),
                   COALESCE(MIN(COALESCE(engagement_read_at, 'epoch')), 'epoch'),
                   COALESCE(MIN(as_of), 'epoch')
              FROM crm_metric_refresh
             WHERE as_of IS NOT NULL
            """,
            to_flush=[
                self._fields[name]
                for name in ("engagement_message_id", "engagement_read_at", "as_of")
            ],
        )
        ((message_id, read_at, as_of),) = self.env.execute_query(query)
        return (
            SQL("message.id > %s", message_id),
            SQL("(event.write_date >= %s OR event.stop >= %s)", read_at, as_of),
        )
