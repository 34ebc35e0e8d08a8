# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The figures of a tile, read out of its blocks whatever their kind."""

from dataclasses import dataclass

from .workbook_rows import ARROWS


@dataclass(frozen=True)
class TileFigure:
    """A number of a tile.

    Attributes
    ----------
    label : str
        What the tile calls it.
    cell : dict
        {value, unit}.
    drill : dict or bool
        What a click sends back, False where there is nothing to click.
    column : int
        Of the tile's sheet in the workbook, counted from 1, in the row of the label.
    """

    label: str
    cell: dict
    drill: dict | bool = False
    column: int = 2

    @property
    def value(self):
        return self.cell["value"]


def read_figures(tile):
    """Return the figures of a tile but for those of its rows and timelines."""
    return [
        figure
        for block in tile["blocks"]
        for figure in READERS.get(block["type"], read_nothing)(block)
    ]


def read_nothing(_block):
    """Words, rows and timelines are compared in ways of their own."""
    return []


def read_lines(block):
    return [
        TileFigure(
            ARROWS.get(line["direction"], "") + line["label"],
            line["cell"],
            line["drill"],
        )
        for line in block["figures"]
    ]


def read_strip(block):
    return [
        TileFigure(each["label"], each["cell"], each["drill"])
        for each in block["figures"]
    ]


def read_chart(block):
    return read_bars(block) if block["kind"] == "bar" else read_doughnut(block)


def read_bars(block):
    figures = []
    for point in block["points"]:
        unit = {"unit": block["unit"], "currency_id": block["currency_id"]}
        cell = {**unit, "value": point["value"]}
        figures.append(TileFigure(point["title"], cell, point["drill"]))
        if block["series"]:
            cell = {**unit, "value": point["previous"]}
            figures.append(TileFigure(point["title"], cell, column=3))
    return figures


def read_doughnut(block):
    points = [
        TileFigure(point["label"], point["cell"], point["drill"])
        for point in block["points"]
    ]
    return [TileFigure(block["center"]["label"], block["center"]["cell"]), *points]


def read_grid(block):
    return [
        TileFigure(area["label"], area["cells"][switch["key"]], area["drill"], column)
        for area in block["areas"]
        for column, switch in enumerate(block["switch"], start=2)
    ]


def read_parts(block):
    """Read a share or a stack: parts of a whole with their values."""
    figures = []
    for part in block.get("items") or block["parts"]:
        share = {"value": part["share"], "unit": "percent"}
        figures.append(TileFigure(part["label"], part["cell"], part["drill"]))
        figures.append(TileFigure(part["label"], share, column=3))
    return figures


def read_progress(block):
    marks = [
        {"value": mark["at"], "unit": "percent"} for mark in block.get("marks", ())
    ]
    labels = [mark["label"] for mark in block.get("marks", ())]
    cell = {"value": block["value"], "unit": "percent"}
    return [
        TileFigure(label, each)
        for label, each in zip([block["label"], *labels], [cell, *marks], strict=True)
    ]


READERS = {
    "figure": read_lines,
    "chart": read_chart,
    "grid": read_grid,
    "share": read_parts,
    "stack": read_parts,
    "progress": read_progress,
    "strip": read_strip,
}
