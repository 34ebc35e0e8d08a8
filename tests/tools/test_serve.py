# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
import socket

import pytest

from tools.console import Problem
from tools.serve import check_port


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
    with pytest.raises(Problem, match="already runs in the background"):
        check_port(settings_of(taken_port))


def test_note_of_a_server_that_is_gone_does_not_matter(
    settings_of, taken_port, tmp_path
):
    (tmp_path / "odoo.pid").write_text(f"{2**22 + 1} {taken_port}\n")
    with pytest.raises(Problem, match="taken by another program"):
        check_port(settings_of(taken_port))
