# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The user guide as a page of the addon, which the dashboards' help link opens."""

from __future__ import annotations

import re

from .console import say
from .pages import make_page
from .settings import ROOT, Settings

GUIDE = ROOT / "docs" / "user-guide.md"
PAGE = ROOT / "crm_dashboards" / "static" / "guide" / "index.html"
PICTURES = "../crm_dashboards/static/"
LINK_TO_TEXT = re.compile(r"\[([^]]+)]\([^)]+\.md(?:#[^)]*)?\)")


def write_page(settings: Settings) -> None:
    """Write the page from the guide."""
    PAGE.write_text(make_guide(GUIDE.read_text()))
    say(f"Wrote {PAGE.relative_to(settings.root)}")


def make_guide(guide: str) -> str:
    """The page of a guide in Markdown.

    Pictures are found from the page, which is in the addon; other texts are not there,
    so that links to them become plain words.
    """
    text = LINK_TO_TEXT.sub(r"\1", guide.replace(PICTURES, "../"))
    return make_page("CRM Dashboards", text)
