# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The addons of this repository, and which of them the machine can install."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .console import Problem
from .files import fingerprint

MAIN = "crm_dashboards"
DEMO = "crm_dashboards_demo"
TEST_ADDONS = "test_addons"


@dataclass(frozen=True)
class Addon:
    """An addon of this repository."""

    name: str
    folder: Path
    depends: tuple[str, ...]
    version: str


def read_addons(root: Path) -> list[Addon]:
    """All addons of the repository but the demo, the main one first.

    :raises Problem: when there is no main one.
    """
    found = [
        read_addon(path.parent)
        for path in sorted(root.glob(f"{MAIN}*/__manifest__.py"))
        if path.parent.name != DEMO
    ]
    if not found or found[0].name != MAIN:
        raise Problem(f"There is no addon {MAIN} in {root}.")
    return found


def read_test_addons(root: Path) -> list[Addon]:
    """The addons of the repository that only show something to the tests."""
    return [
        read_addon(path.parent)
        for path in sorted((root / TEST_ADDONS).glob("*/__manifest__.py"))
    ]


def read_all_addons(root: Path) -> list[Addon]:
    """Every addon of the repository, the main one first."""
    return [*read_addons(root), read_addon(root / DEMO), *read_test_addons(root)]


def read_addon(folder: Path) -> Addon:
    """The addon in ``folder``, as its manifest describes it."""
    manifest = read_manifest(folder)
    return Addon(
        name=folder.name,
        folder=folder,
        depends=tuple(manifest["depends"]),
        version=manifest["version"],
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the addon in ``folder``, as it is written."""
    return ast.literal_eval((folder / "__manifest__.py").read_text())


def installable(addons: Sequence[Addon], places: Iterable[Path]) -> list[Addon]:
    """Those of ``addons`` whose dependencies all lie in ``places`` or among them."""
    folders = list(places)
    own = {addon.name for addon in addons}

    def is_available(name: str) -> bool:
        return name in own or any(
            (folder / name / "__manifest__.py").exists() for folder in folders
        )

    return [addon for addon in addons if all(map(is_available, addon.depends))]


def with_dependencies(addon: Addon, addons: Sequence[Addon]) -> list[Addon]:
    """``addon`` and those of ``addons`` that it depends on, directly or not."""
    found = {addon.name: addon}
    by_name = {each.name: each for each in addons}
    waiting = [addon]
    while waiting:
        for name in waiting.pop().depends:
            if name in by_name and name not in found:
                found[name] = by_name[name]
                waiting.append(by_name[name])
    return list(found.values())


def foreign_dependencies(addons: Sequence[Addon]) -> list[str]:
    """What ``addons`` depend on outside this repository, sorted."""
    own = {addon.name for addon in addons}
    return sorted({name for addon in addons for name in addon.depends} - own)


def addons_fingerprint(addons: Sequence[Addon]) -> str:
    """Key of all the code and data of ``addons``."""
    return fingerprint(addon.folder for addon in addons)
