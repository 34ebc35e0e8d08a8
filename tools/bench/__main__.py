# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""``python -m tools.bench``: nights and dashboards of a company of any size.

``make bench [ORDERS=] [CUSTOMERS=]`` gives sizes by the environment. Runs in a database
of its own on the server that `make demo` uses, and drops it. The last line is one JSON
object.
"""

import json
import os
import subprocess
import sys

from tools.addons import MAIN
from tools.base_database import copy_of_base, database_name
from tools.browser import provide_browser
from tools.console import Problem, complain, say, step, warn
from tools.odoo import open_workplace
from tools.postgres import postgres
from tools.process import tail
from tools.settings import read_settings

from .server import measure_server

NAME = "crm_dashboards_bench"
ORDERS = 1_000_000
ORDERS_A_CUSTOMER = 5
FEWEST_CUSTOMERS = 1_000
SALES_DASHBOARD = "spreadsheet_dashboard_sale"  # Odoo's own, to compare with
SCRIPT = """
from tools.bench.measure import measure
measure(env, {customers}, {orders}, {path!r})
"""


def main(arguments):
    """Measure; prints a line a figure and, as the last one, all as JSON."""
    try:
        orders, customers = _read_sizes(arguments)
    except ValueError:
        warn(
            "usage: make bench [ORDERS=] "
            f"[CUSTOMERS={FEWEST_CUSTOMERS} or more, each with an order]"
        )
        return 2
    try:
        settings = read_settings()
        provide_browser(settings)
        with postgres(settings) as server:
            workplace = open_workplace(settings, server)
            say(json.dumps(_measure(workplace, customers, orders)))
    except Problem as problem:
        complain(problem)
        return 1
    return 0


def _read_sizes(arguments):
    """Return (orders, customers).

    :raise ValueError: these are no sizes
    """
    given = [*arguments, None, None][:2]
    # elsewhere ORDERS= is a file to load
    orders = int(given[0] or os.environ.pop("ORDERS", None) or ORDERS)
    customers = given[1] or os.environ.get("CUSTOMERS") or orders // ORDERS_A_CUSTOMER
    if not FEWEST_CUSTOMERS <= int(customers) <= orders:
        raise ValueError(customers)
    return orders, int(customers)


def _measure(workplace, customers, orders):
    """Measure in a new database that holds the addon and Odoo's own dashboard.

    :return: dict of figures
    :raises Problem: when Odoo fails.
    """
    name = database_name(workplace, NAME)
    logs = workplace.settings.logs
    log, path = logs / "bench.log", logs / "bench.json"
    main_addon = workplace.addons[0]
    try:
        copy_of_base(workplace, main_addon.depends, name)
        with step(f"Installing {MAIN}"):
            workplace.install(name, [MAIN, SALES_DASHBOARD], "bench-install")
        log.unlink(missing_ok=True)
        options = ("-d", name, "--no-http", f"--logfile={log}")
        code = subprocess.run(
            workplace.command("shell", *options),
            input=SCRIPT.format(customers=customers, orders=orders, path=str(path)),
            text=True,
            env=workplace.environ,
            check=False,
        ).returncode
        if code:
            raise Problem(f"This cannot be measured.\n{tail(log)}\n(log: {log})")
        return {**json.loads(path.read_text()), **measure_server(workplace, name)}
    finally:
        workplace.drop(name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
