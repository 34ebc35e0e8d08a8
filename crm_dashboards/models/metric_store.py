"""Columns of figures into the table crm_customer_metric, only what changed."""

from odoo.tools import SQL

from ..analytics.rfm import SEGMENTS
from ..analytics.rfm_moves import SEGMENT_STANDING
from .copy_binary import write_temporary_table
from .crm_customer_metric import LEFT_OUT_SELECTION

TEMPORARY_TABLE = "crm_customer_metric_new"
# column of crm_customer_metric: SQL of its value from the temporary table
VALUES = {
    "left_out_reason": "(%(left_out_codes)s)[fresh.left_out]",
    "segment": "(%(segments)s)[fresh.segment + 1]",
    "recency_score": "fresh.recency_score",
    "frequency_score": "fresh.frequency_score",
    "monetary_score": "fresh.monetary_score",
    "frequency_monetary_score": "fresh.frequency_monetary_score",
    "first_order_date": "DATE '1970-01-01' + fresh.first_day",
    "last_order_date": "DATE '1970-01-01' + fresh.last_day",
    "order_count": "fresh.order_count",
    "order_value": "ROUND(fresh.value_cents / 10::numeric ^ %(decimals)s, %(decimals)s)",
    "order_total_count": "fresh.order_total_count",
}


class MetricStore:
    """Writes one company's figures in the current transaction.

    A row that did not change is neither written nor locked: the changed ones are found
    by a join before anything is updated.
    """

    def __init__(self, env, company, decimals):
        self.env = env
        self.company = company
        params = {
            "left_out_codes": [code for code, _label in LEFT_OUT_SELECTION],
            "segments": list(SEGMENTS),
            "decimals": decimals,
        }
        self.values = {
            column: SQL(sql, **params) if "%(" in sql else SQL(sql)
            for column, sql in VALUES.items()
        }

    def write(self, columns, moves_on):
        """Store ``columns`` and note the segment moves.

        :param columns: {name: array}; partner_id, left_out (0 for none), segment (-1
            for none), the scores, first_day and last_day (days since 1970-01-01),
            order_count, value_cents, order_total_count, and recent_count: orders since
            the day of the last refresh
        :param moves_on: date to note moves under; None where a change of segment is no
            news of the customer, since the settings changed or nothing was known yet
        :return: number of rows inserted, updated or deleted
        """
        write_temporary_table(self.env, TEMPORARY_TABLE, columns)
        if moves_on:
            self._insert_moves(moves_on)
        changed = self._update() + self._insert() + self._delete()
        self.env["crm.customer.metric"].invalidate_model()
        self.env["crm.segment.move"].invalidate_model()
        return changed

    def _insert_moves(self, moves_on):
        """Note who changed segment, and whether by orders or by time passing.

        More orders than were taken since the last refresh mean that the history itself
        was rewritten (partners merged, orders imported): no news of the customer.
        """
        self._execute(
            """
            INSERT INTO crm_segment_move (
                   partner_id, company_id, date, segment_from, segment_to, direction,
                   cause, create_uid, create_date, write_uid, write_date)
            SELECT old.partner_id, old.company_id, %(moves_on)s, old.segment,
                   %(segment)s,
                   CASE WHEN array_position(%(standing)s, %(segment)s)
                           < array_position(%(standing)s, old.segment)
                        THEN 'up' ELSE 'down' END,
                   CASE WHEN old.order_total_count = fresh.order_total_count
                        THEN 'time' ELSE 'orders' END,
                   %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
              FROM crm_customer_metric old
              JOIN %(fresh)s fresh ON fresh.partner_id = old.partner_id
             WHERE old.company_id = %(company)s
               AND old.segment <> %(segment)s
               AND fresh.order_total_count
                   <= old.order_total_count + fresh.recent_count
            """,
            moves_on=moves_on,
            segment=self.values["segment"],
            standing=list(SEGMENT_STANDING),
        )

    def _update(self):
        columns = [SQL.identifier(column) for column in self.values]
        old = SQL(", ").join(SQL("old.%s", column) for column in columns)
        return self._execute(
            """
            UPDATE crm_customer_metric old
               SET (%(columns)s, write_uid, write_date)
                   = ROW(%(values)s, %(uid)s, now() AT TIME ZONE 'UTC')
              FROM %(fresh)s fresh
             WHERE old.company_id = %(company)s
               AND old.partner_id = fresh.partner_id
               AND (%(old)s) IS DISTINCT FROM (%(values)s)
            """,
            columns=SQL(", ").join(columns),
            values=SQL(", ").join(self.values.values()),
            old=old,
        )

    def _insert(self):
        return self._execute(
            """
            INSERT INTO crm_customer_metric (
                   partner_id, company_id, %(columns)s,
                   create_uid, create_date, write_uid, write_date)
            SELECT fresh.partner_id, %(company)s, %(values)s,
                   %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
              FROM %(fresh)s fresh
             WHERE NOT EXISTS (
                   SELECT FROM crm_customer_metric old
                    WHERE old.company_id = %(company)s
                      AND old.partner_id = fresh.partner_id)
            """,
            columns=SQL(", ").join(SQL.identifier(column) for column in self.values),
            values=SQL(", ").join(self.values.values()),
        )

    def _delete(self):
        return self._execute(
            """
            DELETE FROM crm_customer_metric old
             WHERE old.company_id = %(company)s
               AND NOT EXISTS (
                   SELECT FROM %(fresh)s fresh
                    WHERE fresh.partner_id = old.partner_id)
            """
        )

    def _execute(self, query, **params):
        self.env.cr.execute(
            SQL(
                query,
                company=self.company.id,
                uid=self.env.uid,
                fresh=SQL.identifier(TEMPORARY_TABLE),
                **params,
            )
        )
        return self.env.cr.rowcount
