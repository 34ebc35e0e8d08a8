# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
import subprocess

import pytest

from tools import postgres as postgres_module
from tools.console import Problem
from tools.postgres import Connection, Server, given_connection, parse_url


def test_own_server_without_settings(make_settings):
    assert given_connection(make_settings()) is None


def test_libpq_s_variables(make_settings):
    settings = make_settings(PGHOST="db", PGPORT="5433", PGUSER="me", PGPASSWORD="no")
    assert given_connection(settings) == Connection("db", "5433", "me", "no")


def test_user_alone_names_no_server(make_settings):
    assert given_connection(make_settings(PGUSER="me")) is None


def test_url_with_escaped_password():
    assert parse_url("postgresql://me:p%40ss@db.example:5433/any") == Connection(
        "db.example", "5433", "me", "p@ss"
    )


def test_url_of_a_socket():
    connection = parse_url("postgres://me@/any?host=/run/postgresql")
    assert connection.arguments == {"host": "/run/postgresql", "user": "me"}


def test_other_url_is_refused():
    with pytest.raises(Problem, match="DATABASE_URL must begin"):
        parse_url("mysql://me@db/any")


def test_user_that_odoo_refuses_is_refused_at_once(make_settings):
    with pytest.raises(Problem, match="refuses to work as the database user postgres"):
        given_connection(make_settings(DATABASE_URL="postgresql://postgres@db/any"))


@pytest.fixture
def server(make_settings, tmp_path, monkeypatch):
    """A server whose programs only note that they were called."""
    calls = []

    class Pretended(Server):
        def run_program(self, program, *arguments, log=None):
            calls.append(program if program == "initdb" else arguments[-1])
            if calls[-1] == "initdb":
                self._data.mkdir(parents=True)
            if calls[-1] == "start":
                self._pid_file.write_text(f"{os.getpid()}\n")
            if calls[-1] == "stop":
                self._pid_file.unlink()

    monkeypatch.setattr(postgres_module.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(
        postgres_module,
        "program_of",
        lambda pid: "postgres" if pid == os.getpid() else "",
    )
    monkeypatch.setattr(type(make_settings()), "build", tmp_path / "build")

    def make():
        one = Pretended(make_settings())
        one.calls = calls
        return one

    return make


def test_first_user_makes_and_starts_it_and_the_last_one_stops_it(server):
    one, two = server(), server()
    first, second = one.join(), two.join()
    assert one.calls == ["initdb", "start"]
    one.leave(first)
    assert one.calls == ["initdb", "start"]
    two.leave(second)
    assert one.calls == ["initdb", "start", "stop"]


def test_second_run_keeps_the_databases(server):
    one = server()
    one.leave(one.join())
    one.leave(one.join())
    assert one.calls == ["initdb", "start", "stop", "start", "stop"]


def test_server_half_made_by_a_killed_run_is_made_anew(server):
    one = server()
    one.leave(one.join())
    (one.folder / "data" / "complete").unlink()
    one.leave(one.join())
    assert one.calls.count("initdb") == 2


def test_process_that_took_over_the_number_of_a_crashed_server_is_not_it(server):
    one = server()
    one.leave(one.join())
    other = subprocess.Popen(["sleep", "60"])
    try:
        (one.folder / "data" / "postmaster.pid").write_text(f"{other.pid}\n")
        handle = one.join()
        assert one.calls[-1] == "start"
        one.leave(handle)
    finally:
        other.kill()
        other.wait()


def test_server_in_use_is_not_removed(server):
    one = server()
    handle = one.join()
    with pytest.raises(Problem, match="still in use"):
        server().remove()
    one.leave(handle)
    server().remove()
    assert not one.folder.exists()


def test_background_server_keeps_it_running_after_the_command_ended(server):
    one = server()
    handle = one.join()
    child = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        one.leave(handle)
        assert "stop" not in one.calls
        assert one.stop_if_unused() is False
    finally:
        child.kill()
        child.wait()
    assert one.stop_if_unused() is True
    assert one.calls[-1] == "stop"


def test_long_path_gets_a_short_socket(server, make_settings, tmp_path, monkeypatch):
    deep = tmp_path / ("d" * 100)
    monkeypatch.setattr(type(make_settings()), "build", deep)
    socket = f"{server().connection.host}/.s.PGSQL.5432"
    assert len(socket) <= 107
