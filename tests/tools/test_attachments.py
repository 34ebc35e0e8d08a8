# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A database and its attachments live and die together."""

import shutil
from pathlib import Path

import pytest

from tools import odoo
from tools.odoo import Workplace
from tools.odoo_source import Odoo
from tools.postgres import Connection


@pytest.fixture
def workplace(make_settings, monkeypatch, tmp_path):
    """A workplace whose database server only keeps stamps."""
    monkeypatch.setattr(type(make_settings()), "build", tmp_path)
    stamps = {}
    monkeypatch.setattr(odoo.database, "read_stamp", lambda _, name: stamps.get(name))
    monkeypatch.setattr(
        odoo.database,
        "write_stamp",
        lambda _, name, stamp: stamps.update({name: stamp}),
    )
    place = Workplace(
        settings=make_settings(),
        odoo=Odoo(Path("/odoo"), (), "19.0.0"),
        connection=Connection(host="/socket"),
        addons=(),
        test_addons=(),
        demo_addon=None,
        programs=(),
    )
    place.write_stamp("demo", {"made": "2026-01-01"})
    return place


def test_whole_database_is_known(workplace):
    assert workplace.read_stamp("demo") == {"made": "2026-01-01"}
    assert workplace.read_stamp("other") is None


def test_database_that_outlived_its_attachments_is_none(workplace):
    shutil.rmtree(workplace.data_folder)
    assert workplace.read_stamp("demo") is None


def test_attachments_of_another_database_are_none(workplace):
    folder = workplace.data_folder / "filestore" / "demo"
    (folder / odoo.TOKEN).write_text("of another clone")
    assert workplace.read_stamp("demo") is None


def test_stamp_of_an_older_version_needs_a_folder(workplace):
    stamp = {"made": "2026-01-01"}
    odoo.database.write_stamp(None, "old", stamp)
    assert workplace.read_stamp("old") is None
    (workplace.data_folder / "filestore" / "old").mkdir()
    assert workplace.read_stamp("old") == stamp
