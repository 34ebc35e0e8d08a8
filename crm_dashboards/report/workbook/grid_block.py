# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The block of coloured areas on a grid, such as the RFM segments."""

from ...tiles.blocks import words
from .book import SegmentCell
from .colors import SEGMENT_COLORS

GRID_ROW_HEIGHT = 34  # points: a name and a number below each other


def write_grid(block, sheet):
    """Draw the grid in cells, the highest row on top, and a table of its areas."""
    start = sheet.row
    columns, rows = block.columns, block.rows
    sheet.write_value(start, 0, f"{block.row_label} ▲  {block.column_label} ►")
    centered = {"align": "center", "valign": "vcenter"}
    for row in range(1, rows + 1):
        line = start + 1 + rows - row
        sheet.worksheet.set_row(line, GRID_ROW_HEIGHT)
        sheet.write_value(line, 0, row, **{**centered, "align": "right"})
    for column in range(1, columns + 1):
        sheet.write_value(start + rows + 1, column, column, **centered)
    shown = block.switch[0].key
    for area in block.areas:
        _write_area(sheet, area, area.cells[shown], start + 1 + rows)
    sheet.row = start + rows + 3
    _write_areas_table(sheet, block)


def _write_area(sheet, area, cell, bottom):
    """Colour one area; ``bottom`` is the sheet's row below row 1 of the grid."""
    fill, words = SEGMENT_COLORS[area.segment]
    style = sheet.book.get_format(
        bg_color=fill,
        font_color=words,
        align="center",
        valign="vcenter",
        text_wrap=True,
        border=1,
        border_color="#ffffff",
    )
    label = f"{area.label}\n{sheet.book.describe(cell)}"
    (left, right), (low, high) = area.column, area.row
    if (left, low) == (right, high):
        sheet.worksheet.write_string(bottom - high, left, label, style)
    else:
        sheet.worksheet.merge_range(
            bottom - high, left, bottom - low, right, label, style
        )


def _write_areas_table(sheet, block):
    """Counts and values of all areas, whichever the grid shows."""
    env = sheet.env
    keys = [switch.key for switch in block.switch]
    rows = [
        [
            SegmentCell(area.label, segment=area.segment),
            *(area.cells[key] for key in keys),
        ]
        for area in block.areas
    ]
    labels = [env._("Segment"), *(switch.label for switch in block.switch)]
    totals = {col: ["sum"] for col in range(1, len(labels))}
    if any(area.portrait for area in block.areas):
        labels += [env._("Who they are"), env._("What to do")]
        for area, row in zip(block.areas, rows, strict=True):
            told = area.portrait
            row += [words(told.who), words(told.advice)] if told else [None, None]
    sheet.write_table(labels, rows, totals)
