# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import subprocess
from types import SimpleNamespace

import pytest

from tools.bench import __main__ as bench
from tools.console import Problem


class Workplace:
    """Stands in for Odoo and PostgreSQL, and notes what is asked of them."""

    environ = None

    def __init__(self, settings, code):
        self.settings = settings
        self.connection = SimpleNamespace(host="/socket")
        self.addons = (SimpleNamespace(name="crm_dashboards", depends=("sale_crm",)),)
        self.code = code
        self.calls = []

    def drop(self, name):
        self.calls.append(("drop", name))

    def install(self, name, modules, log_name):
        self.calls.append(("install", name, modules))

    def command(self, *arguments):
        self.calls.append(("shell", arguments[arguments.index("-d") + 1]))
        return ["shell"]


@pytest.fixture
def make_workplace(make_settings, monkeypatch, tmp_path):
    def make(code):
        place = Workplace(make_settings(), code)
        monkeypatch.setattr(type(place.settings), "build", tmp_path)

        def run(command, *, input, **options):
            place.script = input
            place.settings.logs.mkdir()
            (place.settings.logs / "bench.log").write_text("what went wrong")
            return subprocess.CompletedProcess(command, place.code)

        monkeypatch.setattr(bench.subprocess, "run", run)
        monkeypatch.setattr(
            bench,
            "copy_of_base",
            lambda _place, modules, name: place.calls.append(("copy", name, modules)),
        )
        return place

    return make


def test_nights_are_measured_in_a_database_of_their_own(make_workplace):
    workplace = make_workplace(0)
    bench._measure(workplace, 5000)
    assert workplace.calls == [
        ("copy", bench.NAME, ("sale_crm",)),
        ("install", bench.NAME, ["crm_dashboards"]),
        ("shell", bench.NAME),
        ("drop", bench.NAME),
    ]
    assert "measure(env, 5000)" in workplace.script


def test_failure_is_told_with_its_log_and_leaves_no_database(make_workplace):
    workplace = make_workplace(1)
    with pytest.raises(Problem, match="what went wrong"):
        bench._measure(workplace, 5000)
    assert workplace.calls[-1] == ("drop", bench.NAME)


@pytest.mark.parametrize("size", ["many", "12", "-5"])
def test_a_size_that_is_none_is_refused(size, capsys):
    assert bench.main([size]) == 2
    assert "usage" in capsys.readouterr().err
