# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Odoo on two workers, asked by many people at once."""

import io
import subprocess
import time
import urllib.request
import zipfile
from contextlib import contextmanager
from pathlib import Path

from tools.console import Problem
from tools.serve import free_port

from .visitors import Person, visit

WORKERS = 2
USERS = 30  # see company.USERS, which only Odoo can import; the last are managers
PEOPLE, EVERY, SECONDS = 20, 10, 120
HASTY_PEOPLE, HASTY_SECONDS = 4, 30
WORKBOOK_ROWS = 100_000
REPORT = "rfm"
START_SECONDS = 120


def measure_server(workplace, name):
    """Return figures of a server with many people, and of a workbook taken away."""
    with _serve(workplace, name) as (port, pid):
        people = [
            Person(port, f"person{USERS - each}") for each in range(1, PEOPLE + 1)
        ]
        for person in people:
            person.log_in(name)
            person.open_dashboard()
        spent, errors = visit(people, SECONDS, EVERY)
        hasty, more_errors = visit(people[:HASTY_PEOPLE], HASTY_SECONDS)
        seconds, rows = _take_workbook(people[0])
        return {
            "users20_p95_s": round(sorted(spent)[int(0.95 * len(spent))], 3),
            "users20_errors": len(errors) + len(more_errors),
            "dashboards_per_s": round(len(hasty) / HASTY_SECONDS, 2),
            "workbook_rows": rows,
            "workbook_s": round(seconds, 1),
            "worker_peak_mb": round(max(map(_get_peak, _get_workers(pid)))),
        }


def _take_workbook(person):
    """Return the seconds that a workbook of all customers took, and its rows."""
    started = time.monotonic()
    content = person.download_report(REPORT, {})
    seconds = time.monotonic() - started
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [name for name in book.namelist() if "worksheets/sheet" in name]
        rows = max(book.read(sheet).count(b"<row ") for sheet in sheets)
    return seconds, rows


@contextmanager
def _serve(workplace, name):
    """Serve a database; gives the port and the id of Odoo's first process."""
    port, log = free_port(), workplace.settings.logs / "bench-server.log"
    log.unlink(missing_ok=True)
    process = subprocess.Popen(
        workplace.command(
            *("-d", name, f"--db-filter=^{name}$", f"--workers={WORKERS}"),
            f"--http-port={port}",
            f"--gevent-port={free_port()}",
            "--http-interface=127.0.0.1",
            "--max-cron-threads=0",
            f"--logfile={log}",
        ),
        env=workplace.environ,
        stderr=subprocess.DEVNULL,  # chat's own process cannot be started so
    )
    try:
        _wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(port):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/web/login", timeout=30)
            return
        except OSError:
            time.sleep(0.3)
    raise Problem("Odoo does not answer.")


def _get_workers(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _get_peak(pid):
    """Return the most memory that a process ever had, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0
