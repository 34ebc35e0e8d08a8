# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What only reads is read from a replica, also while it lags behind or is gone."""

import json

import pytest

from tools.bench.visitors import Person
from tools.odoo_log import read_report
from tools.postgres import Server
from tools.workers import two_workers

from .databases import wait_until
from .replica import Replica

EVERYONE = {"account_manager": "all"}
NAME = "Renamed customer"


@pytest.fixture
def replica(databases, database):
    server = Server(databases.workplace.settings)
    replica = Replica(server)
    databases.run(database, "create_people(env, 1)")
    # what is read is read as of today
    databases.run(database, "run_night(env, fields.Datetime.now())")
    try:
        replica.start()
        yield replica
    finally:
        replica.remove()


@pytest.fixture
def odoo(databases, database, replica):
    place = databases.workplace
    with two_workers(place, database, "heavy-server", *replica.options) as server:
        yield server


@pytest.fixture
def person(odoo, database):
    person = Person(odoo.port, "person0")
    person.log_in(database)
    return person


def test_dashboards_are_read_from_it(databases, database, odoo, replica, person):
    """A write is seen at once where it was made, and here when it has arrived."""
    before = person.open_dashboard(EVERYONE)
    customer = _get_rows(before)[0]["customer_id"]
    replica.pause()
    person.call("write", [customer], {"name": NAME}, model="res.partner")
    assert not _names_it(person.open_dashboard(EVERYONE))
    assert _names_it(_get_tiles(person, "get_written_tiles"))
    replica.resume()
    wait_until(lambda: _names_it(_get_tiles(person, "get_tiles")))
    _read_everything(person, customer)
    assert not _get_complaints(odoo)


def test_replica_that_is_gone(odoo, replica, person):
    """The server itself is read, and Odoo says so once."""
    before = person.open_dashboard(EVERYONE)
    replica.stop()
    assert person.open_dashboard(EVERYONE) == before
    (complaint,) = {each.message for each in _get_complaints(odoo)}
    assert "falling back to read-write" in complaint


def _get_complaints(odoo):
    return read_report(odoo.log.read_text().splitlines()).complaints


def _get_tiles(person, method):
    return person.call(method, "account_manager", ["who_next"], EVERYONE)


def _get_rows(tiles):
    blocks = tiles["who_next"]["blocks"]
    return next(block["rows"] for block in blocks if block["type"] == "rows")


def _names_it(tiles):
    return NAME in json.dumps(tiles["who_next"])


def _read_everything(person, customer):
    """Call everything of ours that says of itself that it only reads."""
    scope = {"customer_id": customer}
    header = person.call("get_dashboard", "customer", scope)
    tiles = person.call("get_tiles", "customer", False, scope)
    assert set(tiles) >= {tile["code"] for tile in header["tiles"]}
    assert not [code for code, tile in tiles.items() if tile["state"] == "failed"]
    person.call("get_setup", "account_manager")
    person.call("explain_tile", "who_next")
    assert person.call("find_customers", "account_manager", NAME)
    person.call("print_brief", customer)
    person.call("export_dashboard", "account_manager", EVERYONE)
    person.call("get_proposal", customer, model="crm.usual.order")
