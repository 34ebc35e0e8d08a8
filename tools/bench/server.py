# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Odoo on two workers, asked by many people at once."""

import io
import time
import zipfile
from pathlib import Path

from tools.workers import two_workers

from .browser import measure_browser
from .visitors import Person, visit

USERS = 30  # see company.USERS, which only Odoo can import; the last are managers
PEOPLE, EVERY, SECONDS = 20, 10, 120
HASTY_PEOPLE, HASTY_SECONDS = 4, 30
WORKBOOK_ROWS = 100_000
REPORT = "rfm"


def measure_server(workplace, name):
    """Return figures of a server: a browser, many people, a workbook taken away."""
    with two_workers(workplace, name, "bench-server") as server:
        people = [
            Person(server.port, f"person{USERS - each}")
            for each in range(1, PEOPLE + 1)
        ]
        for person in people:
            company_id = person.log_in(name)
            person.open_dashboard()
        browser = measure_browser(server.port, name, people[0].login)
        spent, errors = visit(people, SECONDS, EVERY)
        hasty, more_errors = visit(people[:HASTY_PEOPLE], HASTY_SECONDS)
        seconds, rows = _take_workbook(people[0], company_id)
        return {
            "browser_s": round(browser, 2),
            "users20_p95_s": round(sorted(spent)[int(0.95 * len(spent))], 3),
            "users20_errors": len(errors) + len(more_errors),
            "dashboards_per_s": round(len(hasty) / HASTY_SECONDS, 2),
            "workbook_rows": rows,
            "workbook_s": round(seconds, 1),
            "worker_peak_mb": round(max(map(_get_peak, _get_workers(server.pid)))),
        }


def _take_workbook(person, company_id):
    """Return the seconds that a workbook of customers took, and its rows."""
    here = [["company_id", "=", company_id]]
    model = "crm.customer.metric"
    beyond = person.call(
        "search_read", here, ["id"], WORKBOOK_ROWS, 1, "id", model=model
    )
    options = {"domain": [["id", "<", each["id"]] for each in beyond]}
    started = time.monotonic()
    content = person.download_report(REPORT, options)
    seconds = time.monotonic() - started
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [name for name in book.namelist() if "worksheets/sheet" in name]
        rows = max(book.read(sheet).count(b"<row ") for sheet in sheets)
    return seconds, rows


def _get_workers(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _get_peak(pid):
    """Return the most memory that a process ever had, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0
