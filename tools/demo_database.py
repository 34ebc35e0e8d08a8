# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The database behind `make demo`: the addons, a history, and the nightly job run."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import database
from .addons import addons_fingerprint, foreign_dependencies
from .base_database import copy_of_base, database_name
from .console import Problem, say, step
from .files import fingerprint, sha256
from .odoo import Workplace
from .process import run_to_log
from .settings import Settings

WHOLESALE = "crm_dashboards_demo"
ORDERS = "crm_dashboards_orders_"
# What a person expects around the addon when looking at it.
COMPANY_OF_THE_ADDON = ("contacts", "sale_management", "web_dark_mode")
NIGHTLY_JOB = """
env.ref("crm_dashboards.ir_cron_refresh_metrics").method_direct_trigger()
env.cr.commit()
"""
LOAD_WHOLESALE = """
from tools.demo import load
load.wholesale(env)
env.cr.commit()
"""
LOAD_ORDERS = """
from tools.demo import load
load.orders(env, {path!r})
env.cr.commit()
"""


@dataclass(frozen=True)
class History:
    """What is loaded into a demo database, and the name of that database."""

    database: str
    script: str
    title: str


def check_orders(settings: Settings) -> None:
    """Refuse a malformed `ORDERS` file before anything is made.

    :raises Problem: with the line and the reason.
    """
    if settings.orders is None:
        return
    log = settings.logs / "orders.log"
    command = [sys.executable, "-m", "tools.demo.validate", settings.orders]
    if run_to_log(command, log, cwd=settings.root):
        reason = log.read_text().strip()
        raise Problem(f"{settings.orders} cannot be loaded.\n{reason}")


def chosen_history(settings: Settings) -> History:
    """The history of the `ORDERS` file, or the wholesale history without one."""
    if settings.orders is None:
        return History(WHOLESALE, LOAD_WHOLESALE, "Making a wholesale history")
    return History(
        ORDERS + sha256(settings.orders)[:8],
        LOAD_ORDERS.format(path=str(settings.orders)),
        f"Loading the orders of {settings.orders.name}",
    )


def provide_demo(workplace: Workplace) -> str:
    """Name of the database to serve, made or brought up to date if need be.

    :raises Problem: when it cannot be made; nothing is left behind then.
    """
    history = chosen_history(workplace.settings)
    name = database_name(workplace, history.database)
    if workplace.settings.fresh:
        workplace.drop(name)
    stamp = database.read_stamp(workplace.connection, name)
    if stamp is None:
        _make(workplace, name, history)
    else:
        _bring_up_to_date(workplace, name, stamp)
    return name


def _make(workplace: Workplace, name: str, history: History) -> None:
    if database.exists(workplace.connection, name):
        say(f"The database {name} was left half-made by a stopped run; making it anew.")
    modules = [addon.name for addon in workplace.addons]
    surroundings = {*foreign_dependencies(workplace.addons), *COMPANY_OF_THE_ADDON}
    try:
        copy_of_base(workplace, sorted(surroundings), name)
        with step(f"Installing {', '.join(modules)}"):
            workplace.install(name, modules, "install")
        with step(history.title):
            workplace.run_script(
                "history", name, history.script, failure="The history cannot be loaded."
            )
        _run_nightly_job(workplace, name)
    except BaseException:
        workplace.drop(name)
        raise
    database.write_stamp(workplace.connection, name, _stamp(workplace))


def _bring_up_to_date(workplace: Workplace, name: str, stamp: dict) -> None:
    """Update the addons whose code is newer than the database."""
    wanted = _stamp(workplace)
    if stamp.get("loader") != wanted["loader"]:
        say("The demo history is made differently now; `make demo FRESH=1` remakes it.")
    if stamp.get("addons") == wanted["addons"]:
        made = stamp.get("made")
        say(f"Using the database of {made}; `make demo FRESH=1` makes it anew.")
        return
    modules = [addon.name for addon in workplace.addons]
    new = [module for module in modules if module not in stamp.get("modules", ())]
    with step("Updating the addons, whose code has changed"):
        # a new addon may need what an update brings
        known = [module for module in modules if module not in new]
        workplace.update(name, known, "update")
        if new:
            workplace.install(name, new, "install")
    _run_nightly_job(workplace, name)
    kept = {key: stamp.get(key) for key in ("made", "loader")}
    database.write_stamp(workplace.connection, name, {**wanted, **kept})


def _run_nightly_job(workplace: Workplace, name: str) -> None:
    with step("Running the nightly job"):
        failure = "The nightly job failed."
        workplace.run_script("nightly", name, NIGHTLY_JOB, failure=failure)


def _stamp(workplace: Workplace) -> dict:
    return {
        "made": datetime.date.today().isoformat(),
        "modules": _names(workplace),
        "addons": addons_fingerprint(workplace.addons),
        "loader": fingerprint([_loader_folder(workplace.settings)]),
    }


def _names(workplace: Workplace) -> Sequence[str]:
    return [addon.name for addon in workplace.addons]


def _loader_folder(settings: Settings) -> Path:
    return settings.root / "tools" / "demo"
