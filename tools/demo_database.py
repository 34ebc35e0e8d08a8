# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The database behind `make demo`: the addons, a history, and the nightly job run."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from . import database, order_history
from .addons import DEMO, addons_fingerprint, foreign_dependencies
from .base_database import copy_of_base, database_name
from .console import Problem, say, step
from .files import sha256
from .odoo import Workplace
from .settings import Settings

WHOLESALE = DEMO
ORDERS = "crm_dashboards_orders_"
# What a person expects around the addon when looking at it.
COMPANY_OF_THE_ADDON = ("contacts", "sale_management", "web_dark_mode")
NIGHTLY_JOB = """
env.ref("crm_dashboards.ir_cron_refresh_metrics").method_direct_trigger()
env.cr.commit()
"""
LOAD_ORDERS = """
from tools.load_orders import load
load(env, {path!r})
env.cr.commit()
"""


@dataclass(frozen=True)
class History:
    """What is loaded into a demo database.

    database: its name; demo: whether the demo addon writes the history; script: what
    Odoo's shell runs to write it otherwise.
    """

    database: str
    title: str
    demo: bool = False
    script: str = ""


def check_orders(settings: Settings) -> None:
    """Refuse a malformed `ORDERS` file before anything is made.

    :raises Problem: with the line and the reason.
    """
    if settings.orders is None:
        return
    try:
        order_history.read(settings.orders)
    except order_history.MalformedHistory as error:
        raise Problem(f"{settings.orders} cannot be loaded.\n{error}") from error


def chosen_history(settings: Settings) -> History:
    """The history of the `ORDERS` file, or the wholesale history without one."""
    if settings.orders is None:
        return History(WHOLESALE, "a made-up wholesaler", demo=True)
    return History(
        ORDERS + sha256(settings.orders)[:8],
        f"the orders of {settings.orders.name}",
        script=LOAD_ORDERS.format(path=str(settings.orders)),
    )


def provide_demo(workplace: Workplace) -> str:
    """Name of the database to serve, made or brought up to date if need be.

    :raises Problem: when it cannot be made; nothing is left behind then.
    """
    history = chosen_history(workplace.settings)
    name = database_name(workplace, history.database)
    if workplace.settings.fresh:
        workplace.drop(name)
    stamp = workplace.read_stamp(name)
    if stamp is None:
        _make(workplace, name, history)
    else:
        _bring_up_to_date(workplace, name, history, stamp)
    return name


def _make(workplace: Workplace, name: str, history: History) -> None:
    if database.exists(workplace.connection, name):
        say(
            f"The database {name} was left half-made by a stopped run, or its "
            "attachments are gone with a clone that was deleted; making it anew."
        )
    modules = _modules(workplace, history)
    surroundings = {*foreign_dependencies(workplace.addons), *COMPANY_OF_THE_ADDON}
    try:
        copy_of_base(workplace, sorted(surroundings), name)
        with step(f"Installing CRM Dashboards and {history.title}"):
            workplace.install(name, modules, "install")
            if history.script:
                _run(workplace, name, history.script + NIGHTLY_JOB)
    except BaseException:
        workplace.drop(name)
        raise
    workplace.write_stamp(name, _stamp(workplace, history))


def _bring_up_to_date(
    workplace: Workplace, name: str, history: History, stamp: dict
) -> None:
    """Update the addons whose code is newer than the database."""
    wanted = _stamp(workplace, history)
    if stamp.get("demo") != wanted["demo"]:
        say("The demo is made differently now; `make demo FRESH=1` remakes it.")
    if stamp.get("addons") == wanted["addons"]:
        made = stamp.get("made")
        say(f"Using the database of {made}; `make demo FRESH=1` makes it anew.")
        return
    modules = _modules(workplace, history)
    known = [module for module in modules if module in stamp.get("modules", ())]
    new = [module for module in modules if module not in known]
    with step("Updating the addons, whose code has changed"):
        # a new addon may need what an update brings
        workplace.update(name, known, "update")
        if new:
            workplace.install(name, new, "install")
        _run(workplace, name, NIGHTLY_JOB)
    kept = {key: stamp.get(key) for key in ("made", "demo")}
    workplace.write_stamp(name, {**wanted, **kept})


def _run(workplace: Workplace, name: str, script: str) -> None:
    failure = "The figures cannot be made."
    workplace.run_script("figures", name, script, failure=failure)


def _modules(workplace: Workplace, history: History) -> list[str]:
    names = [addon.name for addon in workplace.addons]
    return [*names, DEMO] if history.demo else names


def _stamp(workplace: Workplace, history: History) -> dict:
    return {
        "made": datetime.date.today().isoformat(),
        "modules": _modules(workplace, history),
        "addons": addons_fingerprint(workplace.addons),
        "demo": addons_fingerprint([workplace.demo_addon]),
    }
