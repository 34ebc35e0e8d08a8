# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from pathlib import Path

import pytest

from tools.console import Problem


def test_cache_is_in_home_or_where_xdg_says(make_settings, tmp_path):
    assert make_settings().cache == tmp_path / ".cache" / "crm_dashboards"
    elsewhere = make_settings(XDG_CACHE_HOME="/elsewhere").cache
    assert elsewhere == Path("/elsewhere/crm_dashboards")


def test_empty_values_are_as_if_not_given(make_settings):
    settings = make_settings(PORT="", ORDERS=" ", ODOO_HOME="", FRESH="")
    assert settings.port == 8069
    assert settings.orders is None
    assert settings.odoo_home is None
    assert settings.fresh is False


def test_port_is_taken_over(make_settings):
    assert make_settings(PORT="8169").port == 8169


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", "80.5"])
def test_impossible_port_is_refused_by_name(make_settings, port):
    with pytest.raises(Problem, match=f"PORT={port} is not a port"):
        make_settings(PORT=port)


@pytest.mark.parametrize("name", ["ORDERS", "ODOO_HOME"])
def test_missing_path_is_refused_by_name(make_settings, name):
    with pytest.raises(Problem, match=f"{name}=/nowhere/at/all does not exist"):
        make_settings(**{name: "/nowhere/at/all"})


@pytest.mark.parametrize(("text", "fresh"), [("1", True), ("yes", True), ("0", False)])
def test_fresh_is_a_switch(make_settings, text, fresh):
    assert make_settings(FRESH=text).fresh is fresh
