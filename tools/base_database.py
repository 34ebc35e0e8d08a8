# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Databases that hold only what the addons depend on, ready to be copied.

Installing Odoo's own addons takes a minute, copying a database a second. So each set
of dependencies is installed once, and kept in the cache for other clones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from . import database
from .console import step
from .files import exclusive, sha256, whole_folder
from .odoo import Workplace
from .postgres import PACKAGE, given_connection
from .python_env import REQUIREMENTS

PREFIX = "crm_dashboards_base_"


def database_name(workplace: Workplace, name: str) -> str:
    """Name for a database of this clone, told apart on a server shared with others."""
    shared = given_connection(workplace.settings)
    return f"{workplace.settings.project_key}_{name}" if shared else name


def copy_of_base(workplace: Workplace, modules: Sequence[str], target: str) -> None:
    """Make ``target`` a new database with ``modules`` installed.

    :raises Problem: when they cannot be installed.
    """
    with exclusive(workplace.settings.build / "base.lock"):
        workplace.duplicate(_provide_base(workplace, sorted(modules)), target)


def _provide_base(workplace: Workplace, modules: Sequence[str]) -> str:
    """Name of a database with ``modules`` installed, made if need be."""
    origin = database_name(workplace, PREFIX + _key(_origin(workplace)))
    name = f"{origin}_{_key(modules)}"
    bases = _whole_bases(workplace, origin)
    if name in bases:
        return name
    _sweep(workplace, keep=bases)
    with exclusive(workplace.settings.cache / "bases.lock"):
        shelf = _shelf(workplace, modules)
        if shelf and shelf.is_dir():
            with step("Taking Odoo's own addons from the cache"):
                workplace.restore(shelf, name)
        else:
            _install(workplace, name, modules, bases)
            if shelf:
                with whole_folder(shelf) as part:
                    workplace.store(name, part)
    workplace.write_stamp(name, {"modules": list(modules)})
    return name


def _install(
    workplace: Workplace,
    name: str,
    modules: Sequence[str],
    bases: Mapping[str, Sequence[str]],
) -> None:
    # what is installed already in a smaller base need not be installed again
    smaller = [base for base in bases if set(bases[base]) < set(modules)]
    start = max(smaller, key=lambda base: len(bases[base]), default=None)
    missing = sorted(set(modules) - set(bases.get(start, ())))
    with step(f"Installing {', '.join(missing)} (once)"):
        if start:
            workplace.duplicate(start, name)
        workplace.install(name, missing, "base")


def _shelf(workplace: Workplace, modules: Sequence[str]) -> Path | None:
    """Folder of the cache for such a base; None on a server that is not ours."""
    if given_connection(workplace.settings):
        return None
    parts = [*_origin(workplace), version(PACKAGE), *modules]
    return workplace.settings.cache / "bases" / _key(parts)


def _whole_bases(workplace: Workplace, origin: str) -> dict[str, list[str]]:
    """The modules of each base that is whole and made of the same Odoo."""
    connection = workplace.connection
    stamps = {
        name: workplace.read_stamp(name) for name in database.names(connection, origin)
    }
    return {name: stamp["modules"] for name, stamp in stamps.items() if stamp}


def _sweep(workplace: Workplace, keep: Collection[str]) -> None:
    """Drop bases that were left half-made or are of another Odoo."""
    prefix = database_name(workplace, PREFIX)
    for name in database.names(workplace.connection, prefix):
        if name not in keep:
            workplace.drop(name)


def _origin(workplace: Workplace) -> list[str]:
    odoo = workplace.odoo
    return [odoo.version, str(odoo.home), sha256(REQUIREMENTS / "oca.txt")]


def _key(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:6]
