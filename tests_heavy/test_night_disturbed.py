# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whatever happens to a night, figures are those before or after it, and whole."""

import re

import pytest

from tools.postgres import Server

from .databases import wait_until

KILLS = 10
SIGKILL = -9


@pytest.fixture(scope="module")
def before_night(databases, business):
    return databases.snapshot(business)


@pytest.fixture(scope="module")
def statements(databases, business):
    """How many statements a night sends."""
    name = databases.duplicate(business)
    log = databases.run(name, "count_statements(env)")
    databases.drop(name)
    return int(re.search(r"STATEMENTS (\d+)", log)[1])


@pytest.mark.parametrize("place", range(KILLS))
def test_killed_night(
    databases, database, before_night, after_night, statements, place
):
    """Killed at ten places from the first statement to the last."""
    statement = 1 + place * (statements - 1) // (KILLS - 1)
    databases.run(database, f"run_night_until_killed(env, {statement})", SIGKILL)
    assert _is_whole(databases.snapshot(database), before_night, after_night)
    databases.run(database, "run_night(env)")
    assert _differences(databases.snapshot(database), after_night) == {}


def test_server_restarted_under_a_night(
    databases, database, before_night, after_night, statements, tmp_path
):
    with _paused_night(databases, database, statements // 2, tmp_path) as night:
        Server(databases.workplace.settings).restart()
    databases.wait(night, expected_code=None)
    assert _is_whole(databases.snapshot(database), before_night, after_night)
    databases.run(database, "run_night(env)")
    assert _differences(databases.snapshot(database), after_night) == {}


def test_two_nights_at_once(databases, database, after_night, statements, tmp_path):
    """The second finds the first at work and leaves it to it."""
    with _paused_night(databases, database, statements // 2, tmp_path) as night:
        databases.run(database, "run_night(env)")
    databases.wait(night)
    assert _differences(databases.snapshot(database), after_night) == {}


@pytest.mark.parametrize("disturbance", ["save_often(env)", "delete_and_merge(env)"])
def test_users_at_work(databases, business, statements, tmp_path, disturbance):
    """Nobody waits or fails, and the next night is as if it had been alone."""
    disturbed, alone = databases.duplicate(business), databases.duplicate(business)
    with _paused_night(databases, disturbed, statements // 2, tmp_path) as night:
        databases.run(disturbed, disturbance)
    databases.wait(night)
    databases.run(alone, disturbance)
    figures = []
    for name in (disturbed, alone):
        databases.run(name, "run_night(env)")
        figures.append(databases.snapshot(name)["crm_customer_metric"])
        databases.drop(name)
    assert figures[0] == figures[1]


def test_statement_timeout(databases, database, before_night, after_night):
    """A night that may not finish says so, and keeps what was there."""
    databases.query(
        "postgres", f"ALTER DATABASE {database} SET statement_timeout = 1; SELECT 1"
    )
    databases.run(database, "run_night(env)", expected_code=None)
    databases.query(
        "postgres", f"ALTER DATABASE {database} RESET statement_timeout; SELECT 1"
    )
    after = databases.snapshot(database)
    assert after["crm_customer_metric"] == before_night["crm_customer_metric"]
    databases.run(database, "run_night(env)")
    assert _differences(databases.snapshot(database), after_night) == {}


class _paused_night:
    """A night that waits before a statement for as long as the block lasts."""

    def __init__(self, databases, name, statement, folder):
        self._flag = folder / "paused"
        script = f"run_night_with_pause(env, {statement}, {str(self._flag)!r})"
        self._process = databases.start(name, script)

    def __enter__(self):
        wait_until(lambda: self._flag.exists() or self._process.poll() is not None)
        assert self._flag.exists(), self._process.log_path.read_text()[-3000:]
        return self._process

    def __exit__(self, *_exception):
        self._flag.unlink()


def _is_whole(found, *allowed):
    return any(not _differences(found, each) for each in allowed)


def _differences(found, expected):
    """Return {table: (rows too many, rows that are missing)}."""
    return {
        table: (
            sorted(set(found[table]) - set(rows))[:3],
            sorted(set(rows) - set(found[table]))[:3],
        )
        for table, rows in expected.items()
        if found[table] != rows
    }
