# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Pages in HTML from texts in Markdown."""

from __future__ import annotations

import html

import markdown

TEMPLATE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
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


def make_page(title: str, text: str) -> str:
    """A whole page in HTML of a text in Markdown."""
    return TEMPLATE.format(title=html.escape(title), body=make_html(text))


def make_html(text: str) -> str:
    """The text's elements in XHTML."""
    return markdown.markdown(text, extensions=["tables"], output_format="xhtml")
