# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools.odoo import open_workplace
from tools.postgres import postgres
from tools.settings import read_settings

from .databases import Databases


@pytest.fixture(scope="session")
def workplace():
    """What a run of Odoo needs, on the PostgreSQL server of this clone."""
    settings = read_settings()
    with postgres(settings) as connection:
        yield open_workplace(settings, connection)


@pytest.fixture(scope="session")
def databases(workplace):
    """Makes databases of this run, and drops them at its end."""
    with Databases(workplace) as databases:
        yield databases


@pytest.fixture(scope="session")
def business(databases):
    """Name of a database with a night behind it and another one ahead, to be copied."""
    return databases.make_business()


@pytest.fixture
def database(databases, business):
    """Name of a copy of ``business`` for one test."""
    name = databases.duplicate(business)
    yield name
    databases.drop(name)


@pytest.fixture(scope="session")
def after_night(databases, business):
    """The figures of ``business`` after a night that nothing disturbed."""
    name = databases.duplicate(business)
    databases.run(name, "run_night(env)")
    snapshot = databases.snapshot(name)
    databases.drop(name)
    return snapshot
