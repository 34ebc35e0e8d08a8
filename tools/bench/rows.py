# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Millions of rows in the likeness of one, made by PostgreSQL itself."""

import json
from contextlib import ExitStack, contextmanager

from odoo.tools import SQL

from odoo.addons.crm_dashboards_demo.records import example_rows


def multiply(cr, table, row, each, **columns):
    """Insert a row like ``row`` for each row of a query, in the query's order.

    :param row: {column: value as in JSON}
    :param each: SQL of the query
    :param columns: SQL of the columns that differ, over ``each``
    """
    others = [name for name in row if name not in ("id", *columns)]
    cr.execute(
        SQL(
            """
            INSERT INTO %(table)s (%(names)s)
            SELECT %(values)s
              FROM (%(each)s) AS each,
                   jsonb_populate_record(NULL::%(table)s, %(row)s) AS example
            """,
            table=SQL.identifier(table),
            names=SQL(", ").join(map(SQL.identifier, [*columns, *others])),
            values=SQL(", ").join(
                [
                    *columns.values(),
                    *(SQL.identifier("example", name) for name in others),
                ]
            ),
            each=each,
            row=json.dumps(row),
        )
    )


def get_last_id(cr, table):
    """Return the highest id of a table, 0 where it is empty."""
    cr.execute(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(table)))
    return cr.fetchone()[0]


@contextmanager
def filling(cr, *tables):
    """Fill tables without their indexes and checks; then make indexes and statistics.

    What was filled so is read as after a day of Odoo's own work: vacuumed, too, which
    has to follow by :func:`vacuum`, since it takes no transaction.
    """
    with example_rows.unchecked(cr), ExitStack() as stack:
        for table in tables:
            stack.enter_context(_without_indexes(cr, table))
        yield


@contextmanager
def _without_indexes(cr, table):
    cr.execute(
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
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    yield
    for _name, definition in indexes:
        cr.execute(SQL(definition.replace("%", "%%")))
    cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def vacuum(env):
    """Do what autovacuum would have done overnight."""
    env.cr.commit()
    cursor = env.cr._cnx.cursor()
    env.cr._cnx.autocommit = True
    try:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            # else the pages written before are written out while something is measured
            cursor.execute("CHECKPOINT")
    finally:
        env.cr._cnx.autocommit = False
        cursor.close()
