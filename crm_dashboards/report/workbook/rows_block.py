# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The blocks that are lists: rows with badges, and timelines."""

from functools import partial

from ...tiles.blocks import Cell, words
from .book import SegmentCell, SparkCell, TonedCell

ARROWS = {"up": "▲", "down": "▼", "level": "▬"}


def write_rows(block, sheet):
    """A table of the rows, with the columns that any row has something for."""
    env = sheet.env
    columns = [
        (env._("Name"), lambda row: _make_text(row.title)),
        (env._("Segment"), lambda row: _make_badge(row.badge)),
        (env._("Before"), lambda row: _make_badge(row.badge_from)),
        (env._("Trend"), lambda row: _make_text(ARROWS.get(row.direction))),
        (env._("Value"), _make_value),
        (env._("Note"), lambda row: _make_text(row.cell_note)),
        (env._("Remark"), lambda row: _make_text(row.cell_hint)),
        (env._("Reasons"), lambda row: _make_text(_join_chips(row))),
        (env._("Contact"), lambda row: _make_text(row.contact)),
        (env._("Phone"), lambda row: _make_text(row.phone)),
        (env._("Email"), lambda row: _make_text(row.email)),
        (env._("Status"), lambda row: _make_text(row.status)),
        (env._("User"), lambda row: _make_text(row.avatar and row.avatar.name)),
        (env._("Details"), lambda row: _make_text(row.subtitle)),
        (env._("By Month"), lambda row: make_spark_cell(row.spark)),
        *_get_month_columns(env, block.rows),
    ]
    _write_filled_columns(sheet, columns, block.rows)


def make_spark_cell(spark):
    """Return the cell of a small line, None without one; its values follow it."""
    return SparkCell(length=len(spark.values), tone=spark.tone) if spark else None


def _get_month_columns(env, rows):
    """Return the columns with the values of the rows' lines, the oldest first."""

    def get_cell(row, place):
        return Cell(row.spark.values[place], "number") if row.spark else None

    most = max((len(row.spark.values) for row in rows if row.spark), default=0)
    return [
        (
            env._("Month %(number)s of %(count)s", number=place + 1, count=most),
            partial(get_cell, place=place),
        )
        for place in range(most)
    ]


def write_timeline(block, sheet):
    """A table of the events."""
    env = sheet.env
    columns = [
        (env._("When"), _make_when),
        (env._("What"), lambda event: _make_text(event.title)),
        (env._("Details"), lambda event: _make_text(event.subtitle)),
    ]
    _write_filled_columns(sheet, columns, block.events)


def _write_filled_columns(sheet, columns, records):
    """Write a table, leaving out the columns without anything in them.

    :param columns: list of (label, function that makes a cell, or None, of a record)
    """
    rows = [[make(record) for _label, make in columns] for record in records]
    filled = [col for col in range(len(columns)) if any(row[col] for row in rows)]
    labels = [columns[col][0] for col in filled]
    sheet.row = max(sheet.row, sheet.chart_row)  # wide: no room beside a chart
    sheet.write_table(labels, [[row[col] for col in filled] for row in rows])


def _join_chips(row):
    return " · ".join(chip.text for chip in row.chips)


def _make_badge(badge):
    return SegmentCell(badge.label, segment=badge.segment) if badge else None


def _make_value(row):
    return TonedCell(row.cell, row.tone) if row.cell and row.tone else row.cell or None


def _make_text(text):
    return words(text) if text else None


def _make_when(event):
    """An event of a whole day comes with a cell of its own."""
    return event.cell or Cell(event.datetime, "datetime")
