"""``python -m tools.bench [CUSTOMERS]``: a night beside one GROUP BY.

Runs in a database of its own on the server that `make demo` uses, and drops it.
"""

import os
import resource
import sys
import time
from datetime import date
from statistics import median

import psycopg2

from crm_dashboards.analytics.history import day_number
from tools import database
from tools.console import Problem, say
from tools.postgres import postgres
from tools.settings import read_settings

from .night import Night
from .tables import GROUP_BY, add_orders, create_orders

NAME = "crm_dashboards_bench"
CUSTOMERS = 1_000_000
ORDERS_PER_CUSTOMER = 10
AS_OF = date(2024, 12, 31)
# Their orders also shift the ranks of others: some 3 % of all rows change.
ORDERING_SHARE = 0.005
BARS = {"first night": 6, "night with 3 % changed": 3}


def main(arguments):
    """Run both nights and print their seconds beside those of one GROUP BY."""
    size = "".join(arguments) or os.environ.get("CUSTOMERS") or str(CUSTOMERS)
    if not size.isdecimal() or int(size) < 1_000:
        print("usage: make bench [CUSTOMERS=1000 or more]", file=sys.stderr)
        return 2
    try:
        with postgres(read_settings()) as server:
            database.drop(server, NAME)
            database.copy(server, "template0", NAME)
            try:
                _measure(server, int(size))
            finally:
                database.drop(server, NAME)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _measure(server, customers):
    orders = customers * ORDERS_PER_CUSTOMER
    link = psycopg2.connect(dbname=NAME, **server.arguments)
    with link, link.cursor() as cursor:
        say(f"{customers} customers, {orders} orders: filling the table")
        create_orders(cursor, customers, orders, AS_OF.isoformat())
        link.commit()
        group_by = median(_seconds_of_group_by(cursor) for _again in range(3))
        say(f"{'one SQL GROUP BY':24} {group_by:8.2f} s")
        for name, bar in BARS.items():
            if name != "first night":
                add_orders(cursor, ORDERING_SHARE, customers, AS_OF.isoformat())
            night = Night(cursor, customers, orders, day_number(AS_OF))
            inserted, updated = night.run()
            link.commit()
            say(_line(name, bar, night.seconds, group_by))
            say(f"{'':24} {inserted} rows inserted, {updated} updated")
    link.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    say(f"{'most memory':24} {peak:8.2f} GB (bar 4)")


def _seconds_of_group_by(cursor):
    started = time.perf_counter()
    cursor.execute(GROUP_BY)
    cursor.fetchall()
    return time.perf_counter() - started


def _line(name, bar, seconds, group_by):
    total = sum(seconds.values())
    steps = ", ".join(f"{step} {spent:.2f}" for step, spent in seconds.items())
    times = f"{total / group_by:.2f} times (bar {bar})"
    return f"{name:24} {total:8.2f} s = {times}: {steps}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
