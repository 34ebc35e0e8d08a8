"""The translation templates (`.pot`) of the addons: write them, compare them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .addons import Addon, foreign_dependencies
from .base_database import copy_of_base, database_name
from .console import say, step
from .odoo import Workplace, open_workplace
from .postgres import postgres
from .settings import Settings

DATABASE = "crm_dashboards_pot"
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
        try:
            copy_of_base(workplace, foreign_dependencies(workplace.addons), name)
            with step("Installing the addons"):
                names = [addon.name for addon in workplace.addons]
                workplace.install(name, names, "pot-install")
            with step("Exporting the texts"):
                for addon in workplace.addons:
                    current = export_template(workplace, name, addon)
                    if without_dates(current) != without_dates(_stored(addon)):
                        template_of(addon).parent.mkdir(exist_ok=True)
                        template_of(addon).write_text(current)
                        say(f"  Wrote {template_of(addon)}")
        finally:
            workplace.drop(name)


def outdated_templates(
    workplace: Workplace, name: str, addons: Sequence[Addon]
) -> list[str]:
    """Names of those ``addons``, all installed in ``name``, whose template is old."""
    return [
        addon.name
        for addon in addons
        if without_dates(export_template(workplace, name, addon))
        != without_dates(_stored(addon))
    ]


def export_template(workplace: Workplace, name: str, addon: Addon) -> str:
    """The template that Odoo makes from what the database ``name`` holds."""
    target = workplace.settings.build / "i18n" / f"{addon.name}.pot"
    target.parent.mkdir(parents=True, exist_ok=True)
    workplace.run(
        f"pot-{addon.name}",
        *("i18n", "export", "-d", name, "-o", str(target), addon.name),
        failure=f"The texts of {addon.name} cannot be exported.",
    )
    return target.read_text()


def without_dates(template: str) -> str:
    """A template without the lines that differ at each export."""
    return DATES.sub("", template)


def _stored(addon: Addon) -> str:
    path = template_of(addon)
    return path.read_text() if path.exists() else ""
