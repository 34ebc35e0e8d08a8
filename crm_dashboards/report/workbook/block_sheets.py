# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A tile's sheet, drawn from the same blocks as in the browser.

Each class of blocks has one function here, so that a new tile needs no code for Excel.
A block on top of another one is drawn like that one unless it registers its own.
"""

from functools import singledispatch

from ...tiles import blocks
from . import charts
from .book import DECIMAL_FORMAT
from .colors import (
    BAR,
    LABEL,
    LEVEL_COLORS,
    PREVIOUS_BAR,
    TONE_COLORS,
    UNFINISHED_BAR,
)
from .grid_block import write_grid
from .rows_block import make_spark_cell, write_rows, write_timeline

ARROWS = {"up": "▲ ", "down": "▼ ", "level": "▬ "}
FIGURE_SIZES = {"large": 16, "headline": 16, "normal": 12, "small": 11}
COLUMN_WIDTHS = (36, 20, 18, 18, 18, 18, 18, 18)
CHART_COLUMN = 5  # charts stand right of the table they draw
ALL_TOTALS = ("sum", "avg")


def write_content(sheet, content):
    """Fill a sheet with what a tile shows.

    :param Sheet sheet: with its top written
    :param Content content:
    """
    sheet.set_widths(*COLUMN_WIDTHS)
    if content.message:
        sheet.write_line(content.message, italic=True)
        sheet.row += 1
    for block in content.blocks:
        write_block(block, sheet)


@singledispatch
def write_block(_block, sheet):
    """Say that something is missing, rather than lose the whole workbook."""
    sheet.write_line(sheet.env._("One part is shown on the dashboard only."))
    sheet.row += 1


write_block.register(blocks.Grid, write_grid)
write_block.register(blocks.Rows, write_rows)
write_block.register(blocks.Timeline, write_timeline)


@write_block.register
def _(block: blocks.Note, sheet):
    sheet.write_line(block.text, bold=True)
    if block.cell:
        sheet.write_cell(sheet.row - 1, 1, block.cell, bold=True)
    sheet.row += 1


@write_block.register
def _(block: blocks.Text, sheet):
    color = TONE_COLORS.get(block.tone, (None, LABEL))[1]
    sheet.write_line(block.text, italic=True, font_color=color)
    sheet.row += 1


@write_block.register
def _(block: blocks.Figure, sheet):
    for figure in block.figures:
        properties = {"font_size": FIGURE_SIZES[figure.size], "align": "left"}
        if figure.size != "small":
            properties["bold"] = True
        if figure.tone:
            properties["font_color"] = TONE_COLORS[figure.tone][1]
        words = ARROWS.get(figure.direction, "") + figure.label
        sheet.write_value(sheet.row, 0, words)
        sheet.write_cell(sheet.row, 1, figure.cell, **properties)
        sheet.row += 1
    sheet.row += 1


@write_block.register
def _(block: blocks.Lead, sheet):
    color = TONE_COLORS[block.tone][1] if block.tone else None
    properties = {"font_color": color} if color else {}
    sheet.write_line(block.text, bold=True, font_size=14, **properties)
    if block.evidence:
        sheet.write_line(block.evidence)
    if block.step:
        sheet.write_line(sheet.env._("Next: %(step)s", step=block.step))
    sheet.row += 1


@write_block.register
def _(block: blocks.Strip, sheet):
    for figure in block.figures:
        properties = {"bold": True, "align": "left"}
        if figure.tone:
            properties["font_color"] = TONE_COLORS[figure.tone][1]
        sheet.write_value(sheet.row, 0, figure.label)
        sheet.write_cell(sheet.row, 1, figure.cell, **properties)
        sheet.write_value(sheet.row, 2, ARROWS.get(figure.direction, "") + figure.note)
        if figure.spark:
            sheet.write_cell(sheet.row, 3, make_spark_cell(figure.spark))
            for col, value in enumerate(figure.spark.values, start=4):
                sheet.write_value(sheet.row, col, value, num_format=DECIMAL_FORMAT)
        sheet.row += 1
    sheet.row += 1


@write_block.register
def _(block: blocks.Facts, sheet):
    for fact in block.facts:
        sheet.write_value(sheet.row, 0, fact.label)
        sheet.write_value(sheet.row, 1, fact.text)
        sheet.row += 1
    sheet.row += 1


@write_block.register
def _(block: blocks.BarChart, sheet):
    """A table of the bars, its totals, and a native chart."""
    env = sheet.env
    place = _take_chart_place(sheet)
    compared = bool(block.series)
    names = block.series or (env._("Value"),)
    rows = []
    for point in block.points:
        row = [blocks.words(point.title), _make_money(point.value, block)]
        if compared:
            row.append(_make_money(point.previous or 0, block))
        row.append(blocks.words(env._("not over yet")) if point.unfinished else None)
        rows.append(row)
    labels = [env._("Period"), *names, ""]
    totals = dict.fromkeys(range(1, 3 if compared else 2), ALL_TOTALS)
    table = sheet.write_table(labels, rows, totals)
    colors = [UNFINISHED_BAR if point.unfinished else None for point in block.points]
    series = [{"column": 1, "name": names[0], "color": BAR, "point_colors": colors}]
    if compared:
        series.insert(0, {"column": 2, "name": names[1], "color": PREVIOUS_BAR})
    number_format = sheet.book.get_money_format(block.currency_id)
    charts.insert_columns(sheet, table, place, block.label, series, number_format)


@write_block.register
def _(block: blocks.LineChart, sheet):
    """A table of what it comes to on each day, and native lines."""
    place = _take_chart_place(sheet)
    rows = [
        [
            blocks.words(point.title),
            *[
                None if value is False else _make_money(value, block)
                for value in (point.value, point.previous)
            ],
        ]
        for point in block.points
    ]
    table = sheet.write_table([sheet.env._("Up to"), *block.series], rows)
    series = [
        {"column": 2, "name": block.series[1], "color": PREVIOUS_BAR},
        {"column": 1, "name": block.series[0], "color": BAR},
    ]
    number_format = sheet.book.get_money_format(block.currency_id)
    charts.insert_lines(sheet, table, place, block.label, series, number_format)


@write_block.register
def _(block: blocks.Doughnut, sheet):
    """A table of the parts, their shares, and a native ring."""
    env = sheet.env
    place = _take_chart_place(sheet)
    total = sum(point.cell.value or 0 for point in block.points)
    rows = [
        [
            blocks.words(point.label),
            point.cell,
            blocks.percent((point.cell.value or 0) / total if total else None),
        ]
        for point in block.points
    ]
    sheet.write_value(sheet.row, 0, block.center.label)
    sheet.write_cell(sheet.row, 1, block.center.cell, bold=True, align="left")
    sheet.row += 1
    labels = [env._("Part"), env._("Value"), env._("Share")]
    table = sheet.write_table(labels, rows, {1: ["sum"]})
    colors = [TONE_COLORS[point.tone][0] for point in block.points]
    charts.insert_doughnut(sheet, table, place, block.label, 1, colors)


@write_block.register
def _(block: blocks.Share, sheet):
    """A table of shares with bars in the cells."""
    env = sheet.env
    rows = [
        [
            blocks.words(item.label),
            item.cell,
            blocks.percent(item.share),
            blocks.words(item.mark) if item.mark else None,
        ]
        for item in block.items
    ]
    labels = [env._("Name"), env._("Value"), env._("Share"), env._("Note")]
    table = sheet.write_table(labels, rows, {1: ["sum"]})
    _add_data_bars(sheet, table, 2)


@write_block.register
def _(block: blocks.Stack, sheet):
    """A table of the parts, and one native bar of all of them."""
    env = sheet.env
    place = _take_chart_place(sheet)
    rows = [
        [blocks.words(part.label), part.cell, blocks.percent(part.share)]
        for part in block.parts
    ]
    labels = [env._("Part"), env._("Value"), env._("Share")]
    table = sheet.write_table(labels, rows, {1: ["sum"]})
    colors = [
        TONE_COLORS[part.tone][0] if part.tone else LEVEL_COLORS[part.level]
        for part in block.parts
    ]
    title = env._("Parts of the whole")
    # a value in words cannot be drawn, its share can
    drawn = 2 if any(part.cell.unit == "text" for part in block.parts) else 1
    charts.insert_stack(sheet, table, place, title, drawn, colors)


@write_block.register
def _(block: blocks.Progress, sheet):
    """How far, as a bar in a cell, and the marks on the way."""
    rows = [[blocks.words(block.label), blocks.percent(block.value)]]
    rows += [
        [blocks.words(mark.label), blocks.percent(mark.at)] for mark in block.marks
    ]
    table = sheet.write_table([sheet.env._("Progress"), sheet.env._("Reached")], rows)
    _add_data_bars(sheet, table, 1)


def _take_chart_place(sheet):
    """Return where the next chart stands, below those there are."""
    row = max(sheet.row, sheet.chart_row)
    sheet.chart_row = row + charts.CHART_ROWS
    return row, CHART_COLUMN


def _make_money(value, block):
    return blocks.Money(value, currency_id=block.currency_id)


def _add_data_bars(sheet, table, column):
    cells = table.get_reference(column)[1:]
    options = {"type": "data_bar", "bar_color": BAR}
    scale = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    if table.rows:
        sheet.worksheet.conditional_format(*cells, {**options, **scale})
