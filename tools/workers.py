# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Odoo on two workers, as a company has it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from .console import Problem
from .odoo import Workplace
from .process import tail
from .python_env import venv_python
from .serve import LOCAL, free_port

WORKERS = 2
START_SECONDS = 180
STOP_SECONDS = 70  # a runner of jobs looks up once a minute
PROGRAM = Path(__file__).parent / "programs" / "serve_odoo.py"


@dataclass(frozen=True)
class Server:
    """A server that answers: its first process, its port and its log."""

    pid: int
    port: int
    log: Path


@contextmanager
def two_workers(
    workplace: Workplace,
    name: str,
    log_name: str,
    *options: str,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Serve the database ``name``, without scheduler, for as long as the block lasts.

    :param environ: more variables of its environment.
    :raises Problem: when it does not answer.
    """
    log = workplace.settings.logs / f"{log_name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    port = free_port()
    command = [
        *(venv_python(workplace.settings), PROGRAM),
        *("-d", name, f"--db-filter=^{name}$", f"--workers={WORKERS}"),
        *(f"--http-interface={LOCAL}", f"--http-port={port}"),
        *(f"--gevent-port={free_port()}", "--max-cron-threads=0"),
        *(f"--logfile={log}", *options),
    ]
    environ = {**workplace.environ, **(environ or {})}
    process = subprocess.Popen(
        [str(part) for part in command], env=environ, start_new_session=True
    )
    try:
        _wait_for(port, log)
        yield Server(process.pid, port, log)
    finally:
        _stop(process)


def _stop(process: subprocess.Popen) -> None:
    """Stop a server; one that lost a worker at work may not stop by itself."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):  # nobody is left
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _wait_for(port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://{LOCAL}:{port}/web/login", timeout=30)
            return
        except OSError:
            time.sleep(0.3)
    raise Problem(f"Odoo does not answer.\n{tail(log) if log.exists() else ''}")
