# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Many rows in the likeness of one record.

Odoo takes minutes to make what a demo needs in seconds. So one record is made by
Odoo itself, read as a row, and forgotten again; the others are copied into the
table with that row's values wherever they do not bring their own. Columns of other
addons are filled as those addons fill them.
"""

import contextlib
import datetime
import io
import itertools
import json
from decimal import Decimal

from psycopg2 import sql

from odoo.tools import split_every

BATCH = 20_000
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@contextlib.contextmanager
def forgotten(env):
    """Whatever is done inside is undone at the end.

    What was to happen after the commit is forgotten too, also what was there before:
    it would look for records that never were.
    """
    with contextlib.closing(env.cr.savepoint()):
        yield
    env.cr.postcommit.clear()


@contextlib.contextmanager
def unchecked(cr):
    """Skip the checks of foreign keys inside, which take most of the time.

    Only a superuser of PostgreSQL may; whoever is none has them checked.
    """
    cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    (may_skip,) = cr.fetchone()
    if may_skip:
        cr.execute("SET LOCAL session_replication_role = replica")
    yield
    if may_skip:
        cr.execute("SET LOCAL session_replication_role = origin")


def row_of(record):
    """The row of a record: {column: value as in JSON}."""
    record.env.flush_all()
    cr = record.env.cr
    query = sql.SQL("SELECT to_jsonb(t) FROM {} t WHERE id = %s")
    cr.execute(query.format(sql.Identifier(record._table)), [record.id])
    return cr.fetchone()[0]


def reserve_ids(cr, table, count):
    """Take ``count`` ids of a table; returns them as a range."""
    sequence = f"{table}_id_seq"
    cr.execute(
        "SELECT setval(%s, nextval(%s) + %s - 1)", [sequence, sequence, max(count, 1)]
    )
    last = cr.fetchone()[0]
    return range(last - max(count, 1) + 1, last - max(count, 1) + 1 + count)


def insert(cr, table, example, rows):
    """Insert rows that are like ``example`` but for the columns they bring.

    example: {column: value} as from ``row_of``, or {} where the rows bring all;
    rows: iterable of {column: value}, all of the same columns in the same order;
    values are None, bool, numbers, dates, naive UTC datetimes, str or dict (JSON).
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    columns = list(first)
    staging = sql.Identifier(f"staging_{table}")
    target = sql.Identifier(table)
    cr.execute(
        sql.SQL("CREATE TEMP TABLE {} AS SELECT {} FROM {} WITH NO DATA").format(
            staging, sql.SQL(", ").join(map(sql.Identifier, columns)), target
        )
    )
    copy = sql.SQL("COPY {} FROM STDIN").format(staging).as_string(cr._cnx)
    for batch in split_every(BATCH, itertools.chain([first], rows)):
        lines = "".join("\t".join(map(_to_text, row.values())) + "\n" for row in batch)
        cr.copy_expert(copy, io.StringIO(lines))
    others = [column for column in example if column not in columns]
    cr.execute(
        sql.SQL(
            "INSERT INTO {target} ({all_names}) SELECT {values}"
            " FROM {staging} staged, jsonb_populate_record(NULL::{target}, %s) example"
        ).format(
            target=target,
            staging=staging,
            all_names=sql.SQL(", ").join(map(sql.Identifier, [*columns, *others])),
            values=sql.SQL(", ").join(
                [sql.Identifier("staged", column) for column in columns]
                + [sql.Identifier("example", column) for column in others]
            ),
        ),
        [json.dumps(example)],
    )
    cr.execute(sql.SQL("DROP TABLE {}").format(staging))


def _to_text(value):
    return _AS_TEXT[type(value)](value)


def _escape(text):
    return text.translate(_ESCAPES)


_AS_TEXT = {
    type(None): lambda _none: "\\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    float: str,
    Decimal: str,
    str: _escape,
    dict: lambda value: _escape(json.dumps(value)),
    datetime.date: datetime.date.isoformat,
    datetime.datetime: datetime.datetime.isoformat,
}
