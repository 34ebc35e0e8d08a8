# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
import sys
from pathlib import Path

import pytest

from tools import python_env
from tools.console import Problem
from tools.python_env import (
    INSTALLED,
    NODE,
    REQUIREMENTS,
    provide_environment,
    requirements_key,
)

PIN = re.compile(r'^[\w.-]+==[\w.]+(; python_version (<|>=) "3\.12")?$')


@pytest.mark.parametrize("changed", INSTALLED)
def test_key_follows_every_pin(tmp_path, changed):
    for name in INSTALLED:
        (tmp_path / name).write_text("a==1\n")
    before = requirements_key(INSTALLED, tmp_path)
    assert requirements_key(INSTALLED, tmp_path) == before
    (tmp_path / changed).write_text("a==2\n")
    assert requirements_key(INSTALLED, tmp_path) != before


def test_key_follows_the_version_of_python(monkeypatch):
    before = requirements_key(INSTALLED)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert requirements_key(INSTALLED) != before


@pytest.mark.parametrize("name", INSTALLED + NODE)
def test_everything_is_pinned(name):
    lines = (REQUIREMENTS / name).read_text().splitlines()
    loose = [line for line in lines if not line.startswith("#") and not PIN.match(line)]
    assert loose == []


@pytest.fixture
def calls(monkeypatch):
    """What is run instead of venv and pip; pip fails where `calls.failing` says so."""

    class Calls(list):
        failing = None

    noted = Calls()

    def run(command, log, *, failure):
        words = [str(word) for word in command]
        what = next(word for word in ("wheel", "install", "venv") if word in words)
        noted.append(what)
        if what == noted.failing:
            raise Problem(failure)
        if what == "venv":
            (Path(words[-1]) / "bin").mkdir(parents=True, exist_ok=True)
            (Path(words[-1]) / "bin" / "python").touch()

    monkeypatch.setattr(python_env, "run_logged", run)
    monkeypatch.setattr(
        python_env.importlib.util, "find_spec", lambda name: "pip is there"
    )
    return noted


@pytest.fixture
def settings(make_settings, tmp_path, monkeypatch):
    monkeypatch.setattr(type(make_settings()), "build", tmp_path / "build")
    return make_settings()


def test_second_run_does_nothing(settings, calls):
    provide_environment(settings)
    assert calls == ["venv", "wheel", "venv", "install"]
    provide_environment(settings)
    assert calls == ["venv", "wheel", "venv", "install"]


def test_second_clone_shares_the_environment(settings, calls, tmp_path, monkeypatch):
    first = provide_environment(settings)
    calls.clear()
    monkeypatch.setattr(type(settings), "build", tmp_path / "second")
    second = provide_environment(settings)
    assert calls == []
    assert first != second
    assert first.samefile(second)


def test_environment_of_other_pins_gives_way(settings, calls, monkeypatch):
    old = provide_environment(settings).resolve()
    monkeypatch.setattr(python_env, "requirements_key", lambda names: "changed")
    assert provide_environment(settings).resolve() != old
    assert old.exists()  # other clones may use it


def test_folder_of_its_own_gives_way(settings, calls):
    (settings.build / "venv").mkdir(parents=True)
    assert provide_environment(settings).exists()
    assert (settings.build / "venv").is_symlink()


def test_failed_download_leaves_the_old_environment(settings, calls, monkeypatch):
    python = provide_environment(settings)
    monkeypatch.setattr(python_env, "requirements_key", lambda names: "changed")
    calls.failing = "wheel"
    with pytest.raises(Problem, match="network"):
        provide_environment(settings)
    assert python.exists()


def test_interrupted_installation_is_done_again(settings, calls):
    calls.failing = "install"
    with pytest.raises(Problem):
        provide_environment(settings)
    calls.failing = None
    calls.clear()
    provide_environment(settings)
    assert calls == ["venv", "install"]
