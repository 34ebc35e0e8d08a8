# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import sys

import pytest

from tools import interpreter
from tools.interpreter import ensure_supported, find_supported


def test_command_that_does_not_work_is_passed_over(program, tmp_path):
    shim = program("python3.11", "echo not chosen >&2; exit 127", tmp_path / "shims")
    good = program("python3.11", "echo 3.11", tmp_path / "bin")
    assert find_supported([str(shim.parent), str(good.parent)]) == str(good)


def test_command_of_another_version_is_passed_over(program, tmp_path):
    program("python3.11", "echo 3.9", tmp_path)
    good = program("python3.12", "echo 3.12", tmp_path)
    assert find_supported([str(tmp_path)]) == str(good)


def test_none_is_found_where_there_is_none(tmp_path):
    assert find_supported([str(tmp_path), str(tmp_path / "missing")]) is None


def test_supported_python_goes_on(monkeypatch):
    monkeypatch.setattr(interpreter, "SUPPORTED", (sys.version_info[:2],))
    monkeypatch.setattr(interpreter.os, "execv", lambda *_: pytest.fail("restarted"))
    ensure_supported()


def test_other_python_starts_over_in_a_supported_one(monkeypatch, program, tmp_path):
    good = program("python9.8", "echo 9.8", tmp_path)
    monkeypatch.setattr(interpreter, "SUPPORTED", ((9, 8),))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["tools", "demo"])
    started = []
    monkeypatch.setattr(interpreter.os, "execv", lambda *words: started.append(words))
    ensure_supported()
    assert started == [(str(good), [str(good), "-m", "tools", "demo"])]


def test_machine_without_a_supported_python_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(interpreter, "SUPPORTED", ((9, 8),))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or 3\.12 is needed"):
        ensure_supported()
