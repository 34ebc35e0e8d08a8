"""The table of orders to measure on, and rows between PostgreSQL and numpy."""

from io import BytesIO

import numpy as np

COPY_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
COPY_TRAILER = b"\xff\xff"
SQL_TYPES = {"i2": "int2", "i4": "int4", "i8": "int8", "f8": "float8"}

GROUP_BY = """
    SELECT sum(orders), sum(total), min(first), max(last)
      FROM (SELECT partner_id, count(*) AS orders, sum(amount) AS total,
                   min(date_order) AS first, max(date_order) AS last
              FROM orders GROUP BY partner_id) AS customers
"""
READ = """
    SELECT partner_id, (date_order::date - DATE '1970-01-01')::int4,
           (amount * 100)::int8
      FROM orders WHERE partner_id >= %s AND partner_id < %s
"""


def create_orders(cursor, customers, orders, last_date):
    """Fill the table of orders: three years, a few customers with very many.

    cursor: of psycopg2; last_date: ISO date of the newest orders. The amounts are
    numeric and the moments timestamps, as in Odoo's own table.
    """
    cursor.execute("SELECT setseed(0.5)")
    cursor.execute(
        "CREATE UNLOGGED TABLE orders (id serial, partner_id int4 NOT NULL,"
        " date_order timestamp NOT NULL, amount numeric NOT NULL)"
    )
    cursor.execute(
        """
        INSERT INTO orders (partner_id, date_order, amount)
        SELECT CASE WHEN number <= %(customers)s THEN number
                    ELSE 1 + floor(%(customers)s * power(random(), 1.7))::int4 END,
               %(last)s::timestamp - random() * interval '1095 days',
               round(exp(4 + 2 * (random() + random() + random() - 1.5))::numeric, 2)
          FROM generate_series(1, %(orders)s) AS number
        """,
        {"customers": customers, "orders": orders, "last": last_date},
    )
    cursor.execute("CREATE INDEX ON orders (partner_id); ANALYZE orders")


def add_orders(cursor, share, customers, last_date):
    """One more order, on the last date, of a share of the customers."""
    cursor.execute(
        """
        INSERT INTO orders (partner_id, date_order, amount)
        SELECT number, %(last)s, 100
          FROM generate_series(1, %(customers)s, %(step)s) AS number
        """,
        {"customers": customers, "step": round(1 / share), "last": last_date},
    )


def read_orders(cursor, first, end):
    """Columns partner_id, day and cents of the orders of a range of customers."""
    buffer = BytesIO()
    query = cursor.mogrify(READ, (first, end)).decode()
    cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", buffer)
    types = {"partner_id": "i4", "day": "i4", "cents": "i8"}
    body = buffer.getbuffer()[len(COPY_HEADER) : -len(COPY_TRAILER)]
    rows = np.frombuffer(body, _record(types))
    return [rows[name].astype(kind) for name, kind in types.items()]


def store(cursor, columns):
    """Store figures, touching only the rows that differ.

    columns: {name: array}, "partner_id" first; returns the number of rows inserted
    and of rows updated.
    """
    types = {name: array.dtype.str[1:] for name, array in columns.items()}
    definition = ", ".join(f"{name} {SQL_TYPES[kind]}" for name, kind in types.items())
    cursor.execute(f"CREATE TABLE IF NOT EXISTS figures ({definition})")
    cursor.execute("CREATE UNIQUE INDEX IF NOT EXISTS figure ON figures (partner_id)")
    cursor.execute(f"CREATE TEMP TABLE fresh ({definition})")
    rows = np.zeros(len(columns["partner_id"]), _record(types))
    rows["fields"] = len(columns)
    for name, array in columns.items():
        rows[name], rows[f"{name} size"] = array, array.dtype.itemsize
    content = BytesIO(COPY_HEADER + rows.tobytes() + COPY_TRAILER)
    cursor.copy_expert("COPY fresh FROM STDIN (FORMAT BINARY)", content)
    cursor.execute("ANALYZE fresh")
    old, new = (
        ", ".join(f"{table}.{name}" for name in columns) for table in ("old", "fresh")
    )
    cursor.execute(
        f"UPDATE figures old SET ({', '.join(columns)}) = ROW({new}) FROM fresh"
        f" WHERE old.partner_id = fresh.partner_id"
        f" AND ({old}) IS DISTINCT FROM ({new})"
    )
    updated = cursor.rowcount
    cursor.execute(
        "INSERT INTO figures SELECT fresh.* FROM fresh WHERE NOT EXISTS"
        " (SELECT FROM figures old WHERE old.partner_id = fresh.partner_id)"
    )
    inserted = cursor.rowcount
    cursor.execute("DROP TABLE fresh")
    return inserted, updated


def _record(types):
    """The numpy type of a row of COPY's binary format, fixed lengths only."""
    fields = [("fields", ">i2")]
    for name, kind in types.items():
        fields += [(f"{name} size", ">i4"), (name, f">{kind}")]
    return np.dtype(fields)
