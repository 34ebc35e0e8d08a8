# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""An Odoo of somebody's own: a Python with what Odoo needs, and nothing of ours."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tools.odoo import Workplace
from tools.python_env import INSTALLED, REQUIREMENTS, requirements_key

ODOO, OCA = "odoo.txt", "oca.txt"


@dataclass(frozen=True)
class PlainOdoo(Workplace):
    """A Workplace whose Odoo runs in a Python of its own.

    Attributes
    ----------
    folder : Path
        Of the virtual environment and Odoo's configuration.
    own_folders : list of Path
        Folders of addons beside those in the environment; the repository is none.
    """

    folder: Path = None
    own_folders: list[Path] = field(default_factory=list)

    @property
    def addons_path(self):
        return [*self.odoo.addons, *self._packaged_addons, *self.own_folders]

    @property
    def _packaged_addons(self):
        return [
            path for path in [self.site_packages / "odoo" / "addons"] if path.is_dir()
        ]

    @property
    def site_packages(self):
        return next(self.folder.glob("venv/lib/python3.*/site-packages"))

    @property
    def _configuration(self):
        return self.folder / "odoo.conf"

    def command(self, *arguments):
        return [str(self.folder / "venv" / "bin" / "python"), "-m", "odoo", *arguments]

    def pip(self, *arguments):
        """Run pip in the environment.

        :raise subprocess.CalledProcessError: when it fails
        """
        options = ("-qq", "--disable-pip-version-check", "--no-input")
        python = self.folder / "venv" / "bin" / "python"
        command = [python, "-m", "pip", arguments[0], *options, *arguments[1:]]
        subprocess.run(list(map(str, command)), check=True)

    def add_folder(self, folder):
        """Put a folder of addons on the addons path."""
        self.own_folders.append(folder)
        self.write_configuration()


def make_plain(workplace, folder):
    """Make an Odoo with the OCA's addons that ours need, but without ours.

    :param folder: an empty folder for it
    """
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    parts = {name: getattr(workplace, name) for name in Workplace.__dataclass_fields__}
    plain = PlainOdoo(**parts, folder=folder)
    cache = workplace.settings.cache / "wheels" / requirements_key(INSTALLED)
    plain.pip(
        "install",
        *("--no-deps", "--no-index", "--find-links", cache),
        *("-r", REQUIREMENTS / ODOO, "-r", REQUIREMENTS / OCA),
    )
    plain.write_configuration()
    return plain
