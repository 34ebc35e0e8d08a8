# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import shutil

import pytest

from tools.node import NPM_OPTIONS, provide_rtlcss

OF_THE_SHELL = [(name, shutil.which(name)) for name in ("mkdir", "sh")]
NPM = 'echo "$@" >> {calls}; mkdir -p node_modules/.bin'


@pytest.fixture
def settings(make_settings, monkeypatch, tmp_path):
    """Settings of a machine with Node.js and the usual shell, and nothing else."""
    monkeypatch.setattr(type(make_settings()), "build", tmp_path / "build")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return make_settings()


@pytest.fixture
def machine(program, tmp_path):
    """Put a program into the only folder that is searched."""

    def put(name, body):
        return program(name, body, tmp_path / "bin")

    put("node", "echo v24.0.0")
    for name, path in OF_THE_SHELL:
        (tmp_path / "bin" / name).symlink_to(path)
    return put


def test_rtlcss_is_installed_once_and_without_the_checks_of_style(
    machine, settings, tmp_path
):
    machine("npm", NPM.format(calls=tmp_path / "calls"))
    folders = provide_rtlcss(settings)
    assert [folder.name for folder in folders] == [".bin", "bin"]
    assert all(folder.is_dir() for folder in folders)
    assert provide_rtlcss(settings) == folders
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls == [" ".join(["ci", "--omit=dev", *NPM_OPTIONS])]


def test_rtlcss_of_the_system_is_taken(machine, settings):
    machine("npm", "exit 1")
    machine("rtlcss", "exit 0")
    assert provide_rtlcss(settings) == ()


def test_without_rtlcss_the_rest_still_runs(machine, settings, capsys):
    machine("npm", "exit 1")
    assert provide_rtlcss(settings) == ()
    assert "right to left" in capsys.readouterr().out
