# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Customers and three years of their orders, written by PostgreSQL itself."""

import json
from contextlib import contextmanager

from odoo.tools import SQL

from odoo.addons.crm_dashboards_demo.records import example_rows

DAYS = 1095


class Business:
    """Customers of a company, numbered from one id on, and their orders."""

    def __init__(self, env):
        self.env = env
        self._customer_row, self._order_row = _get_examples(env)
        self._before = None

    def fill(self, customers, orders):
        """Make customers with confirmed orders of the three years up to yesterday.

        Each customer has an order, a few have very many; amounts are spread as the
        sums of three dice are, on a logarithmic scale.
        """
        self.env.cr.execute("SELECT setseed(0.5)")
        ids = example_rows.reserve_ids(self.env.cr, "res_partner", customers)
        self._before = ids.start - 1
        with _without_indexes(self.env, "res_partner"):
            self._add_customers(customers)
        with _without_indexes(self.env, "sale_order"):
            self._add_orders(
                SQL(
                    """
                    SELECT CASE WHEN number <= %(customers)s THEN number
                                ELSE 1 + floor(%(customers)s * power(random(), 1.7))
                           END::int4 AS number,
                           now()::date - random() * make_interval(days => %(days)s)
                           AS moment
                      FROM generate_series(1, %(orders)s) AS number
                    """,
                    customers=customers,
                    orders=orders,
                    days=DAYS,
                )
            )

    def order_again(self, customers, share, moment):
        """Give a share of the customers one more order, at the UTC ``moment``."""
        self._add_orders(
            SQL(
                """
                SELECT number, %s::timestamp AS moment
                  FROM generate_series(1, %s, %s) AS number
                """,
                moment,
                customers,
                round(1 / share),
            )
        )

    def _add_customers(self, customers):
        self._multiply(
            "res_partner",
            self._customer_row,
            SQL("SELECT number FROM generate_series(1, %s) AS number", customers),
            id=self._customer_id,
            commercial_partner_id=self._customer_id,
            name=SQL("'Customer ' || each.number"),
            complete_name=SQL("'Customer ' || each.number"),
        )

    def _add_orders(self, each):
        self._multiply(
            "sale_order",
            self._order_row,
            each,
            partner_id=self._customer_id,
            partner_invoice_id=self._customer_id,
            partner_shipping_id=self._customer_id,
            date_order=SQL("each.moment"),
            amount_untaxed=SQL(
                "round(exp(4 + 2 * (random() + random() + random() - 1.5))::numeric, 2)"
            ),
        )

    @property
    def _customer_id(self):
        return SQL("%s + each.number", self._before)

    def _multiply(self, table, row, each, **columns):
        """Insert a row like ``row`` for each row of a query.

        :param row: {column: value as in JSON}
        :param each: SQL of the query
        :param columns: SQL of the columns that differ, over ``each``
        """
        others = [name for name in row if name not in ("id", *columns)]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (%(names)s, %(others)s)
                SELECT %(values)s, %(copied)s
                  FROM (%(each)s) AS each,
                       jsonb_populate_record(NULL::%(table)s, %(row)s) AS example
                """,
                table=SQL.identifier(table),
                names=SQL(", ").join(map(SQL.identifier, columns)),
                values=SQL(", ").join(columns.values()),
                others=SQL(", ").join(map(SQL.identifier, others)),
                copied=SQL(", ").join(
                    SQL.identifier("example", name) for name in others
                ),
                each=each,
                row=json.dumps(row),
            )
        )


def _get_examples(env):
    """The rows of a customer and of a confirmed order as Odoo makes them."""
    with example_rows.forgotten(env):
        customer = env["res.partner"].create(
            {"name": "Example", "is_company": True, "customer_rank": 1}
        )
        order = env["sale.order"].create({"partner_id": customer.id})
        order.action_confirm()
        return example_rows.row_of(customer), example_rows.row_of(order)


@contextmanager
def _without_indexes(env, table):
    """Fill a table without its indexes, then make them anew, and its statistics.

    Its foreign keys are gone for good: whoever fills it sees to them.
    """
    keys = SQL(
        "SELECT conname FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'f'",
        table,
    )
    for (name,) in env.execute_query(keys):
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(name),
            )
        )
    indexes = env.execute_query(
        SQL(
            """
            SELECT relname, pg_get_indexdef(oid)
              FROM pg_index JOIN pg_class ON oid = indexrelid
             WHERE indrelid = %s::regclass AND NOT indisprimary
               AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
            """,
            table,
        )
    )
    for name, _definition in indexes:
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    yield
    for _name, definition in indexes:
        env.cr.execute(SQL(definition.replace("%", "%%")))
    env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
