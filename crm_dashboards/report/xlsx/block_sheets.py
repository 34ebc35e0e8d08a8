"""A tile's sheet, drawn from the same blocks as in the browser.

Each kind of block has one method here, so that a new tile needs no code for Excel.
"""

from . import charts
from .colors import (
    BAR,
    LABEL,
    LEVEL_COLORS,
    PREVIOUS_BAR,
    TONE_COLORS,
    UNFINISHED_BAR,
)
from .grid_block import write_grid
from .rows_block import write_rows, write_timeline

ARROWS = {"up": "▲ ", "down": "▼ ", "level": "▬ "}
FIGURE_SIZES = {"large": 16, "normal": 12, "small": 11}
COLUMN_WIDTHS = (36, 20, 18, 18, 18, 18, 18, 18)
CHART_COLUMN = 5  # charts stand right of the table they draw
ALL_TOTALS = ("sum", "avg")


def write_tile(sheet, tile):
    """Fill a sheet with a tile as ``get_tiles`` returns it.

    :param Sheet sheet: with its top written
    :param tile: dict {title, state, message, blocks, tabs}
    """
    sheet.set_widths(*COLUMN_WIDTHS)
    if tile["message"]:
        sheet.write_line(tile["message"], italic=True)
        sheet.row += 1
    for block in tile["blocks"]:
        WRITERS.get(block["type"], write_unknown)(sheet, block)


def write_note(sheet, block):
    sheet.write_line(block["text"], bold=True)
    if block.get("cell"):
        sheet.write_cell(sheet.row - 1, 1, block["cell"], bold=True)
    sheet.row += 1


def write_text(sheet, block):
    color = TONE_COLORS.get(block.get("tone"), (None, LABEL))[1]
    sheet.write_line(block["text"], italic=True, font_color=color)
    sheet.row += 1


def write_figures(sheet, block):
    for figure in block["figures"]:
        properties = {"font_size": FIGURE_SIZES[figure["size"]], "align": "left"}
        if figure["size"] != "small":
            properties["bold"] = True
        if figure.get("tone"):
            properties["font_color"] = TONE_COLORS[figure["tone"]][1]
        words = ARROWS.get(figure.get("direction"), "") + figure["label"]
        sheet.write_value(sheet.row, 0, words)
        sheet.write_cell(sheet.row, 1, figure["cell"], **properties)
        sheet.row += 1
    sheet.row += 1


def write_chart(sheet, block):
    writers = {"bar": write_bars, "doughnut": write_doughnut}
    row = max(sheet.row, sheet.chart_row)
    sheet.chart_row = row + charts.CHART_ROWS
    writers[block["kind"]](sheet, block, (row, CHART_COLUMN))


def write_bars(sheet, block, place):
    """A table of the bars, its totals, and a native chart."""
    env = sheet.env
    points = block["points"]
    compared = any("previous" in point for point in points)
    names = block.get("series") or [env._("Value"), env._("Before")]
    unit = {"unit": block["unit"], "currency_id": block.get("currency_id")}
    rows = []
    for point in points:
        row = [_make_text(point["title"]), {**unit, "value": point["value"]}]
        if compared:
            row.append({**unit, "value": point.get("previous", 0)})
        row.append(_make_text(env._("not over yet")) if point["unfinished"] else None)
        rows.append(row)
    labels = [env._("Period"), *names[: 2 if compared else 1], ""]
    totals = dict.fromkeys(range(1, 3 if compared else 2), ALL_TOTALS)
    table = sheet.write_table(labels, rows, totals)
    colors = [UNFINISHED_BAR if point["unfinished"] else None for point in points]
    series = [{"column": 1, "name": names[0], "color": BAR, "point_colors": colors}]
    if compared:
        series.insert(0, {"column": 2, "name": names[1], "color": PREVIOUS_BAR})
    number_format = sheet.book.get_number_format({**unit, "value": 0})
    charts.insert_columns(sheet, table, place, block["label"], series, number_format)


def write_doughnut(sheet, block, place):
    """A table of the parts, their shares, and a native ring."""
    env = sheet.env
    points = block["points"]
    total = sum(point["cell"]["value"] or 0 for point in points)
    rows = [
        [
            _make_text(point["label"]),
            point["cell"],
            _make_percent((point["cell"]["value"] or 0) / total if total else False),
        ]
        for point in points
    ]
    center = block.get("center") or {}
    if center:
        sheet.write_value(sheet.row, 0, center.get("label") or center.get("text") or "")
        if center.get("cell"):
            sheet.write_cell(sheet.row, 1, center["cell"], bold=True, align="left")
        sheet.row += 1
    labels = [env._("Part"), env._("Value"), env._("Share")]
    table = sheet.write_table(labels, rows, {1: ["sum"]})
    colors = [TONE_COLORS[point["tone"]][0] for point in points]
    charts.insert_doughnut(sheet, table, place, block["label"], 1, colors)


def write_share(sheet, block):
    """A table of shares with bars in the cells."""
    env = sheet.env
    rows = [
        [
            _make_text(item["label"]),
            item["cell"],
            _make_percent(item["share"]),
            _make_text(item["mark"]) if item.get("mark") else None,
        ]
        for item in block["items"]
    ]
    labels = [env._("Name"), env._("Value"), env._("Share"), env._("Note")]
    table = sheet.write_table(labels, rows, {1: ["sum"]})
    _add_data_bars(sheet, table, 2)


def write_stack(sheet, block):
    """A table of the parts, and one native bar of all of them."""
    env = sheet.env
    rows = [
        [_make_text(part["label"]), part["cell"], _make_percent(part["share"])]
        for part in block["parts"]
    ]
    place = (max(sheet.row, sheet.chart_row), CHART_COLUMN)
    sheet.chart_row = place[0] + charts.CHART_ROWS
    labels = [env._("Part"), env._("Value"), env._("Share")]
    table = sheet.write_table(labels, rows, {1: ["sum"]})
    colors = [
        TONE_COLORS[part["tone"]][0]
        if part.get("tone")
        else LEVEL_COLORS[part["level"]]
        for part in block["parts"]
    ]
    title = env._("Parts of the whole")
    charts.insert_stack(sheet, table, place, title, 1, colors)


def write_progress(sheet, block):
    """How far, as a bar in a cell, and the marks on the way."""
    rows = [[_make_text(block["label"]), _make_percent(block["value"])]]
    for mark in block.get("marks") or []:
        rows.append([_make_text(mark["label"]), _make_percent(mark["at"])])
    table = sheet.write_table([sheet.env._("Progress"), sheet.env._("Reached")], rows)
    _add_data_bars(sheet, table, 1)


def write_unknown(sheet, _block):
    """Say that something is missing, rather than lose the whole workbook."""
    sheet.write_line(sheet.env._("One part is shown on the dashboard only."))
    sheet.row += 1


def _add_data_bars(sheet, table, column):
    cells = table.get_reference(column)[1:]
    options = {"type": "data_bar", "bar_color": BAR}
    scale = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    if table.rows:
        sheet.worksheet.conditional_format(*cells, {**options, **scale})


def _make_text(words):
    return {"value": words, "unit": "text"}


def _make_percent(share):
    return {"value": share, "unit": "percent"}


WRITERS = {
    "note": write_note,
    "text": write_text,
    "figure": write_figures,
    "chart": write_chart,
    "grid": write_grid,
    "share": write_share,
    "stack": write_stack,
    "rows": write_rows,
    "timeline": write_timeline,
    "progress": write_progress,
}
