# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Run Odoo's own commands on this clone's addons."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import database
from .addons import (
    DEMO,
    TEST_ADDONS,
    Addon,
    installable,
    read_addon,
    read_addons,
    read_test_addons,
)
from .console import Problem
from .node import provide_rtlcss
from .odoo_source import Odoo, provide_odoo
from .postgres import Connection, Server
from .process import run_to_log, tail
from .python_env import site_packages, venv_python
from .settings import Settings
from .wkhtmltopdf import provide_wkhtmltopdf

DUMP = "database.dump"
# A file beside a database's attachments, and what its stamp calls the word in it.
TOKEN, ATTACHMENTS = ".crm_dashboards", "attachments"
CONFIGURATION = """\
[options]
addons_path = {addons_path}
data_dir = {data_dir}
{connection}
bin_path = {bin_path}
screenshots = {screenshots}
admin_passwd = {admin_password}
list_db = False
"""


@dataclass(frozen=True)
class Workplace:
    """Everything that a run of Odoo needs, put together."""

    settings: Settings
    odoo: Odoo
    connection: Connection
    addons: tuple[Addon, ...]
    test_addons: tuple[Addon, ...]
    demo_addon: Addon
    programs: tuple[Path, ...]

    @property
    def addons_path(self) -> list[Path]:
        """Folders of addons: Odoo's, the OCA's, this repository's."""
        own = [self.settings.root]
        if self.test_addons:
            own.append(self.settings.root / TEST_ADDONS)
        return [*self._foreign_addons, *own]

    @property
    def _foreign_addons(self) -> list[Path]:
        return [*self.odoo.addons, site_packages(self.settings) / "odoo" / "addons"]

    def installable(self) -> Workplace:
        """The same with only those addons whose dependencies are there."""
        places = self._foreign_addons
        return replace(self, addons=tuple(installable(self.addons, places)))

    @property
    def data_folder(self) -> Path:
        """Where Odoo keeps attachments and sessions of this clone."""
        return self.settings.build / "odoo"

    def command(self, *arguments: str) -> list[str]:
        """Command line that runs Odoo with ``arguments``.

        Odoo wants its subcommand (`shell`, `i18n`…) before the configuration.
        """
        return [str(venv_python(self.settings)), "-m", "odoo", *arguments]

    @property
    def environ(self) -> dict[str, str]:
        """Environment in which Odoo is found and finds its configuration.

        Odoo is started often: Python is to keep what it has compiled.
        """
        dropped = ("PG", "ODOO", "PYTHONDONTWRITEBYTECODE")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
        path = kept.get("PATH", os.defpath)
        return {
            **kept,
            # Odoo looks for `rtlcss` there alone
            "PATH": _joined([path, *self.programs]),
            "PYTHONPATH": _joined([self.odoo.home, self.settings.root]),
            "ODOO_RC": str(self._configuration),
        }

    def write_configuration(self) -> None:
        """Write Odoo's configuration file; it may hold the database's password."""
        self._configuration.parent.mkdir(parents=True, exist_ok=True)
        text = CONFIGURATION.format(
            addons_path=",".join(map(str, self.addons_path)),
            data_dir=self.data_folder,
            # Odoo takes no empty port
            connection="\n".join(
                f"db_{name} = {value}"
                for name, value in self.connection.arguments.items()
            ),
            bin_path=_joined(self.programs),
            screenshots=self.settings.logs / "screenshots",
            admin_password=os.urandom(16).hex(),
        )
        part = self._configuration.with_name(f".{os.getpid()}.conf")
        part.touch(mode=0o600)
        part.write_text(text)
        part.replace(self._configuration)

    def run(self, log_name: str, *arguments: str, failure: str) -> Path:
        """Run Odoo to its end.

        :returns: its log.
        :raises Problem: when it fails: ``failure`` and the end of its log.
        """
        log = self.settings.logs / f"{log_name}.log"
        code = run_to_log(self.command(*arguments), log, environ=self.environ)
        if code:
            raise Problem(f"{failure}\n{tail(log)}\n(exit code {code}, log: {log})")
        return log

    def run_script(self, log_name: str, name: str, script: str, *, failure: str):
        """Run Python code in Odoo's shell on the database ``name``; ``env`` is there.

        :raises Problem: when it fails: ``failure`` and the end of its log.
        """
        log = self.settings.logs / f"{log_name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as output:
            code = subprocess.run(
                self.command("shell", "-d", name, "--no-http"),
                input=script,
                text=True,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environ,
                check=False,
            ).returncode
        if code:
            raise Problem(f"{failure}\n{tail(log)}\n(exit code {code}, log: {log})")

    def install(self, name: str, modules: Sequence[str], log_name: str) -> Path:
        """Install ``modules`` in the database ``name``, made if it is not there.

        :returns: Odoo's log.
        """
        return self.run(
            log_name,
            *("-d", name, "-i", ",".join(modules), "--stop-after-init", "--no-http"),
            failure=f"Odoo cannot install {', '.join(modules)}.",
        )

    def update(self, name: str, modules: Sequence[str], log_name: str) -> Path:
        """Update ``modules`` in the database ``name``; returns Odoo's log."""
        return self.run(
            log_name,
            *("-d", name, "-u", ",".join(modules), "--stop-after-init", "--no-http"),
            failure=f"Odoo cannot update {', '.join(modules)}.",
        )

    def drop(self, name: str) -> None:
        """Drop the database ``name`` with its attachments."""
        database.drop(self.connection, name)
        shutil.rmtree(self._filestore(name), ignore_errors=True)

    def duplicate(self, source: str, target: str) -> None:
        """Make the database ``target`` a copy of ``source``, attachments included."""
        self.drop(target)
        if self._filestore(source).is_dir():
            shutil.copytree(self._filestore(source), self._filestore(target))
        database.copy(self.connection, source, target)

    def store(self, name: str, folder: Path) -> None:
        """Keep the database ``name`` with its attachments in ``folder``."""
        Server(self.settings).dump(name, folder / DUMP)
        if self._filestore(name).is_dir():
            shutil.copytree(self._filestore(name), folder / "filestore")

    def restore(self, folder: Path, name: str) -> None:
        """Make the database ``name`` from what ``store`` has kept in ``folder``."""
        self.drop(name)
        if (folder / "filestore").is_dir():
            shutil.copytree(folder / "filestore", self._filestore(name))
        database.copy(self.connection, "template0", name)
        Server(self.settings).restore(folder / DUMP, name)

    def write_stamp(self, name: str, stamp: dict) -> None:
        """Note that the database ``name`` is whole, and what it holds.

        A word is noted with it and with its attachments: they belong together.
        """
        folder = self._filestore(name)
        folder.mkdir(parents=True, exist_ok=True)
        token = os.urandom(8).hex()
        (folder / TOKEN).write_text(token)
        database.write_stamp(self.connection, name, {**stamp, ATTACHMENTS: token})

    def read_stamp(self, name: str) -> dict | None:
        """What was noted about the database ``name``.

        None unless it is whole and its attachments are there. A database can outlive
        them, for it may lie outside of the clone: without them Odoo has no styles.
        """
        stamp = database.read_stamp(self.connection, name)
        if stamp is None:
            return None
        token = stamp.pop(ATTACHMENTS, None)
        if token is None:  # of an older version
            return stamp if self._filestore(name).is_dir() else None
        file = self._filestore(name) / TOKEN
        return stamp if file.exists() and file.read_text() == token else None

    def _filestore(self, name: str) -> Path:
        return self.data_folder / "filestore" / name

    @property
    def _configuration(self) -> Path:
        return self.settings.build / "odoo.conf"


def _joined(folders: Sequence[Path | str]) -> str:
    return os.pathsep.join(map(str, folders))


def open_workplace(settings: Settings, connection: Connection) -> Workplace:
    """Put together what a run of Odoo needs, fetching what is missing.

    :raises Problem: when something cannot be had.
    """
    workplace = Workplace(
        settings=settings,
        odoo=provide_odoo(settings),
        connection=connection,
        addons=tuple(read_addons(settings.root)),
        test_addons=tuple(read_test_addons(settings.root)),
        demo_addon=read_addon(settings.root / DEMO),
        programs=(*provide_wkhtmltopdf(settings), *provide_rtlcss(settings)),
    ).installable()
    workplace.write_configuration()
    return workplace
