# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Native charts. They bring their values along, for readers that compute nothing."""

from .colors import BAR, LABEL, TITLE

CHART_WIDTH = 640  # pixels
CHART_HEIGHT = 320
CHART_ROWS = 17  # of 20 pixels, a little more than the chart is high
MAX_BARS = 60


def insert_columns(sheet, table, place, title, series, number_format):
    """Insert a chart with a column a row of ``table``, named by its first column.

    :param Table table: the figures
    :param place: (row, column) of the chart's upper left corner
    :param series: list of {column, name, color, point_colors: list or None}
    """
    chart = sheet.book.workbook.add_chart({"type": "column"})
    for each in series:
        options = {
            **_get_source(table, each["column"]),
            "name": each["name"],
            "fill": {"color": each.get("color", BAR)},
            "gap": 60,
        }
        if each.get("point_colors"):
            options["points"] = _get_points(each["point_colors"])
        chart.add_series(options)
    _set_axes(chart, title, number_format)
    chart.set_legend({"position": "bottom"} if len(series) > 1 else {"none": True})
    _insert(sheet, chart, place)


def insert_lines(sheet, table, place, title, series, number_format):
    """Insert a chart with a line a column of ``table``; see :func:`insert_columns`.

    A line ends where its column is empty.
    """
    chart = sheet.book.workbook.add_chart({"type": "line"})
    for each in series:
        chart.add_series(
            {
                **_get_source(table, each["column"]),
                "values_data": table.get_values(each["column"]),
                "name": each["name"],
                "line": {"color": each["color"], "width": 2},
            }
        )
    chart.show_blanks_as("gap")
    _set_axes(chart, title, number_format)
    chart.set_legend({"position": "bottom"})
    _insert(sheet, chart, place)


def insert_doughnut(sheet, table, place, title, column, point_colors, legend=True):
    """Insert a ring with a part a row of ``table``, named by its first column."""
    chart = sheet.book.workbook.add_chart({"type": "doughnut"})
    chart.add_series(
        {**_get_source(table, column), "points": _get_points(point_colors)}
    )
    _set_title(chart, title)
    chart.set_hole_size(65)
    chart.set_legend({"position": "right"} if legend else {"none": True})
    _insert(sheet, chart, place)


def insert_stack(sheet, table, place, title, column, colors):
    """Insert one bar with a part a row of ``table``, as shares of the whole."""
    chart = sheet.book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for number, color in enumerate(colors):
        row = table.first_row + number
        col = table.first_col + column
        chart.add_series(
            {
                "name": str(table.rows[number][0]),
                "values": [table.sheet_name, row, col, row, col],
                "values_data": [table.rows[number][column] or 0],
                "fill": {"color": color},
                "gap": 60,
            }
        )
    _set_title(chart, title)
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_x_axis(
        {"num_font": {"color": LABEL}, "major_gridlines": {"visible": False}}
    )
    chart.set_legend({"position": "bottom"})
    _insert(sheet, chart, place)


def _get_source(table, column):
    return {
        "categories": table.get_reference(0),
        "categories_data": [str(value) for value in table.get_values(0)],
        "values": table.get_reference(column),
        "values_data": [value or 0 for value in table.get_values(column)],
    }


def _get_points(colors):
    return [color and {"fill": {"color": color}} for color in colors]


def _set_axes(chart, title, number_format):
    _set_title(chart, title)
    chart.set_x_axis({"num_font": {"color": LABEL}, "text_axis": True})
    chart.set_y_axis(
        {
            "num_format": number_format,
            "num_font": {"color": LABEL},
            "major_gridlines": {"visible": True, "line": {"color": "#e5e7eb"}},
            "line": {"none": True},
        }
    )


def _set_title(chart, title):
    chart.set_title(
        {"name": title, "name_font": {"size": 12, "color": TITLE}, "overlay": False}
    )


def _insert(sheet, chart, place):
    chart.set_size({"width": CHART_WIDTH, "height": CHART_HEIGHT})
    chart.set_chartarea({"border": {"none": True}})
    sheet.worksheet.insert_chart(*place, chart)
