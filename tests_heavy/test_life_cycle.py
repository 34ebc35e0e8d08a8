# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A used database is updated from each released version, and addons leave no trace."""

import subprocess
import tarfile

import pytest

from tools.addons import MAIN, foreign_dependencies, read_addons
from tools.odoo_log import read_report

# the commit of each version that somebody may have installed
RELEASES = {
    "19.0.1.0.0": "ea8f736",
    "19.0.2.0.0": "bac3fe7",
    "19.0.2.1.0": "8255efa",
    "19.0.2.2.0": "24ac26f",
}
USED = "used_database"


@pytest.fixture(scope="module", params=RELEASES)
def updated(request, databases, tmp_path_factory):
    """Name of a database that was used with a released version, then updated."""
    place = databases.workplace
    folder = _extract(place, RELEASES[request.param], tmp_path_factory)
    addons = read_addons(folder)
    names = [addon.name for addon in addons]
    database = databases.make_base(foreign_dependencies(place.addons))
    path = ",".join(map(str, [*place.addons_path[:-2], folder]))
    options = (f"--addons-path={path}", "-d", database, "-i", ",".join(names))
    place.run(
        "heavy-release",
        *(*options, "--stop-after-init", "--no-http"),
        failure="The released version cannot be installed.",
    )
    databases.run(database, "use(env)", options=(f"--addons-path={path}",), module=USED)
    log = place.update(database, names, "heavy-update")
    assert not read_report(log.read_text().splitlines()).complaints
    new = [addon.name for addon in place.addons if addon.name not in names]
    if new:  # came after that release
        place.install(database, new, "heavy-new")
    yield database
    databases.drop(database)


def test_everything_is_kept_and_works(databases, updated):
    databases.run(updated, "check(env)", module=USED)


def test_addons_leave_no_trace(databases, updated):
    """Uninstalled one after the other, the one that all need last."""
    place = databases.workplace
    *names, main = reversed([addon.name for addon in place.addons])
    assert main == MAIN
    for name in (*names, main):
        log = place.run(
            "heavy-uninstall",
            *("module", "uninstall", "-d", updated, name),
            failure=f"{name} cannot be uninstalled.",
        )
        assert not read_report(log.read_text().splitlines()).complaints, name
        query = "SELECT model, name FROM ir_model_data WHERE module = %s"
        assert databases.query(updated, query, name) == []
    left = databases.query(
        updated,
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_name ~ '^crm_(customer|dashboard|metric|segment|missing|alert"
        "|leaving|product|proposal|quotation)'"
        # of Odoo's own models, as sale_crm's wizard crm.quotation.partner
        " AND table_name NOT IN (SELECT replace(model, '.', '_') FROM ir_model)"
        " UNION ALL SELECT table_name || '.' || column_name"
        " FROM information_schema.columns"
        " WHERE column_name ~ '^crm_' AND table_name <> 'crm_team'"
        " AND table_name !~ '^crm_'"
        " AND column_name NOT IN (SELECT name FROM ir_model_fields)",
    )
    assert left == []


def _extract(place, commit, tmp_path_factory):
    """Return a folder with the addons of a commit; skip where history is missing."""
    folder = tmp_path_factory.mktemp("release")
    archive = folder / "addons.tar"
    made = subprocess.run(
        ["git", "archive", "-o", archive, commit],
        cwd=place.settings.root,
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"This clone has no commit {commit}: git fetch --unshallow")
    with tarfile.open(archive) as file:
        file.extractall(folder, filter="data")
    return folder
