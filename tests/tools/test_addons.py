# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools.addons import (
    foreign_dependencies,
    installable,
    read_addons,
    read_test_addons,
    with_dependencies,
)
from tools.console import Problem


@pytest.fixture
def root(tmp_path):
    def add(name, *depends, folder=tmp_path):
        (folder / name).mkdir(parents=True)
        manifest = {"version": "19.0.1.0.0", "depends": list(depends)}
        (folder / name / "__manifest__.py").write_text(repr(manifest))

    add.path = tmp_path
    return add


def test_main_addon_is_first_and_other_folders_are_none(root):
    root("crm_dashboards_queue_job", "crm_dashboards", "queue_job")
    root("crm_dashboards", "sale_crm")
    (root.path / "crm_dashboards_notes").mkdir()
    names = [addon.name for addon in read_addons(root.path)]
    assert names == ["crm_dashboards", "crm_dashboards_queue_job"]


def test_addons_for_demo_and_tests_are_apart(root):
    root("crm_dashboards", "sale_crm")
    root("crm_dashboards_demo", "crm_dashboards")
    root("crm_dashboards_demo_tile", "crm_dashboards", folder=root.path / "test_addons")
    assert [addon.name for addon in read_addons(root.path)] == ["crm_dashboards"]
    names = [addon.name for addon in read_test_addons(root.path)]
    assert names == ["crm_dashboards_demo_tile"]


def test_repository_without_the_addon_is_refused(root):
    with pytest.raises(Problem, match="no addon crm_dashboards"):
        read_addons(root.path)


def test_addon_whose_dependency_is_missing_is_left_out(root):
    root("crm_dashboards", "sale_crm")
    root("crm_dashboards_brand", "crm_dashboards", "product_brand")
    root("crm_dashboards_gone", "crm_dashboards", "not_there")
    root("sale_crm", folder=root.path / "odoo")
    root("product_brand", folder=root.path / "oca")
    places = [root.path / "odoo", root.path / "oca"]
    found = installable(read_addons(root.path), places)
    assert [addon.name for addon in found] == ["crm_dashboards", "crm_dashboards_brand"]


def test_foreign_dependencies_are_those_of_others(root):
    root("crm_dashboards", "sale_crm", "account")
    root("crm_dashboards_brand", "crm_dashboards", "product_brand", "account")
    assert foreign_dependencies(read_addons(root.path)) == [
        "account",
        "product_brand",
        "sale_crm",
    ]


def test_what_an_addon_needs_is_found_through_others(root):
    root("crm_dashboards", "sale_crm")
    root("crm_dashboards_brand", "crm_dashboards", "product_brand")
    root("crm_dashboards_range", "crm_dashboards_brand")
    root("crm_dashboards_team", "crm_dashboards")
    addons = read_addons(root.path)
    (chosen,) = (addon for addon in addons if addon.name == "crm_dashboards_range")
    names = [addon.name for addon in with_dependencies(chosen, addons)]
    assert names == ["crm_dashboards_range", "crm_dashboards_brand", "crm_dashboards"]
