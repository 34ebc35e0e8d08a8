# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
import subprocess
from types import SimpleNamespace

import pytest

from tools.bench import __main__ as bench
from tools.bench.visitors import visit
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
            (place.settings.logs / "bench.json").write_text('{"dashboard_s": 0.2}')
            return subprocess.CompletedProcess(command, place.code)

        monkeypatch.setattr(bench.subprocess, "run", run)

        def serve(place, name):
            place.calls.append(("serve", name))
            return {"users20_errors": 0}

        monkeypatch.setattr(bench, "measure_server", serve)
        monkeypatch.setattr(
            bench,
            "copy_of_base",
            lambda _place, modules, name: place.calls.append(("copy", name, modules)),
        )
        return place

    return make


def test_all_is_measured_in_a_database_of_its_own(make_workplace):
    workplace = make_workplace(0)
    figures = bench._measure(workplace, 5000, 20_000)
    assert figures == {"dashboard_s": 0.2, "users20_errors": 0}
    assert workplace.calls == [
        ("copy", bench.NAME, ("sale_crm",)),
        ("install", bench.NAME, ["crm_dashboards", "spreadsheet_dashboard_sale"]),
        ("shell", bench.NAME),
        ("serve", bench.NAME),
        ("drop", bench.NAME),
    ]
    assert "measure(env, 5000, 20000, " in workplace.script


def test_failure_is_told_with_its_log_and_leaves_no_database(make_workplace):
    workplace = make_workplace(1)
    with pytest.raises(Problem, match="what went wrong"):
        bench._measure(workplace, 5000, 20_000)
    assert workplace.calls[-1] == ("drop", bench.NAME)


@pytest.mark.parametrize("sizes", [["many"], ["12"], ["-5"], ["5000", "6000"]])
def test_sizes_that_are_none_are_refused(sizes, capsys):
    assert bench.main(sizes) == 2
    assert "usage" in capsys.readouterr().err


def test_sizes_come_by_the_environment_which_then_names_no_file(monkeypatch):
    monkeypatch.setenv("ORDERS", "50000")
    monkeypatch.setenv("CUSTOMERS", "2000")
    assert bench._read_sizes([]) == (50_000, 2000)
    assert "ORDERS" not in os.environ
    monkeypatch.delenv("CUSTOMERS")
    assert bench._read_sizes([]) == (1_000_000, 200_000)


class Sleepless:
    """Stands in for a person, and fails on the third dashboard."""

    def __init__(self):
        self.opened = 0

    def open_dashboard(self):
        self.opened += 1
        if self.opened == 3:
            raise RuntimeError("tired")


def test_visitors_open_again_and_tell_their_errors():
    spent, errors = visit([Sleepless(), Sleepless()], seconds=60)
    assert len(spent) == 4
    assert [str(error) for error in errors] == ["tired", "tired"]


def test_visitors_wait_between_two_openings():
    person = Sleepless()
    spent, errors = visit([person], seconds=0.25, every=0.2)
    assert (len(spent), errors, person.opened) == (2, [], 2)
