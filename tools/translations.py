# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The translation templates (`.pot`) of the addons: write them, compare them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from .addons import Addon, foreign_dependencies
from .base_database import copy_of_base, database_name
from .console import say, step
from .odoo import Workplace, open_workplace
from .postgres import postgres
from .settings import Settings

DATABASE = "crm_dashboards_pot"
EXPORT = """
from odoo.tools.translate import trans_export

for name in {names!r}:
    with open({folder!r} + "/" + name + ".pot", "wb") as template:
        trans_export(None, [name], template, "po", env)
"""
# what differs at each export, whatever the texts
DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date): .*"\n', re.MULTILINE)


def template_of(addon: Addon) -> Path:
    """Place of an addon's translation template."""
    return addon.folder / "i18n" / f"{addon.name}.pot"


def write_templates(settings: Settings) -> None:
    """Write the template of every addon, from a database made for that."""
    with postgres(settings) as connection:
        workplace = open_workplace(settings, connection)
        name = database_name(workplace, DATABASE)
        addons = [*workplace.addons, workplace.demo_addon]
        try:
            copy_of_base(workplace, foreign_dependencies(addons), name)
            with step("Installing the addons"):
                names = [addon.name for addon in addons]
                workplace.install(name, names, "pot-install")
            with step("Exporting the texts"):
                current = export_templates(workplace, name, addons)
            for addon in addons:
                if not _is_current(addon, current[addon.name]):
                    template_of(addon).parent.mkdir(exist_ok=True)
                    template_of(addon).write_text(current[addon.name])
                    say(f"  Wrote {template_of(addon)}")
        finally:
            workplace.drop(name)


def outdated_templates(
    workplace: Workplace, name: str, addons: Sequence[Addon]
) -> list[str]:
    """Names of those ``addons``, all installed in ``name``, whose template is old."""
    current = export_templates(workplace, name, addons)
    return [
        addon.name for addon in addons if not _is_current(addon, current[addon.name])
    ]


def export_templates(
    workplace: Workplace, name: str, addons: Sequence[Addon]
) -> dict[str, str]:
    """The templates that Odoo makes from what the database ``name`` holds, by addon.

    An addon without any text has an empty one.
    """
    folder = workplace.settings.build / "i18n"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = [addon.name for addon in addons]
    workplace.run_script(
        "pot",
        name,
        EXPORT.format(folder=str(folder), names=names),
        failure="The texts cannot be exported.",
    )
    return {name: (folder / f"{name}.pot").read_text() for name in names}


def without_dates(template: str) -> str:
    """A template without the lines that differ at each export."""
    return DATES.sub("", template)


def _is_current(addon: Addon, current: str) -> bool:
    path = template_of(addon)
    stored = path.read_text() if path.exists() else ""
    return without_dates(stored) == without_dates(current)
