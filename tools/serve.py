# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""`make demo`, `make start` and `make stop`: Odoo in the fore- or background."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .console import Problem, say, step
from .demo_database import check_orders, provide_demo
from .files import exclusive
from .odoo import Workplace, open_workplace
from .postgres import Server, given_connection, postgres
from .process import is_alive, program_of, tail
from .settings import Settings

START_SECONDS = 180
STOP_SECONDS = 30
LOCAL = "127.0.0.1"
DASHBOARD, HEALTH = "/odoo/account-manager-dashboard", "/odoo/crm-dashboards-health"


def demo(settings: Settings) -> None:
    """Prepare the demo and serve it until Ctrl-C."""
    check_port(settings)
    check_orders(settings)
    with postgres(settings) as connection:
        workplace = open_workplace(settings, connection)
        with exclusive(settings.build / "demo.lock"):
            name = provide_demo(workplace)
        server = _start(workplace, name)
        try:
            _announce(settings, "Ctrl-C stops it.")
            server.wait()
        except KeyboardInterrupt:
            say("\nStopping Odoo …")
            return
        finally:
            _stop_child(server)
            is_stopped = not _pid_file(settings).exists()
            _pid_file(settings).unlink(missing_ok=True)
    if is_stopped:
        say("Stopped by `make stop`.")
        return
    raise Problem(f"Odoo stopped by itself.\n{tail(_log(settings))}")


def start(settings: Settings) -> None:
    """Prepare the demo and serve it in the background."""
    check_port(settings)
    check_orders(settings)
    with postgres(settings) as connection:
        workplace = open_workplace(settings, connection)
        with exclusive(settings.build / "demo.lock"):
            name = provide_demo(workplace)
        _start(workplace, name, in_background=True)
    _announce(settings, "`make stop` stops it.")


def stop(settings: Settings) -> None:
    """Stop all servers of this clone, with `PORT=` the one on that port.

    PostgreSQL stops with the last one, if nobody else uses it.
    """
    files = _pid_files(settings)
    if settings.environ.get("PORT", "").strip():
        files = [file for file in files if _read(file)[1] == settings.port]
    running = [file for file in files if _is_ours(_read(file)[0])]
    if not running:
        say("No Odoo of this clone is running.")
    for file in files:
        pid, port = _read(file)
        file.unlink()
        if file in running:
            with step(f"Stopping Odoo on port {port}"):
                _stop_other(pid)
    if given_connection(settings) is None:
        Server(settings).stop_if_unused()


@contextmanager
def serving(workplace: Workplace, name: str) -> Iterator[None]:
    """Serve a database for as long as the block lasts."""
    server = _start(workplace, name)
    try:
        yield
    finally:
        _stop_child(server)
        _pid_file(workplace.settings).unlink(missing_ok=True)


def check_port(settings: Settings) -> None:
    """Make sure that the port is free.

    :raises Problem: when it is taken, with what to do.
    """
    if _is_running(settings):
        raise Problem(
            f"Odoo of this clone already runs at {url(settings)}.\n"
            "`make stop` stops it; PORT=… serves a second one on another port."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.interface, settings.port))
        except OSError as error:
            raise Problem(
                f"Port {settings.port} is taken by another program "
                f"({error.strerror}).\n"
                f"Choose another one: make demo PORT={settings.port + 100}"
            ) from error


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        return probe.getsockname()[1]


def url(settings: Settings) -> str:
    """Address at which the demo is served."""
    return f"http://localhost:{settings.port}"


def _start(workplace: Workplace, name: str, in_background: bool = False):
    settings = workplace.settings
    command = workplace.command(
        *("-d", name, f"--db-filter=^{name}$"),
        f"--http-interface={settings.interface}",
        f"--http-port={settings.port}",
        f"--gevent-port={free_port()}",
        "--max-cron-threads=1",
        # the figures of a large ORDERS file take longer than the 120 s of the default
        "--limit-time-real-cron=3600",
        f"--logfile={_log(settings)}",
    )
    _log(settings).unlink(missing_ok=True)
    with step("Starting Odoo"):
        # in a session of its own, Ctrl-C reaches only the one who stops it in order
        server = subprocess.Popen(
            command,
            env=workplace.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # the lock that keeps PostgreSQL running is the server's own in background
            close_fds=not in_background,
        )
        _pid_file(settings).write_text(f"{server.pid} {settings.port}\n")
        try:
            _wait_until_ready(settings, server)
        except BaseException:
            _stop_child(server)
            _pid_file(settings).unlink(missing_ok=True)
            raise
    return server


def _wait_until_ready(settings: Settings, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    address = f"http://{settings.interface}:{settings.port}/web/health"
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Problem(f"Odoo does not start.\n{tail(_log(settings))}")
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise Problem(
        f"Odoo does not answer after {START_SECONDS} s.\n{tail(_log(settings))}"
    )


def _announce(settings: Settings, how_to_stop: str) -> None:
    say(f"\nLog: {_log(settings)}. {how_to_stop}")
    say(f"Odoo is ready at {url(settings)}{DASHBOARD} (user admin, password admin)")
    say("Three things to look at first:")
    say(f"  who should have ordered, and the rest of the day: {DASHBOARD}")
    say("  one customer: click a name there, or any customer in Contacts")
    say(f"  how the figures are made, and what there is to mend: {HEALTH}")


def _stop_child(server: subprocess.Popen) -> None:
    """End a server that this process started."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _stop_other(pid: int) -> None:
    """End a server that another process started: ask first, then insist."""
    deadline = time.monotonic() + STOP_SECONDS
    os.kill(pid, signal.SIGTERM)
    while is_alive(pid):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            return
        time.sleep(0.1)


def _is_running(settings: Settings) -> bool:
    """Whether an Odoo of this clone serves this port."""
    return any(
        port == settings.port and _is_ours(pid)
        for pid, port in map(_read, _pid_files(settings))
    )


def _is_ours(pid: int) -> bool:
    """Whether a noted server still runs; its number may be another process's now."""
    return pid > 0 and is_alive(pid) and "python" in program_of(pid)


def _pid_files(settings: Settings) -> list[Path]:
    """The notes of the servers of this clone, of some that are gone, too."""
    return sorted(settings.build.glob("odoo*.pid"))


def _read(file: Path) -> tuple[int, int]:
    """Process id and port of a server; zeros where its note cannot be read."""
    try:
        pid, port = map(int, file.read_text().split())
    except (FileNotFoundError, ValueError):
        return 0, 0
    return pid, port


def _pid_file(settings: Settings) -> Path:
    return settings.build / f"odoo-{settings.port}.pid"


def _log(settings: Settings) -> Path:
    return settings.logs / f"odoo-{settings.port}.log"
