# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import subprocess

import pytest

from ..databases import Databases
from .plain import make_plain


@pytest.fixture
def plain(workplace, tmp_path):
    """An Odoo of somebody's own, without our addons."""
    return make_plain(workplace, tmp_path)


@pytest.fixture
def plain_databases(plain):
    """Makes databases of ``plain``."""
    with Databases(plain) as made:
        yield made


@pytest.fixture
def clone(workplace, tmp_path):
    """A clone of what is committed, as somebody has just made it."""
    folder = tmp_path / "clone"
    root = workplace.settings.root
    subprocess.run(["git", "clone", "-q", root, folder], check=True)
    yield folder
    subprocess.run(["make", "clean"], cwd=folder, check=True)
