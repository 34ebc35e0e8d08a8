# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from pathlib import Path

import pytest

from tools import base_database
from tools.base_database import copy_of_base, database_name
from tools.odoo_source import Odoo
from tools.postgres import Connection


class Workplace:
    """Stands in for Odoo and PostgreSQL: databases are names with modules."""

    def __init__(self, settings):
        self.settings = settings
        self.connection = Connection(host="/socket")
        self.odoo = Odoo(Path("/odoo"), (), "19.0.0")
        self.databases = {}
        self.stamps = {}
        self.installed = []

    def install(self, name, modules, log_name):
        self.installed.append(list(modules))
        self.databases.setdefault(name, set()).update(modules)

    def duplicate(self, source, target):
        self.databases[target] = set(self.databases[source])

    def drop(self, name):
        self.databases.pop(name, None)
        self.stamps.pop(name, None)

    def read_stamp(self, name):
        return self.stamps.get(name)

    def write_stamp(self, name, stamp):
        self.stamps[name] = stamp

    def store(self, name, folder):
        (folder / "modules").write_text("\n".join(sorted(self.databases[name])))

    def restore(self, folder, name):
        self.databases[name] = set((folder / "modules").read_text().split())


@pytest.fixture
def workplace(make_settings, monkeypatch, tmp_path):
    monkeypatch.setattr(type(make_settings()), "build", tmp_path)
    place = Workplace(make_settings())
    stubs = {
        "names": lambda _, prefix: [n for n in place.databases if n.startswith(prefix)],
    }
    for name, stub in stubs.items():
        monkeypatch.setattr(base_database.database, name, stub)
    return place


def test_dependencies_are_installed_once(workplace):
    copy_of_base(workplace, ["crm", "account"], "one")
    copy_of_base(workplace, ["account", "crm"], "two")
    assert workplace.installed == [["account", "crm"]]
    assert (
        workplace.databases["one"]
        == workplace.databases["two"]
        == {
            "account",
            "crm",
        }
    )


def test_bigger_base_is_built_on_the_smaller_one(workplace):
    copy_of_base(workplace, ["account"], "one")
    copy_of_base(workplace, ["account", "crm"], "two")
    assert workplace.installed == [["account"], ["crm"]]
    assert workplace.databases["two"] == {"account", "crm"}
    assert workplace.databases["one"] == {"account"}


def test_base_that_was_left_half_made_is_made_anew(workplace):
    copy_of_base(workplace, ["account"], "one")
    workplace.stamps.clear()
    (base,) = (name for name in workplace.databases if "base" in name)
    workplace.databases[base] = {"half"}
    copy_of_base(workplace, ["account"], "two")
    assert workplace.databases["two"] == {"account"}


def test_bases_of_another_odoo_are_dropped(workplace):
    copy_of_base(workplace, ["account"], "one")
    workplace.odoo = Odoo(Path("/odoo"), (), "19.0.1")
    copy_of_base(workplace, ["account"], "one")
    bases = [name for name in workplace.databases if "base" in name]
    assert len(bases) == 1
    assert workplace.installed == [["account"], ["account"]]


def test_another_clone_takes_the_base_from_the_cache(workplace, make_settings):
    copy_of_base(workplace, ["account", "crm"], "one")
    clone = Workplace(workplace.settings)
    workplace.databases, workplace.stamps = clone.databases, clone.stamps
    copy_of_base(workplace, ["account", "crm"], "one")
    assert workplace.installed == [["account", "crm"]]
    assert workplace.databases["one"] == {"account", "crm"}


def test_server_of_somebody_else_gets_nothing_from_the_cache(workplace, make_settings):
    copy_of_base(workplace, ["crm"], "one")
    workplace.databases.clear()
    workplace.stamps.clear()
    workplace.settings = make_settings(PGHOST="/tmp")
    copy_of_base(workplace, ["crm"], "one")
    assert workplace.installed == [["crm"], ["crm"]]


def test_names_are_told_apart_only_on_a_shared_server(make_settings):
    settings = make_settings()
    assert database_name(Workplace(settings), "demo") == "demo"
    for given in (
        {"PGHOST": "db.example"},
        {"PGHOST": "/var/run/postgresql"},
        {"PGPORT": "5433"},
        {"DATABASE_URL": "postgresql://odoo@/postgres?host=/var/run/postgresql"},
    ):
        shared = make_settings(**given)
        name = database_name(Workplace(shared), "demo")
        assert name == f"{shared.project_key}_demo", given
