"""The user guide as a page of the addon, which the dashboards' help link opens."""

from __future__ import annotations

import re

import markdown

from .console import say
from .settings import ROOT, Settings

GUIDE = ROOT / "docs" / "user-guide.md"
PAGE = ROOT / "crm_dashboards" / "static" / "description" / "index.html"
BESIDE_PAGE = "../crm_dashboards/static/description/"
LINK_TO_TEXT = re.compile(r"\[([^]]+)]\([^)]+\.md(?:#[^)]*)?\)")
TEMPLATE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CRM Dashboards</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  font: 1rem/1.6 system-ui, sans-serif; }}
img {{ max-width: 100%; border: 1px solid #8884; }}
table {{ border-collapse: collapse; }}
th, td {{ padding: .3rem .8rem; border: 1px solid #8886; text-align: left; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def write_page(settings: Settings) -> None:
    """Write the page from the guide."""
    PAGE.write_text(make_page(GUIDE.read_text()))
    say(f"Wrote {PAGE.relative_to(settings.root)}")


def make_page(guide: str) -> str:
    """The page of a guide in Markdown.

    Its pictures stand beside the page; other texts are not there, so that links to
    them become plain words.
    """
    guide = LINK_TO_TEXT.sub(r"\1", guide.replace(BESIDE_PAGE, ""))
    return TEMPLATE.format(body=markdown.markdown(guide, extensions=["tables"]))
