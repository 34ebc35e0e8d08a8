# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The block of coloured areas on a grid, such as the RFM segments."""

from ...tiles.blocks import words
from .book import SegmentCell
from .colors import SEGMENT_COLORS

GRID_ROW_HEIGHT = 34  # points: a name and a number below each other


def write_grid(block, sheet):
    """Draw the grid in cells, the highest row on top, and a table of its areas."""
    sheet.write_line(f"{block.row_label} ▲  {block.column_label} ►")
    centered = {"align": "center", "valign": "vcenter"}
    for row in range(block.rows, 0, -1):
        sheet.worksheet.set_row(sheet.row, GRID_ROW_HEIGHT)
        sheet.write_value(sheet.row, 0, row, **{**centered, "align": "right"})
        for area in block.areas:
            if area.row[0] <= row <= area.row[1]:
                _write_area_row(sheet, area, row, block.switch[0].key)
        sheet.row += 1
    for column in range(1, block.columns + 1):
        sheet.write_value(sheet.row, column, column, **centered)
    sheet.row += 2
    _write_areas_table(sheet, block)


def _write_area_row(sheet, area, row, shown):
    """Colour an area in one row of the grid; the topmost has its words.

    Row by row, since a sheet forgets what is written.

    :param shown: key of the figure that the grid shows
    """
    fill, words = SEGMENT_COLORS[area.segment]
    (left, right), (low, high) = area.column, area.row
    edges = {"left": True, "right": True, "top": row == high, "bottom": row == low}
    sides = [side for side, is_edge in edges.items() if is_edge]
    style = sheet.book.get_format(
        bg_color=fill,
        font_color=words,
        align="center",
        valign="vcenter",
        text_wrap=True,
        **dict.fromkeys(sides, 1),
        **{f"{side}_color": "#ffffff" for side in sides},
    )
    label = ""
    if row == high:
        label = f"{area.label}\n{sheet.book.describe(area.cells[shown])}"
    if left == right:
        sheet.worksheet.write(sheet.row, left, label, style)
    else:
        sheet.worksheet.merge_range(sheet.row, left, sheet.row, right, label, style)


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
