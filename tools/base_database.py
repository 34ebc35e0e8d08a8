"""Databases that hold only what the addons depend on, ready to be copied.

Installing Odoo's own addons takes a minute, copying a database a second. So each set
of dependencies is installed once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from . import database
from .console import say, step
from .files import exclusive, sha256
from .odoo import Workplace
from .python_env import REQUIREMENTS

PREFIX = "crm_dashboards_base_"


def database_name(workplace: Workplace, name: str) -> str:
    """Name for a database of this clone, told apart on a server shared with others."""
    shared = not workplace.connection.host.startswith("/")
    return f"{name}_{workplace.settings.project_key}" if shared else name


def provide_base(workplace: Workplace, modules: Sequence[str]) -> str:
    """Name of a database with ``modules`` installed, made if need be.

    It must be copied while holding :func:`base_lock`'s lock.
    """
    name = database_name(workplace, PREFIX + _key(workplace, modules))
    with base_lock(workplace):
        if database.read_stamp(workplace.connection, name) is None:
            with step(f"Installing {', '.join(modules)} (once)"):
                workplace.drop(name)
                workplace.install(name, modules, "base")
            database.write_stamp(workplace.connection, name, {"modules": list(modules)})
            _sweep(workplace, keep=name)
    return name


def copy_of_base(workplace: Workplace, modules: Sequence[str], target: str) -> None:
    """Make ``target`` a new database with ``modules`` installed."""
    name = provide_base(workplace, modules)
    with base_lock(workplace):
        workplace.copy(name, target)


def base_lock(workplace: Workplace):
    """Lock under which bases are made and copied."""
    return exclusive(workplace.settings.build / "base.lock")


def _key(workplace: Workplace, modules: Sequence[str]) -> str:
    parts = [workplace.odoo.version, str(workplace.odoo.home), *sorted(modules)]
    parts.append(sha256(REQUIREMENTS / "oca.txt"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def _sweep(workplace: Workplace, keep: str) -> None:
    """Drop bases that were left half-made."""
    for name in database.names(workplace.connection, PREFIX):
        if name != keep and database.read_stamp(workplace.connection, name) is None:
            say(f"  Dropping {name}, which a stopped run left half-made")
            workplace.drop(name)
