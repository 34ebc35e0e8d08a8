# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
import socket
import subprocess
import sys

import pytest

from tools import serve
from tools.console import Problem
from tools.serve import check_port, stop


@pytest.fixture
def settings_of(make_settings, tmp_path, monkeypatch):
    monkeypatch.setattr(type(make_settings()), "build", tmp_path)
    return lambda port: make_settings(PORT=str(port))


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_free_port_is_fine(settings_of, taken_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    check_port(settings_of(free))


def test_taken_port_says_so_and_how_to_choose_another(settings_of, taken_port):
    with pytest.raises(Problem) as problem:
        check_port(settings_of(taken_port))
    assert f"Port {taken_port} is taken" in str(problem.value)
    assert "make demo PORT=" in str(problem.value)


def test_own_server_in_the_background_is_named(settings_of, taken_port, tmp_path):
    (tmp_path / "odoo.pid").write_text(f"{os.getpid()} {taken_port}\n")
    with pytest.raises(Problem, match="already runs at"):
        check_port(settings_of(taken_port))


def test_note_of_a_server_that_is_gone_does_not_matter(
    settings_of, taken_port, tmp_path
):
    (tmp_path / "odoo.pid").write_text(f"{2**22 + 1} {taken_port}\n")
    with pytest.raises(Problem, match="taken by another program"):
        check_port(settings_of(taken_port))


@pytest.fixture
def servers(tmp_path, monkeypatch):
    """Two processes in the place of servers on the ports 8101 and 8102, by port."""
    monkeypatch.setattr(serve, "given_connection", lambda settings: "another server")
    code = "import time; time.sleep(60)"
    started = {
        port: subprocess.Popen([sys.executable, "-c", code]) for port in (8101, 8102)
    }
    for port, server in started.items():
        (tmp_path / f"odoo-{port}.pid").write_text(f"{server.pid} {port}\n")
    yield started
    for server in started.values():
        server.kill()
        server.wait()


@pytest.fixture(autouse=True)
def _reap(monkeypatch):
    """Children of the test are waited for: nobody else would."""

    def stop_child(pid):
        os.kill(pid, serve.signal.SIGTERM)
        os.waitpid(pid, 0)

    monkeypatch.setattr(serve, "_stop_other", stop_child)


def _running(tmp_path):
    return {file.name for file in tmp_path.glob("odoo*.pid")}


def test_stop_ends_every_server_of_the_clone(servers, make_settings, settings_of):
    stop(make_settings(PORT=""))
    for server in servers.values():
        with pytest.raises(ProcessLookupError):
            os.kill(server.pid, 0)


def test_stop_with_a_port_ends_that_one(servers, settings_of, tmp_path):
    stop(settings_of(8101))
    with pytest.raises(ProcessLookupError):
        os.kill(servers[8101].pid, 0)
    assert servers[8102].poll() is None
    assert _running(tmp_path) == {"odoo-8102.pid"}


def test_stop_leaves_processes_that_took_over_a_number(settings_of, tmp_path, capsys):
    (tmp_path / "odoo-8101.pid").write_text(f"{2**22 + 1} 8101\n")
    (tmp_path / "odoo-8102.pid").write_text("broken")
    (tmp_path / "odoo-8103.pid").write_text("1 8103\n")  # no Python
    serve.given_connection, given = lambda settings: "another", serve.given_connection
    try:
        stop(settings_of(""))
    finally:
        serve.given_connection = given
    assert "No Odoo of this clone is running." in capsys.readouterr().out
    assert not _running(tmp_path)
