# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""`make pictures`: the pictures of the documentation, taken anew from the demo."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image

from .addons import MAIN
from .base_database import copy_of_base, database_name
from .browser import provide_browser
from .chromium import Page, chromium
from .console import step
from .demo_database import provide_demo
from .files import exclusive
from .odoo import Workplace, open_workplace
from .odoo_page import IS_DRAWN, call, log_in
from .postgres import postgres
from .serve import DASHBOARD, free_port, serving, url
from .settings import ROOT, Settings

DATABASE = "crm_dashboards_pictures"
PAGES = ROOT / MAIN / "static" / "description" / "images"
TILES = ROOT / "docs" / "images" / "tiles"
CUSTOMER = "Mackenzie Emporium"  # has every tile
WIDE, NARROW, HEIGHT = 1440, 390, 900
SHARP = 2  # pixels of a tile's picture for each of the page
COLORS = 256
DRAWING_SECONDS = 1.5
# How much of the page lies below what the window shows.
HIDDEN_HEIGHT = """
    Math.max(0, ...[...document.querySelectorAll("*")]
        .filter((each) => getComputedStyle(each).overflowY !== "visible")
        .map((each) => each.scrollHeight - each.clientHeight))
"""
PLACES = """
    [...document.querySelectorAll("[data-tile]")].map((tile) => {
        const {x, y, width, height} = tile.getBoundingClientRect();
        return [tile.dataset.tile, {x, y, width, height}];
    })
"""


def take(settings: Settings) -> None:
    """Take all pictures: of the demo, and of a database without any order."""
    provide_browser(settings)
    settings = replace(settings, port=free_port(), orders=None)
    with postgres(settings) as connection, chromium() as page:
        workplace = open_workplace(settings, connection)
        page.call("Page.enable")
        with exclusive(settings.build / "demo.lock"):
            demo = provide_demo(workplace)
        copy = database_name(workplace, DATABASE)
        try:
            workplace.duplicate(demo, copy)
            with _served(workplace, copy, page), step("Taking pictures of the demo"):
                _take_demo(page, url(settings))
            copy_of_base(workplace, workplace.addons[0].depends, copy)
            workplace.install(copy, [MAIN], "pictures")
            with _served(workplace, copy, page), step("Taking that of an empty one"):
                _take_page(page, f"{url(settings)}{DASHBOARD}", "account_manager_empty")
        finally:
            workplace.drop(copy)


@contextmanager
def _served(workplace: Workplace, name: str, page: Page) -> Iterator[None]:
    """Serve a database, to whose administrator the page belongs."""
    with serving(workplace, name):
        log_in(page, url(workplace.settings), name, "admin")
        yield


def _take_demo(page: Page, address: str) -> None:
    scope = {"scope": {"account_manager": "all"}}
    call(page, "crm.dashboard.tile", "save_preference", "account_manager", scope)
    (found,) = call(page, "res.partner", "search", [["name", "=", CUSTOMER]])
    places = {
        "account_manager": f"{address}{DASHBOARD}",
        "customer": f"{address}/odoo/customer-dashboard/{found}",
    }
    for name, place in places.items():
        _take_page(page, place, name)
        _take_tiles(page, place)
    _turn_dark(page, True)
    for name, place in places.items():
        _take_page(page, place, f"{name}_dark")
    _turn_dark(page, False)
    for name, place in places.items():
        _take_page(page, place, f"{name}_narrow", NARROW)


def _take_page(page: Page, address: str, name: str, width: int = WIDE) -> None:
    _open_whole(page, address, width)
    _write(PAGES / f"{name}.png", page.take_picture())


def _take_tiles(page: Page, address: str) -> None:
    _open_whole(page, address, WIDE, SHARP)
    for code, place in page.evaluate(PLACES):
        _write(TILES / f"{code}.png", page.take_picture(place))


def _open_whole(page: Page, address: str, width: int, scale: float = 1) -> None:
    """Open a dashboard and make the window as high as it is."""
    page.resize(width, HEIGHT, scale)
    page.open(address)
    page.wait_for(IS_DRAWN)
    page.resize(width, HEIGHT + int(page.evaluate(HIDDEN_HEIGHT)), scale)
    time.sleep(DRAWING_SECONDS)


def _turn_dark(page: Page, is_dark: bool) -> None:
    uid = call(page, "res.users", "search", [["login", "=", "admin"]])
    call(page, "res.users", "write", uid, {"dark_mode": is_dark})
    page.evaluate(f"document.cookie = 'color_scheme={'dark' if is_dark else 'light'}'")


def _write(file: Path, picture: bytes) -> None:
    """Write a picture with few colours, which takes a third of the room."""
    file.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLORS)
    image.save(file, optimize=True)
