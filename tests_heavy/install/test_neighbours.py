# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""All addons come into a database with history and many of Odoo's own apps, and go."""

import pytest

from tools.addons import MAIN, foreign_dependencies
from tools.odoo_log import read_report

APPS = (
    "hr",
    "mass_mailing",
    "point_of_sale",
    "project",
    "purchase",
    "sale_management",
    "sale_stock",
    "website_sale",
)


@pytest.fixture
def used(databases):
    """Name of a database with the apps and Odoo's own demonstration data."""
    name = databases.new_name()
    databases.workplace.run(
        "install-apps",
        *("-d", name, "-i", ",".join(APPS), "--with-demo"),
        *("--stop-after-init", "--no-http"),
        failure="Odoo's own apps cannot be installed.",
    )
    return name


def test_addons_live_beside_other_apps_and_leave(databases, used):
    place = databases.workplace
    place.install(used, foreign_dependencies(place.addons), "install-foreign")
    names = [addon.name for addon in place.addons]
    script = "run_nights(env); open_dashboards(env)"
    for log in (
        place.install(used, names, "install-ours"),
        place.update(used, names, "install-update"),
    ):
        assert not read_report(log.read_text().splitlines()).complaints
        databases.run(used, script, module="install.looked_at")
    log = place.run(
        "install-uninstall",
        *("module", "uninstall", "-d", used, MAIN),
        failure=f"{MAIN} cannot be uninstalled.",
    )
    assert not read_report(log.read_text().splitlines()).complaints
