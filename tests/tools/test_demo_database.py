# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools import demo_database
from tools.console import Problem
from tools.demo_database import check_orders, chosen_history, provide_demo

STAMP = {"made": "2026-05-04", "modules": ["a"], "addons": "new", "loader": "same"}


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


def test_malformed_file_is_refused_with_line_and_reason(
    make_settings, history_file, tmp_path, monkeypatch
):
    monkeypatch.setattr(type(make_settings()), "build", tmp_path / "build")
    history_file.write_text("customer_id,date,amount\nA,not a day,10\n")
    with pytest.raises(Problem, match="line 2"):
        check_orders(make_settings(ORDERS=str(history_file)))


class Workplace:
    """Stands in for Odoo and PostgreSQL, and notes what is asked of them."""

    def __init__(self, settings):
        self.settings = settings
        self.connection = None
        self.addons = ()
        self.calls = []

    def drop(self, name):
        self.calls.append("drop")

    def install(self, name, modules, log_name):
        self.calls.append("install")

    def update(self, name, modules, log_name):
        self.calls.append("update")

    def run_script(self, log_name, name, script, *, failure):
        self.calls.append(log_name)
        if log_name == self.failing:
            raise Problem(failure)

    failing = None


@pytest.fixture
def workplace(make_settings, monkeypatch):
    """A workplace, with the stamp of its database at `stamps["now"]`."""
    place = Workplace(make_settings())
    place.stamps = {"now": None}
    stub = {
        "database_name": lambda workplace, name: name,
        "copy_of_base": lambda workplace, modules, name: place.calls.append("copy"),
        "_stamp": lambda workplace: STAMP,
        "_names": lambda workplace: STAMP["modules"],
    }
    for name, function in stub.items():
        monkeypatch.setattr(demo_database, name, function)
    database = demo_database.database
    monkeypatch.setattr(database, "exists", lambda connection, name: False)
    monkeypatch.setattr(
        database, "read_stamp", lambda connection, name: place.stamps["now"]
    )
    monkeypatch.setattr(
        database,
        "write_stamp",
        lambda connection, name, stamp: place.stamps.update(now=stamp),
    )
    return place


def test_first_run_makes_all_and_notes_it_last(workplace):
    provide_demo(workplace)
    assert workplace.calls == ["copy", "install", "history", "nightly"]
    assert workplace.stamps["now"] == STAMP


def test_second_run_does_nothing(workplace):
    provide_demo(workplace)
    workplace.calls.clear()
    provide_demo(workplace)
    assert workplace.calls == []


@pytest.mark.parametrize("failing", ["history", "nightly"])
def test_failure_leaves_no_database(workplace, failing):
    workplace.failing = failing
    with pytest.raises(Problem):
        provide_demo(workplace)
    assert workplace.calls[-1] == "drop"
    assert workplace.stamps["now"] is None


def test_changed_code_updates_and_keeps_the_day_of_the_history(workplace):
    workplace.addons = (type("Addon", (), {"name": "a"})(),)
    workplace.stamps["now"] = {**STAMP, "made": "2026-01-01", "addons": "old"}
    provide_demo(workplace)
    assert workplace.calls == ["update", "nightly"]
    assert workplace.stamps["now"] == {**STAMP, "made": "2026-01-01"}


def test_new_addon_is_installed_once_the_others_are_updated(workplace):
    workplace.addons = tuple(type("Addon", (), {"name": n})() for n in ("a", "b"))
    workplace.stamps["now"] = {**STAMP, "addons": "old"}
    provide_demo(workplace)
    assert workplace.calls == ["update", "install", "nightly"]


def test_changed_generator_only_says_so(workplace, capsys):
    workplace.stamps["now"] = {**STAMP, "loader": "old"}
    provide_demo(workplace)
    assert workplace.calls == []
    assert "FRESH=1" in capsys.readouterr().out
