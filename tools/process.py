# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Run other programs, their output kept in a log."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .console import Problem

TAIL_LINES = 30
RETRYING = "WARNING: Retrying"  # pip, five times for each package


def run_logged(
    command: Sequence[str | Path],
    log: Path,
    *,
    failure: str,
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """Run ``command`` with its output in ``log``.

    :raises Problem: when it fails: ``failure``, the end of the log and where it lies.
    """
    code = run_to_log(command, log, environ=environ, cwd=cwd)
    if code:
        raise Problem(f"{failure}\n{tail(log)}\n(exit code {code}, log: {log})")


def run_to_log(
    command: Sequence[str | Path],
    log: Path,
    *,
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> int:
    """Run ``command`` with its output in ``log`` and return its exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        return subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if environ is None else dict(environ),
            cwd=cwd,
            check=False,
        ).returncode


def tail(log: Path, lines: int = TAIL_LINES) -> str:
    """The last ``lines`` lines of a log, indented, without mere repetitions."""
    text = log.read_text(errors="replace").splitlines()
    ending = [line for line in text if RETRYING not in line][-lines:]
    return "\n".join(f"    {line}" for line in ending)


def is_alive(pid: int) -> bool:
    """Whether a process with this id runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def program_of(pid: int) -> str:
    """Name of the program that runs as process ``pid``; empty when none does."""
    done = subprocess.run(
        ["ps", "-p", str(pid), "-o", "comm="],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()
