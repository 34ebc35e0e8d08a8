# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import time

import pytest

from tools import odoo_source
from tools.console import Problem
from tools.odoo_source import odoo_at, provide_odoo

RELEASE = 'version_info = ({}, {}, 0, FINAL, 0, "")\n'


@pytest.fixture
def checkout(tmp_path):
    def make(major=19, minor=0, with_bin=True):
        (tmp_path / "odoo").mkdir()
        (tmp_path / "odoo" / "release.py").write_text(RELEASE.format(major, minor))
        if with_bin:
            (tmp_path / "odoo-bin").touch()
        return tmp_path

    return make


def test_checkout_has_two_folders_of_addons(checkout):
    home = checkout()
    assert odoo_at(home).addons == (home / "odoo" / "addons", home / "addons")


def test_dist_packages_has_one(checkout):
    home = checkout(with_bin=False)
    assert odoo_at(home).addons == (home / "odoo" / "addons",)


def test_other_series_is_refused_by_its_number(checkout):
    with pytest.raises(Problem, match=r"is Odoo 18\.0; 19\.0 is needed"):
        odoo_at(checkout(major=18))


def test_folder_without_odoo_is_refused(tmp_path):
    with pytest.raises(Problem, match="holds no Odoo"):
        odoo_at(tmp_path)


@pytest.fixture
def cached(make_settings):
    """A cache with an unpacked Odoo, checked so many seconds ago."""

    def make(age):
        settings = make_settings()
        (settings.cache / "odoo" / "19.0.0-abc").mkdir(parents=True)
        record = {"folder": "19.0.0-abc", "version": "19.0.0", "packages": {}}
        record["checked"] = time.time() - age
        (settings.cache / "odoo" / "current.json").write_text(json.dumps(record))
        return settings

    return make


def test_cached_odoo_needs_no_network(cached, monkeypatch):
    monkeypatch.setattr(
        odoo_source, "_newest_of_debian", lambda _: pytest.fail("asked Debian")
    )
    odoo = provide_odoo(cached(age=60))
    assert odoo.version == "19.0.0"
    assert odoo.home.parts[-5:-3] == ("19.0.0-abc", "usr")


def test_old_cache_is_used_when_debian_cannot_be_reached(cached, monkeypatch, capsys):
    def fail(_):
        raise Problem("no network here")

    monkeypatch.setattr(odoo_source, "_newest_of_debian", fail)
    assert provide_odoo(cached(age=30 * 24 * 3600)).version == "19.0.0"
    assert "no network here" in capsys.readouterr().out


def test_newer_odoo_replaces_the_one_of_the_cache(cached, monkeypatch):
    settings = cached(age=30 * 24 * 3600)
    (settings.cache / "odoo" / "19.0.1-def").mkdir()
    newer = {"folder": "19.0.1-def", "version": "19.0.1", "checked": time.time()}
    monkeypatch.setattr(odoo_source, "_newest_of_debian", lambda _: newer)
    assert provide_odoo(settings).version == "19.0.1"
    monkeypatch.setattr(
        odoo_source, "_newest_of_debian", lambda _: pytest.fail("asked again")
    )
    assert provide_odoo(settings).version == "19.0.1"


def test_record_without_its_folder_does_not_count(cached, monkeypatch):
    settings = cached(age=60)
    (settings.cache / "odoo" / "19.0.0-abc").rmdir()

    def fail(_):
        raise Problem("no network here")

    monkeypatch.setattr(odoo_source, "_newest_of_debian", fail)
    with pytest.raises(Problem, match="no network here"):
        provide_odoo(settings)
