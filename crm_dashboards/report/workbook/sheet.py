# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""One sheet: the lines on top, single cells and tables, written row by row."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from xlsxwriter.utility import xl_range

from .book import NOTHING, SparkCell, TonedCell
from .colors import HEADER_FILL, LABEL, LINE, TITLE, TONE_COLORS
from .names import cut_text

FIRST_EXCEL_YEAR = 1900
TOTALS = (("sum", 109, sum), ("avg", 101, lambda values: sum(values) / len(values)))
A4 = 9
HEADER_HEIGHT = 30  # points: two lines
ROWS_WORTH_A_FILTER = 5


@dataclass(frozen=True)
class Table:
    """Where a table stands, rows and columns counted from 0; the header not included.

    ``rows`` holds the values as they were written.
    """

    sheet_name: str
    first_row: int
    first_col: int
    rows: list

    @property
    def last_row(self):
        return self.first_row + len(self.rows) - 1

    def get_reference(self, column):
        """Return the cells of a column as charts want them."""
        col = self.first_col + column
        return [self.sheet_name, self.first_row, col, self.last_row, col]

    def get_values(self, column):
        return [row[column] for row in self.rows]


class Sheet:
    """A sheet that is filled from top to bottom.

    ``row`` is the next free one, ``chart_row`` the next one for charts, which stand
    beside the tables.
    """

    def __init__(self, book, title, keeps_filter=False):
        """:param keeps_filter: for what comes last: Excel allows one filter a sheet"""
        self.book = book
        self.env = book.env
        self.worksheet = book.add_sheet(title)
        self.row = 0
        self.chart_row = 0
        self._has_filter = keeps_filter
        self._widths = []
        self.worksheet.set_landscape()
        self.worksheet.set_paper(A4)
        self.worksheet.fit_to_pages(1, 0)
        self.worksheet.set_footer("&L&A&R&P / &N")
        self.worksheet.hide_gridlines(2)

    def set_widths(self, *widths):
        """Make the first columns at least so wide, in characters."""
        pairs = zip_longest(self._widths, widths, fillvalue=0)
        self._widths = [max(pair) for pair in pairs]
        for col, width in enumerate(self._widths):
            self.worksheet.set_column(col, col, width)

    def write_top(self, title, lines):
        """Write the title and what the figures are about.

        :param lines: list of (label, cell)
        """
        self.write_value(self.row, 0, title, bold=True, font_size=16, font_color=TITLE)
        self.row += 1
        for label, cell in lines:
            self.write_value(self.row, 0, label, font_color=LABEL)
            self.write_cell(self.row, 1, cell, align="left")
            self.row += 1
        self.worksheet.freeze_panes(1, 0)
        self.row += 1

    def write_cell(self, row, col, cell, **properties):
        """Write a cell of a block with the number format of its unit."""
        if isinstance(cell, SparkCell):
            self._write_sparkline(row, col, cell)
            return
        value = self.book.get_value(cell)
        if value is None:
            value, properties = NOTHING, {"align": "right", **properties}
        number_format = self.book.get_number_format(cell)
        if number_format and value != NOTHING:
            properties["num_format"] = number_format
        if isinstance(cell, TonedCell):
            properties["font_color"] = TONE_COLORS[cell.tone][1]
        if cell.unit == "segment":
            style = self.book.get_segment_format(cell.segment)
            self.worksheet.write_string(row, col, value, style)
        else:
            self.write_value(row, col, value, **properties)

    def _write_sparkline(self, row, col, cell):
        color = TONE_COLORS.get(cell.tone, (None, LABEL))[1]
        options = {
            "range": xl_range(row, col + 1, row, col + cell.length),
            "series_color": color,
            "last_point": True,
            "last_color": color,
        }
        self.worksheet.add_sparkline(row, col, options)

    def write_value(self, row, col, value, **properties):
        """Write a value by its type; words stay words whatever they begin with."""
        style = self.book.get_format(**properties) if properties else None
        if isinstance(value, date) and value.year < FIRST_EXCEL_YEAR:
            value = value.isoformat()  # a slip of the pen: Excel knows no such day
        if isinstance(value, str):
            self.worksheet.write_string(row, col, cut_text(value), style)
        elif isinstance(value, date | datetime):
            self.worksheet.write_datetime(row, col, value, style)
        else:
            self.worksheet.write_number(row, col, value, style)

    def write_line(self, words, **properties):
        """Write words on a row of their own."""
        self.write_value(self.row, 0, words, **properties)
        self.row += 1

    def write_header(self, labels, numbers=()):
        """Write the header row of a table.

        :param numbers: columns whose labels stand at the right, above numbers
        """
        self.worksheet.set_row(self.row, HEADER_HEIGHT)
        for col, label in enumerate(labels):
            style = self.book.get_format(
                bold=True,
                bg_color=HEADER_FILL,
                bottom=1,
                bottom_color=LINE,
                text_wrap=True,
                valign="vcenter",
                **get_alignment(col, col in numbers),
            )
            self.worksheet.write_string(self.row, col, label, style)
        self.row += 1

    def write_table(self, labels, rows, totals=None):
        """Write a small table and, below it, its totals and averages.

        :param labels: list of str, the header
        :param rows: list of list of cells as in blocks, None for an empty one
        :param totals: {column: list of sum, avg}; of a column of words there is none
        :return: Table
        """
        self.write_header(labels, self._get_number_columns(rows))
        first_row = self.row
        for cells in rows:
            for col, cell in enumerate(cells):
                if cell is not None:
                    is_text = cell.unit == "text"
                    properties = get_alignment(col) if is_text else {}
                    self.write_cell(self.row, col, cell, **properties)
            self.row += 1
        values = [[cell and self.book.get_value(cell) for cell in row] for row in rows]
        table = Table(self.worksheet.get_name(), first_row, 0, values)
        if len(rows) >= ROWS_WORTH_A_FILTER and not self._has_filter:
            self._has_filter = True
            self.worksheet.autofilter(first_row - 1, 0, table.last_row, len(labels) - 1)
        totals = {
            col: wanted
            for col, wanted in (totals or {}).items()
            if not any(row[col] and row[col].unit == "text" for row in rows)
        }
        if rows and totals:
            self._write_totals_below(table, rows, totals)
        self.row += 1
        return table

    def _get_number_columns(self, rows):
        """Return the columns in which the first row holds a number."""
        return {
            col
            for col, cell in enumerate(rows[0] if rows else [])
            if cell and self.book.get_number_format(cell)
        }

    def _write_totals_below(self, table, rows, totals):
        for aggregate, _code, compute in TOTALS:
            columns = [
                col
                for col, wanted in totals.items()
                if aggregate in wanted and not _is_words(rows, col)
            ]
            if not columns:
                continue
            self.write_value(self.row, 0, self.get_total_label(aggregate), bold=True)
            for col in columns:
                cells = [row[col] for row in rows]
                self.write_total(
                    self.row,
                    col,
                    aggregate,
                    (table.first_row, table.last_row),
                    compute([self.book.get_value(cell) or 0 for cell in cells]),
                    self.book.get_number_format(cells[0]),
                )
            self.row += 1

    def get_total_label(self, aggregate):
        """Return the word for a total or an average."""
        labels = {"sum": self.env._("Total"), "avg": self.env._("Average")}
        return labels[aggregate]

    def write_total(self, row, col, aggregate, rows, value, number_format):
        """Write a total or average that follows the filter of the rows above or below.

        :param rows: (first, last) row of what is summed
        :param value: what the formula gives now, shown without recalculating
        """
        code = {name: code for name, code, _compute in TOTALS}[aggregate]
        cells = xl_range(rows[0], col, rows[1], col)
        style = self.book.get_format(
            bold=True, num_format=number_format, top=1, top_color=LINE
        )
        formula = f'=IFERROR(SUBTOTAL({code},{cells}),"")'
        self.worksheet.write_formula(row, col, formula, style, value)


def _is_words(rows, col):
    """Whether a column holds words: they have no total."""
    return any(row[col].unit == "text" for row in rows)


def get_alignment(col, is_number=False):
    """Return how a column stands: words keep a distance from a number at their left."""
    if is_number:
        return {"align": "right"}
    return {"align": "left", "indent": 1 if col else 0}
