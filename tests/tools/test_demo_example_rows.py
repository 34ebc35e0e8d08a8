# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Rows in the form in which PostgreSQL's COPY reads them."""

import datetime
from decimal import Decimal

from tools.demo.example_rows import _Lines

ROWS = [
    (1, None, True, False, Decimal("-1.50")),
    (2, "tab\t, back\\slash,\nnew line", datetime.date(2024, 2, 29), "", {"a": "\n"}),
    (3, "ü", datetime.datetime(2024, 2, 29, 12), 0, 1.5),
]
TEXT = (
    "1\t\\N\tt\tf\t-1.50\n"
    '2\ttab\\t, back\\\\slash,\\nnew line\t2024-02-29\t\t{"a": "\\\\n"}\n'
    "3\tü\t2024-02-29T12:00:00\t0\t1.5\n"
)


def test_values_become_copy_text():
    assert _Lines(ROWS).read() == TEXT


def test_reading_in_pieces_loses_nothing():
    lines = _Lines(iter(ROWS))
    pieces = iter(lambda: lines.read(7), "")
    assert "".join(pieces) == TEXT
