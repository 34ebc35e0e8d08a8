# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A demo on the Odoo or the PostgreSQL that a person already has."""

import os
import subprocess
import urllib.request
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlencode

from tools import database
from tools.base_database import PREFIX
from tools.serve import DASHBOARD, free_port


@contextmanager
def served(clone, **settings):
    """Serve the demo of a clone; yields its address."""
    port = free_port()
    environ = {**os.environ, "PORT": str(port), **settings}
    subprocess.run(["make", "start"], cwd=clone, env=environ, check=True)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run(["make", "stop"], cwd=clone, env=environ, check=True)


def is_served(address):
    with urllib.request.urlopen(f"{address}{DASHBOARD}", timeout=60) as page:
        return page.status == 200


def test_demo_runs_on_an_odoo_that_is_there(workplace, clone):
    with served(clone, ODOO_HOME=str(workplace.odoo.home)) as address:
        assert is_served(address)


def test_demo_runs_on_a_postgresql_that_is_there(workplace, clone):
    connection = workplace.connection
    place = urlencode({"host": connection.host})
    url = f"postgresql://{connection.user}@/postgres?{place}"
    own = f"{replace(workplace.settings, root=clone).project_key}_"
    others = set(database.names(connection, PREFIX))
    with served(clone, DATABASE_URL=url) as address:
        assert is_served(address)
        assert database.names(connection, own)
    clean = {**os.environ, "DATABASE_URL": url}
    subprocess.run(["make", "clean"], cwd=clone, env=clean, check=True)
    assert not database.names(connection, own)
    assert others <= set(database.names(connection, PREFIX))
