# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Odoo's configuration names of the database server what is known."""

from configparser import ConfigParser
from pathlib import Path

import pytest

from tools import odoo
from tools.odoo import Workplace
from tools.odoo_source import Odoo
from tools.postgres import Connection, parse_url


def make_workplace(settings, connection, programs=()):
    return Workplace(
        settings=settings,
        odoo=Odoo(Path("/odoo"), (), "19.0.0"),
        connection=connection,
        addons=(),
        test_addons=(),
        demo_addon=None,
        programs=programs,
    )


def read_options(place):
    place.write_configuration()
    parser = ConfigParser(interpolation=None)
    parser.read(place.environ["ODOO_RC"])
    return parser["options"]


def read_configuration(settings, connection):
    options = read_options(make_workplace(settings, connection))
    return {key: value for key, value in options.items() if key.startswith("db_")}


@pytest.fixture
def settings(make_settings, monkeypatch, tmp_path):
    monkeypatch.setattr(type(make_settings()), "build", tmp_path)
    monkeypatch.setattr(odoo, "site_packages", lambda _settings: tmp_path)
    return make_settings()


def test_port_that_is_not_given_is_left_to_postgresql(settings):
    connection = parse_url("postgresql://odoo@/postgres?host=/socket")
    expected = {"db_host": "/socket", "db_user": "odoo"}
    assert read_configuration(settings, connection) == expected


def test_all_that_is_given_stands_in_it(settings):
    connection = Connection("server", "5433", "odoo", "100%")
    assert read_configuration(settings, connection) == {
        "db_host": "server",
        "db_port": "5433",
        "db_user": "odoo",
        "db_password": "100%",
    }


def test_odoo_finds_the_programs_after_those_of_the_system(settings, monkeypatch):
    monkeypatch.setenv("PATH", "/system")
    connection = parse_url("postgresql://odoo@/postgres?host=/socket")
    programs = (Path("/paper/bin"), Path("/rtl/.bin"))
    place = make_workplace(settings, connection, programs)
    assert place.environ["PATH"] == "/system:/paper/bin:/rtl/.bin"
    assert read_options(place)["bin_path"] == "/paper/bin:/rtl/.bin"
