# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools.console import Problem
from tools.rst import heading, to_rst


@pytest.mark.parametrize(
    ("markdown", "rst"),
    [
        ("One\nparagraph.\n\nAnother.", "One paragraph.\n\nAnother.\n"),
        (
            "**Bold**, *leaning*, `code` and [a link](https://odoo.com).",
            "**Bold**, *leaning*, ``code`` and `a link <https://odoo.com>`__.\n",
        ),
        ("un**believ**able", "un\\ **believ**\\ able\n"),
        ("2 * 3 | 4, report_xlsx\\_", "2 \\* 3 \\| 4, report_xlsx\\_\n"),
        ("## Above\n\nText\n\n### Below", "Above\n-----\n\nText\n\nBelow\n~~~~~\n"),
        ("- one\n- two\n  more\n", "- one\n- two more\n"),
        ("1. one\n2. two\n", "#. one\n#. two\n"),
        ("- one\n    - inner\n- two\n", "- one\n\n  - inner\n\n- two\n"),
        ("- one\n\n- two\n\n    more\n", "- one\n\n- two\n\n  more\n"),
        ("![All](all.png)", ".. image:: all.png\n   :alt: All\n"),
        ("Run\n\n    make demo\n", "Run\n\n::\n\n   make demo\n"),
    ],
)
def test_markdown_as_restructured_text(markdown, rst):
    assert to_rst(markdown, level=1) == rst


def test_no_line_is_longer_than_those_of_the_code():
    words = "twelve words in a row that together are longer than a line may be " * 3
    for text in (words, f"- {words}", f"- one\n    - {words}"):
        assert max(map(len, to_rst(text, level=1).splitlines())) <= 88


@pytest.mark.parametrize(
    "markdown", ["**a [link](https://odoo.com)**", "| a | b |\n|---|---|\n| 1 | 2 |"]
)
def test_what_is_not_translated_is_refused(markdown):
    with pytest.raises(Problem, match="does not know"):
        to_rst(markdown, level=1)


def test_a_heading_is_underlined_in_full():
    assert heading("Usage", 0) == "Usage\n====="
