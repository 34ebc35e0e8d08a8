# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The sheet of a report's groups: numbers, sums, averages and a native chart."""

from ...tiles import blocks
from . import charts
from .book import COUNT_FORMAT, SegmentCell
from .colors import BAR, SEGMENT_COLORS
from .sheet import Sheet

MAX_GROUPS = 5000
COUNT = "__count"


def write_summary(book, env, request, group_by, top):
    """Add the sheet of the groups of ``group_by``.

    :param ReportRequest request:
    :param group_by: list of str, such as ``date_order:month``
    :param top: list of (label, cell), as on the other sheets
    """
    model = request.model
    labels = [_get_label(model, name) for name in group_by]
    title = env._("By %(groups)s", groups=", ".join(labels))
    sheet = Sheet(book, title)
    sheet.set_widths(*(26 for _name in group_by), 12, 18, 18)
    sheet.write_top(title, top)
    measure = request.report.measure
    totals = [f"{measure}:sum", f"{measure}:avg"] if measure else []
    groups = model.formatted_read_group(
        request.domain, group_by, [COUNT, *totals], limit=MAX_GROUPS + 1
    )
    if len(groups) > MAX_GROUPS:
        words = env._("These are too many groups for a summary.")
        sheet.write_line(words, italic=True)
        return
    if len(group_by) == 1:
        groups = _sort_like_selection(model, group_by[0], groups)
    currency_id = env.company.currency_id.id
    rows = [
        [
            *(_make_group_cell(model, name, group[name]) for name in group_by),
            blocks.count(group[COUNT]),
            *_make_total_cells(model, group, totals, currency_id),
        ]
        for group in groups
    ]
    header = [*labels, env._("Count")]
    if totals:
        header += [_get_label(model, measure), env._("Average")]
    first = len(group_by)
    summed = {col: ["sum"] for col in range(first, first + (2 if measure else 1))}
    table = sheet.write_table(header, rows, summed)
    if len(group_by) == 1 and 0 < len(rows) <= charts.MAX_BARS:
        _insert_chart(sheet, table, request.report, rows, header)


def _insert_chart(sheet, table, report, rows, header):
    is_of_count = report.chart == "count" or not report.measure
    column = 1 if is_of_count else 2
    number_format = COUNT_FORMAT
    if not is_of_count:
        number_format = sheet.book.get_number_format(rows[0][2])
    colors = [_get_color(row[0]) for row in rows]
    series = [{"column": column, "name": header[column], "point_colors": colors}]
    place = (table.first_row - 1, len(header) + 1)
    charts.insert_columns(sheet, table, place, header[column], series, number_format)


def _get_color(cell):
    """Return the colour of a group's column: its segment's, if it is one."""
    if isinstance(cell, SegmentCell):
        return SEGMENT_COLORS[cell.segment][0]
    return BAR


def _make_group_cell(model, name, value):
    """Return the cell that names a group, in the words of the list."""
    env = model.env
    if isinstance(value, tuple | list):
        value = value[1]
    if value is False or value is None:
        return blocks.words(env._("None"))
    field = model._fields[name.partition(":")[0]]
    if field.type != "selection":
        return blocks.words(str(value))
    words = dict(field._description_selection(env)).get(value) or str(value)
    if value in SEGMENT_COLORS:
        return SegmentCell(words, segment=value)
    return blocks.words(words)


def _make_total_cells(model, group, totals, currency_id):
    """Return the cells of sum and average of a group, none where nothing is summed.

    Records without a value do not lower the average, as at the foot of the list; where
    none has one there is no average.
    """
    if not totals:
        return []
    total, average = (group[name] for name in totals)
    if model._fields[totals[0].partition(":")[0]].type == "integer":
        return [blocks.count(total), blocks.count(average)]
    return [_make_money(total or 0, currency_id), _make_money(average, currency_id)]


def _make_money(value, currency_id):
    value = False if value is None else value and float(value)
    return blocks.Money(value, currency_id=currency_id)


def _sort_like_selection(model, name, groups):
    """Return the groups of a selection in its own order, the others as they are."""
    field = model._fields[name.partition(":")[0]]
    if field.type != "selection":
        return groups
    values = field.get_values(model.env)
    places = {value: place for place, value in enumerate(values)}
    return sorted(groups, key=lambda group: places.get(group[name], len(places)))


def _get_label(model, name):
    field = model._fields[name.partition(":")[0]]
    return field.get_description(model.env, ["string"])["string"]
