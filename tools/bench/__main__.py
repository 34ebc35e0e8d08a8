# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""``python -m tools.bench [CUSTOMERS]``: a night beside one GROUP BY.

Runs in a database of its own on the server that `make demo` uses, and drops it.
"""

import os
import subprocess
import sys

from tools.addons import MAIN
from tools.base_database import copy_of_base, database_name
from tools.console import Problem, complain, step, warn
from tools.odoo import open_workplace
from tools.postgres import postgres
from tools.process import tail
from tools.settings import read_settings

NAME = "crm_dashboards_bench"
CUSTOMERS = 1_000_000
FEWEST = 1_000
SCRIPT = """
from tools.bench.nights import measure
measure(env, {customers})
"""


def main(arguments):
    """Run the nights; they print their seconds beside those of one GROUP BY."""
    size = "".join(arguments) or os.environ.get("CUSTOMERS") or str(CUSTOMERS)
    if not size.isdecimal() or int(size) < FEWEST:
        warn(f"usage: make bench [CUSTOMERS={FEWEST} or more]")
        return 2
    try:
        settings = read_settings()
        with postgres(settings) as server:
            _measure(open_workplace(settings, server), int(size))
    except Problem as problem:
        complain(problem)
        return 1
    return 0


def _measure(workplace, customers):
    """Measure in a new database that holds the addon alone.

    :raises Problem: when Odoo fails.
    """
    name = database_name(workplace, NAME)
    log = workplace.settings.logs / "bench.log"
    main_addon = workplace.addons[0]
    try:
        copy_of_base(workplace, main_addon.depends, name)
        with step(f"Installing {MAIN}"):
            workplace.install(name, [MAIN], "bench-install")
        log.unlink(missing_ok=True)
        options = ("-d", name, "--no-http", f"--logfile={log}")
        code = subprocess.run(
            workplace.command("shell", *options),
            input=SCRIPT.format(customers=customers),
            text=True,
            env=workplace.environ,
            check=False,
        ).returncode
    finally:
        workplace.drop(name)
    if code:
        raise Problem(f"The nights cannot be measured.\n{tail(log)}\n(log: {log})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
