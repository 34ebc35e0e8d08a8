# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tools import demo_database
from tools.addons import DEMO
from tools.console import Problem
from tools.demo_database import check_orders, chosen_history, provide_demo

STAMP = {"made": "2026-05-04", "modules": ["a", DEMO], "addons": "new", "demo": "same"}


@pytest.fixture
def history_file(tmp_path):
    path = tmp_path / "history.csv"
    path.write_text("customer_id,date,amount\n")
    return path


def test_each_order_file_has_a_database_of_its_own(make_settings, history_file):
    wholesale = chosen_history(make_settings()).database
    first = chosen_history(make_settings(ORDERS=str(history_file))).database
    history_file.write_text("customer_id,date,amount\nA,2026-01-01,10\n")
    second = chosen_history(make_settings(ORDERS=str(history_file))).database
    assert len({wholesale, first, second}) == 3


def test_same_content_under_another_name_is_the_same_history(
    make_settings, history_file, tmp_path
):
    twin = tmp_path / "twin.csv"
    twin.write_text(history_file.read_text())
    names = {
        chosen_history(make_settings(ORDERS=str(path))).database
        for path in (history_file, twin)
    }
    assert len(names) == 1


def test_malformed_file_is_refused_with_line_and_reason(make_settings, history_file):
    history_file.write_text("customer_id,date,amount\nA,not a day,10\n")
    with pytest.raises(Problem, match="line 2"):
        check_orders(make_settings(ORDERS=str(history_file)))


class Workplace:
    """Stands in for Odoo and PostgreSQL, and notes what is asked of them."""

    failing = None

    def __init__(self, settings):
        self.settings = settings
        self.connection = None
        self.addons = (SimpleNamespace(name="a", depends=()),)
        self.stamp = None
        self.calls = []

    def drop(self, name):
        self.calls.append("drop")

    def read_stamp(self, name):
        return self.stamp

    def write_stamp(self, name, stamp):
        self.stamp = stamp

    def install(self, name, modules, log_name):
        self._note("install", *modules)

    def update(self, name, modules, log_name):
        self._note("update", *modules)

    def run_script(self, log_name, name, script, *, failure):
        # Odoo makes figures of what is committed
        self._note(*re.findall(r"\bload\(|commit|refresh", script))

    def _note(self, *words):
        self.calls.append(" ".join(words))
        if words[0] == self.failing:
            raise Problem("it fails")


@pytest.fixture
def workplace(make_settings, monkeypatch):
    """A workplace whose database has the stamp `workplace.stamp`, None at first."""
    place = Workplace(make_settings())

    def stub(owner, name, function):
        monkeypatch.setattr(owner, name, function)

    database = demo_database.database
    stub(demo_database, "database_name", lambda workplace, name: name)
    stub(demo_database, "copy_of_base", lambda *_args: place.calls.append("copy"))
    stub(demo_database, "_stamp", lambda workplace, history: STAMP)
    stub(database, "exists", lambda connection, name: False)
    return place


def test_first_run_makes_all_in_one_go_and_notes_it_last(workplace):
    provide_demo(workplace)
    assert workplace.calls == ["copy", f"install a {DEMO}"]
    assert workplace.stamp == STAMP


def test_orders_of_a_file_are_loaded_without_the_demo(workplace, history_file):
    workplace.settings = replace(workplace.settings, orders=history_file)
    provide_demo(workplace)
    assert workplace.calls == ["copy", "install a", "load( commit refresh commit"]


def test_second_run_does_nothing(workplace):
    provide_demo(workplace)
    workplace.calls.clear()
    provide_demo(workplace)
    assert workplace.calls == []


def test_failure_leaves_no_database(workplace):
    workplace.failing = "install"
    with pytest.raises(Problem):
        provide_demo(workplace)
    assert workplace.calls[-1] == "drop"
    assert workplace.stamp is None


def test_changed_code_updates_and_keeps_the_day_of_the_history(workplace):
    workplace.stamp = {**STAMP, "made": "2026-01-01", "addons": "old"}
    provide_demo(workplace)
    assert workplace.calls == [f"update a {DEMO}", "refresh commit"]
    assert workplace.stamp == {**STAMP, "made": "2026-01-01"}


def test_new_addon_is_installed_once_the_others_are_updated(workplace):
    workplace.addons += (SimpleNamespace(name="b", depends=()),)
    workplace.stamp = {**STAMP, "addons": "old"}
    provide_demo(workplace)
    assert workplace.calls == [f"update a {DEMO}", "install b", "refresh commit"]


def test_changed_demo_only_says_so(workplace, capsys):
    workplace.stamp = {**STAMP, "demo": "old"}
    provide_demo(workplace)
    assert workplace.calls == []
    assert "FRESH=1" in capsys.readouterr().out
