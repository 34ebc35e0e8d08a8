"""Columns of figures into the table crm_customer_metric, only what changed."""

from odoo.tools import SQL

from ..analytics.missing_orders import NO_DAY
from ..analytics.rfm import SEGMENTS
from ..analytics.rfm_moves import SEGMENT_STANDING
from ..analytics.trend import TREND_CLASSES
from .copy_binary import write_temporary_table
from .crm_customer_metric import LEFT_OUT_SELECTION
from .figure_columns import NO_CENTS, ORDER_STATES

TEMPORARY_TABLE = "crm_customer_metric_new"
CODES = {
    "left_out_reason": ("left_out", [code for code, _label in LEFT_OUT_SELECTION], 0),
    "segment": ("segment", list(SEGMENTS), 1),
    "order_state": ("order_state", list(ORDER_STATES), 0),
    "trend": ("trend", list(TREND_CLASSES), 1),
}
NUMBERS = (
    "recency_score",
    "frequency_score",
    "monetary_score",
    "frequency_monetary_score",
    "order_count",
    "order_total_count",
    "gap_count",
    "gap_shorter_count",
    "daily_sales",
)
MEASURES = (
    "interval_days",
    "interval_low_days",
    "interval_high_days",
    "silence_probability",
    "trend_change",
)
DATES = ("first_order_date", "last_order_date", "expected_order_date")
AMOUNTS = (
    "order_value",
    "expected_order_value",
    "value_at_risk",
    "month_value",
    "month_value_before_today",
    "trend_this_year",
    "trend_last_year",
)
MARKS = ("trend_is_new", "trend_is_lost", "trend_is_chance")


class MetricStore:
    """Writes one company's figures, or one customer's, in the current transaction.

    A row that did not change is neither written nor locked: the changed ones are found
    by a join before anything is updated.
    """

    def __init__(self, env, company, decimals, customer=None):
        self.env = env
        self.company = company
        self.customer = customer
        self.values = _get_values(decimals)

    def store(self, columns, moves_on):
        """Store ``columns`` and note the segment moves.

        :param columns: {name: array}, see figure_columns.make_columns
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
               AND %(customer)s
               AND NOT EXISTS (
                   SELECT FROM %(fresh)s fresh
                    WHERE fresh.partner_id = old.partner_id)
            """,
            customer=SQL("old.partner_id = %s", self.customer.id)
            if self.customer
            else SQL("TRUE"),
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


def _get_values(decimals):
    """Return {column of crm_customer_metric: SQL of its value, empty where undefined}.

    :param int decimals: of the company's currency
    """

    def fresh(name):
        return SQL("fresh.%s", SQL.identifier(name))

    values = {
        column: SQL("(%s)[%s + %s]", codes, fresh(name), offset)
        for column, (name, codes, offset) in CODES.items()
    }
    for name in NUMBERS:
        values[name] = fresh(name)
    for name in MEASURES:
        values[name] = SQL("NULLIF(%s, 'NaN')", fresh(name))
    for name in DATES:
        values[name] = SQL(
            "DATE '1970-01-01' + NULLIF(%s, %s)", fresh(name), int(NO_DAY)
        )
    for name in AMOUNTS:
        values[name] = SQL(
            "ROUND(NULLIF(%s, %s) / 10::numeric ^ %s, %s)",
            fresh(name),
            int(NO_CENTS),
            decimals,
            decimals,
        )
    for name in MARKS:
        values[name] = SQL("%s = 1", fresh(name))
    return values
