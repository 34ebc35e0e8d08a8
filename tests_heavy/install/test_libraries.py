# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Older libraries give the same figures, to the byte."""

import pytest

from tools.addons import MAIN

DISTRIBUTIONS = {
    "Debian 12": ("numpy==1.24.2", "pandas==1.5.3", "XlsxWriter==3.0.2"),
    "Ubuntu 24.04": ("numpy==1.26.4", "pandas==2.1.4", "XlsxWriter==3.1.9"),
}


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_figures_are_those_of_the_newest(
    plain, plain_databases, after_night, business, distribution
):
    plain.pip("install", *DISTRIBUTIONS[distribution])
    plain.add_folder(plain.settings.root)
    database = plain_databases.duplicate(business)
    plain.update(database, [MAIN], "install-libraries")
    plain_databases.run(database, "run_night(env)")
    assert plain_databases.snapshot(database) == after_night
