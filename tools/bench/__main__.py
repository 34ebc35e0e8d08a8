"""``python -m tools.bench [CUSTOMERS ORDERS]``: a night beside one GROUP BY.

Uses the PostgreSQL server that PGHOST, PGPORT, PGUSER, PGDATABASE ... name; writes
only to a schema of its own there.
"""

import resource
import sys
import time
from datetime import date

import psycopg2

from crm_dashboards.analytics.history import day_number

from .night import Night
from .tables import GROUP_BY, SCHEMA, add_orders, create_orders

AS_OF = date(2024, 12, 31)
# Their orders also shift the ranks of others: some 3 % of all rows change.
ORDERING_SHARE = 0.005
BARS = {"first night": 6, "night with 3 % changed": 3}


def main(arguments):
    """Run both nights and print their seconds beside those of one GROUP BY."""
    if len(arguments) not in (0, 2):
        print("usage: python -m tools.bench [CUSTOMERS ORDERS]", file=sys.stderr)
        return 2
    customers, orders = map(int, arguments or (1_000_000, 10_000_000))
    with psycopg2.connect("") as connection, connection.cursor() as cursor:
        print(f"{customers} customers, {orders} orders: filling the table", flush=True)
        create_orders(cursor, customers, orders, AS_OF.isoformat())
        connection.commit()
        _run(cursor, customers, orders)
        cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
    return 0


def _run(cursor, customers, orders):
    group_by = min(_seconds(cursor) for _again in range(3))
    print(f"{'one SQL GROUP BY':24} {group_by:8.2f} s")
    for name, bar in BARS.items():
        if name != "first night":
            add_orders(cursor, ORDERING_SHARE, customers, AS_OF.isoformat())
        night = Night(cursor, customers, orders, day_number(AS_OF))
        inserted, updated = night.run()
        total = sum(night.seconds.values())
        steps = ", ".join(f"{step} {sec:.2f}" for step, sec in night.seconds.items())
        print(
            f"{name:24} {total:8.2f} s = {total / group_by:.2f} times (bar {bar}): "
            f"{steps}; {inserted} rows inserted, {updated} updated"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{'most memory':24} {peak:8.2f} GB (bar 4)")


def _seconds(cursor):
    started = time.perf_counter()
    cursor.execute(GROUP_BY)
    cursor.fetchall()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
