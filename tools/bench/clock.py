# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How long something takes: on the wall, and on the cores of Odoo and PostgreSQL."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds of the wall, core-seconds of Odoo and its backend, and SQL queries."""

    seconds: float
    core_seconds: float
    queries: int


class Clock:
    """Measures what is called on one cursor.

    The backend's core-seconds are read from /proc, so they are of a server on the same
    machine; of another one they count nothing.
    """

    def __init__(self, cr):
        self._cr = cr
        cr.execute("SELECT pg_backend_pid()")
        self._backend = Path(f"/proc/{cr.fetchone()[0]}/stat")

    def measure(self, call):
        """Call it once."""
        queries, cores = self._cr.sql_log_count, self._get_core_seconds()
        started = time.perf_counter()
        call()
        return Spent(
            time.perf_counter() - started,
            self._get_core_seconds() - cores,
            self._cr.sql_log_count - queries,
        )

    def measure_median(self, call, times=5):
        """Call it once to warm up and then several times; return the medians."""
        call()
        runs = [self.measure(call) for _again in range(times)]
        return Spent(
            median(run.seconds for run in runs),
            # ticks of the backend are coarse: a mean is finer than a median
            sum(run.core_seconds for run in runs) / times,
            median(run.queries for run in runs),
        )

    def _get_core_seconds(self):
        spent = time.process_time()
        if self._backend.exists():
            fields = self._backend.read_text().rsplit(")", 1)[1].split()
            spent += (int(fields[11]) + int(fields[12])) / TICKS
        return spent
