# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Companies are refreshed by two workers at once, of which one is killed half-way."""

import os
import re
import signal
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from tools.addons import MAIN
from tools.workers import two_workers

from .databases import wait_until

COMPANIES = 3
JOBS = COMPANIES + 1  # the company that was there, too
RUNNER = ("--load=base,web,queue_job", "--limit-time-real=600")
CHANNELS = {"ODOO_QUEUE_JOB_CHANNELS": "root:2"}
ENQUEUE = "env['crm.metric.refresh']._cron_refresh_metrics()\nenv.cr.commit()"
PATIENCE = 240  # a runner looks for dead jobs once a minute


@pytest.fixture
def companies(databases, database):
    """Name of a database with several companies and a queue of jobs."""
    databases.run(database, f"add_companies(env, {COMPANIES})")
    modules = ["queue_job", f"{MAIN}_queue_job"]
    databases.workplace.install(database, modules, "heavy-queue")
    return database


@pytest.fixture
def one_after_the_other(databases, companies):
    """Figures that the scheduled action makes by itself."""
    name = databases.duplicate(companies)
    databases.run(name, "run_night(env, fields.Datetime.now())")
    figures = _get_figures(databases, name)
    databases.drop(name)
    return figures


def test_killed_worker(databases, companies, one_after_the_other):
    """Another takes the company over; figures are what one process would have made."""
    place = databases.workplace
    with two_workers(
        place, companies, "heavy-server", *RUNNER, environ=CHANNELS
    ) as server:
        with _held(databases, companies):
            databases.run(companies, ENQUEUE, options=RUNNER)
            # each worker does one thing at a time: both are at work
            wait_until(lambda: _count_waiting(databases, companies) == 2)
            os.kill(_get_worker(server.log), signal.SIGKILL)
        wait_until(lambda: _are_done(databases, companies), PATIENCE)
    ((tries,),) = databases.query(companies, "SELECT sum(retry) FROM queue_job")
    assert tries == JOBS + 1
    assert _get_figures(databases, companies) == one_after_the_other


def _get_figures(databases, name):
    """Return all that is stored, but not at which moment of today it was."""
    today = datetime.now(UTC).date()
    moment = re.compile(rf'"{today} [\d:.]+"')
    return {
        table: sorted(moment.sub("now", row) for row in rows)
        for table, rows in databases.snapshot(name).items()
    }


@contextmanager
def _held(databases, name):
    """Have whoever stores a figure wait."""
    with databases.connect(name) as cursor:
        cursor.execute("BEGIN; LOCK TABLE crm_customer_metric IN SHARE MODE")
        yield
        cursor.execute("COMMIT")


def _count_waiting(databases, name):
    query = """
        SELECT count(*) FROM pg_stat_activity
         WHERE datname = %s AND wait_event_type = 'Lock'
    """
    return databases.query("postgres", query, name)[0][0]


def _get_worker(log):
    """Return the process id of the first worker that a server started."""
    return int(re.search(r"Worker WorkerHTTP \((\d+)\) alive", log.read_text())[1])


def _are_done(databases, name):
    query = "SELECT count(*) FILTER (WHERE state <> 'done'), count(*) FROM queue_job"
    return databases.query(name, query) == [(0, JOBS)]
