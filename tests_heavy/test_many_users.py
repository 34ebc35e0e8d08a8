# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Twenty people at once on two workers: nobody sees an error."""

import json
import re
import subprocess
import threading
import time
import urllib.request

import pytest

from tools.bench.visitors import Person
from tools.odoo_log import read_report
from tools.serve import free_port

from .databases import wait_until

PEOPLE = 20
SECONDS = 60


@pytest.fixture
def server(databases, database):
    """Odoo on two workers; gives its port and its log."""
    databases.run(database, f"create_people(env, {PEOPLE})")
    place = databases.workplace
    port, log = free_port(), place.settings.logs / "heavy-server.log"
    log.unlink(missing_ok=True)
    process = subprocess.Popen(
        place.command(
            *("-d", database, f"--db-filter=^{database}$", "--workers=2"),
            f"--http-port={port}",
            f"--gevent-port={free_port()}",
            "--http-interface=127.0.0.1",
            "--max-cron-threads=0",
            f"--logfile={log}",
        ),
        env=place.environ,
    )
    yield port, log
    process.terminate()
    process.wait(60)


def test_nobody_sees_an_error(database, server):
    port, log = server
    wait_until(lambda: log.exists() and "HTTP service" in log.read_text())
    wait_until(lambda: _answers(port))
    end = time.monotonic() + SECONDS
    opened, errors = [], []

    def work(login):
        try:
            person = Person(port, login)
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
    report = read_report(log.read_text().splitlines())
    assert not report.complaints


def _answers(port):
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/web/login", timeout=30)
    except OSError:
        return False
    return True


def _open_dashboard(person):
    tiles = person.open_dashboard({"account_manager": "all"})
    text = json.dumps({code: tile["blocks"] for code, tile in tiles.items()})
    return re.sub(r'"(date|as_of)": "[^"]*"', "", text)
