# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Companies are refreshed by two workers at once, of which one is killed half-way."""

import os
import signal
from contextlib import contextmanager

import pytest

from tools.addons import MAIN
from tools.workers import two_workers

from .databases import wait_until

COMPANIES = 3
RUNNER = ("--load=base,web,queue_job",)
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
    snapshot = databases.snapshot(name)
    databases.drop(name)
    return snapshot


def test_killed_worker(databases, companies, one_after_the_other):
    """Another takes the company over; figures are what one process would have made."""
    place = databases.workplace
    with two_workers(place, companies, "heavy-server", *RUNNER, environ=CHANNELS):
        with _held(databases, companies):
            databases.run(companies, ENQUEUE, options=RUNNER)
            wait_until(lambda: len(_get_waiting(databases, companies)) == 2)
            killed, _other = _get_waiting(databases, companies)
            os.kill(killed, signal.SIGKILL)
        wait_until(lambda: _are_done(databases, companies), PATIENCE)
    retried = databases.query(companies, "SELECT sum(retry) FROM queue_job")
    assert retried == [(1,)]
    found = databases.snapshot(companies)
    assert {table for table in found if found[table] != one_after_the_other[table]} == (
        set()
    )


@contextmanager
def _held(databases, name):
    """Have whoever stores a figure wait."""
    with databases.connect(name) as cursor:
        cursor.execute("BEGIN; LOCK TABLE crm_customer_metric IN SHARE MODE")
        yield
        cursor.execute("COMMIT")


def _get_waiting(databases, name):
    """Return the process ids of the workers that wait, each once."""
    query = """
        SELECT DISTINCT application_name FROM pg_stat_activity
         WHERE datname = %s AND wait_event_type = 'Lock'
    """
    found = databases.query("postgres", query, name)
    return sorted(int(text.removeprefix("odoo-")) for (text,) in found)


def _are_done(databases, name):
    query = "SELECT count(*) FILTER (WHERE state <> 'done'), count(*) FROM queue_job"
    return databases.query(name, query) == [(0, COMPANIES + 1)]
