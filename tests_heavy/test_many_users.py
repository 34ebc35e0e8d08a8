# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Twenty people at once on two workers: nobody sees an error."""

import json
import re
import threading
import time

import pytest

from tools.bench.visitors import Person
from tools.odoo_log import read_report
from tools.workers import two_workers

PEOPLE = 20
SECONDS = 60


@pytest.fixture
def server(databases, database):
    databases.run(database, f"create_people(env, {PEOPLE})")
    with two_workers(databases.workplace, database, "heavy-server") as server:
        yield server


def test_nobody_sees_an_error(database, server):
    end = time.monotonic() + SECONDS
    opened, errors = [], []

    def work(login):
        try:
            person = Person(server.port, login)
            person.log_in(database)
            while time.monotonic() < end:
                opened.append(_open_dashboard(person))
                time.sleep(3)
        except Exception as error:
            errors.append(error)

    threads = [
        threading.Thread(target=work, args=(f"person{number}",))
        for number in range(PEOPLE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(opened) >= PEOPLE
    # all see the same customers
    assert len(set(opened)) == 1
    assert not read_report(server.log.read_text().splitlines()).complaints


def _open_dashboard(person):
    tiles = person.open_dashboard({"account_manager": "all"})
    text = json.dumps({code: tile["blocks"] for code, tile in tiles.items()})
    return re.sub(r'"(date|as_of)": "[^"]*"', "", text)
