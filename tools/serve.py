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
from pathlib import Path

from .console import Problem, say, step
from .demo_database import check_orders, provide_demo
from .files import exclusive
from .odoo import Workplace, open_workplace
from .postgres import Server, given_connection, postgres
from .process import is_alive, tail
from .settings import Settings

START_SECONDS = 180
STOP_SECONDS = 30
LOCAL = "127.0.0.1"


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
    raise Problem(f"Odoo stopped by itself.\n{tail(_log(settings))}")


def start(settings: Settings) -> None:
    """Prepare the demo and serve it in the background."""
    check_port(settings)
    check_orders(settings)
    with postgres(settings) as connection:
        workplace = open_workplace(settings, connection)
        with exclusive(settings.build / "demo.lock"):
            name = provide_demo(workplace)
        server = _start(workplace, name, in_background=True)
    _pid_file(settings).write_text(f"{server.pid} {settings.port}\n")
    _announce(settings, "`make stop` stops it.")


def stop(settings: Settings) -> None:
    """Stop what `make start` started, and PostgreSQL if nobody else uses it."""
    running = _running(settings)
    if running is None:
        say("Odoo does not run in the background.")
    else:
        with step("Stopping Odoo"):
            _stop_other(running[0])
    _pid_file(settings).unlink(missing_ok=True)
    if given_connection(settings) is None:
        Server(settings).stop_if_unused()


def check_port(settings: Settings) -> None:
    """Make sure that the port is free.

    :raises Problem: when it is taken, with what to do.
    """
    running = _running(settings)
    if running and running[1] == settings.port:
        raise Problem(
            f"Odoo already runs in the background at {url(settings)}.\n"
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
        try:
            _wait_until_ready(settings, server)
        except BaseException:
            _stop_child(server)
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
    say(f"Odoo is ready at {url(settings)} (user admin, password admin)")


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


def _running(settings: Settings) -> tuple[int, int] | None:
    """Process id and port of the Odoo in the background, if one runs."""
    try:
        pid, port = map(int, _pid_file(settings).read_text().split())
    except (FileNotFoundError, ValueError):
        return None
    return (pid, port) if is_alive(pid) else None


def _pid_file(settings: Settings) -> Path:
    return settings.build / "odoo.pid"


def _log(settings: Settings) -> Path:
    return settings.logs / f"odoo-{settings.port}.log"
