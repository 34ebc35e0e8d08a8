# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A sheet with a row a record, written in batches and never held in memory."""

from dataclasses import dataclass, field
from datetime import datetime

from .book import COUNT_FORMAT, DECIMAL_FORMAT
from .colors import LINK, TONE_COLORS
from .names import cut_text, make_link_formula
from .sheet import FIRST_EXCEL_YEAR, get_alignment

MAX_ROWS = 1_048_576  # of a sheet
NUMBER_FORMATS = {
    "integer": COUNT_FORMAT,
    "overdue": COUNT_FORMAT,
    "float": DECIMAL_FORMAT,
}
NUMBER_TYPES = ("integer", "overdue", "float", "percent", "money")
LINK_WIDTH = 8


@dataclass(frozen=True)
class SheetColumn:
    """A column as the sheet needs it.

    Attributes
    ----------
    name : str
        Key of the records' values.
    label : str
    type : str
        text, integer, overdue, float, percent, money, date, datetime or segment.
    width : int
        In characters.
    words : dict
        {value: what to show} of a selection.
    currency : str
        Key of the records' currency, for money.
    totals : dict
        {sum or avg: value now} of what stands above the header.
    """

    name: str
    label: str
    type: str
    width: int
    words: dict = field(default_factory=dict)
    currency: str = ""
    totals: dict = field(default_factory=dict)


class RecordSheet:
    """Writes totals and averages, a frozen header with a filter, and the records.

    :param Sheet sheet: with its top written
    :param columns: list of SheetColumn
    :param currency_id: of the totals
    :param is_below: below other things, so that its header cannot stay in sight
    """

    def __init__(self, sheet, columns, currency_id, is_below=False):
        self.sheet = sheet
        self.is_below = is_below
        self.book = sheet.book
        self.columns = columns
        self.currency_id = currency_id
        self.number_formats = {**self.book.unit_formats, **NUMBER_FORMATS}
        self.writers = [self._get_writer(column) for column in columns]
        self.link_style = self.book.get_format(
            font_color=LINK, underline=1, align="center"
        )

    def fill(self, batches, row_count, get_url):
        """Write everything.

        :param batches: iterable of lists of dict {column's name: value}, as many
            records altogether as ``row_count``
        :param get_url: function that returns the address of a record's dict
        """
        self.sheet.set_widths(*(column.width for column in self.columns), LINK_WIDTH)
        self._write_totals(row_count)
        header_row = self.sheet.row
        labels = [column.label for column in self.columns]
        numbers = {
            col
            for col, column in enumerate(self.columns)
            if column.type in NUMBER_TYPES
        }
        self.sheet.write_header([*labels, self.sheet.env._("Link")], numbers)
        worksheet = self.sheet.worksheet
        if not self.is_below:
            worksheet.freeze_panes(self.sheet.row, 1)
            worksheet.repeat_rows(header_row)
        last_col = len(self.columns)
        worksheet.autofilter(header_row, 0, header_row + row_count, last_col)
        worksheet.ignore_errors({"number_stored_as_text": f"A1:Z{MAX_ROWS}"})
        for batch in batches:
            self._write_batch(batch, get_url)

    def _write_totals(self, row_count):
        """Write the totals above the header, where they stay in sight."""
        first = self.sheet.row + 1 + sum(1 for _name in self._get_aggregates())
        rows = (first, first + max(row_count, 1) - 1)
        for aggregate in self._get_aggregates():
            label = self.sheet.get_total_label(aggregate)
            self.sheet.write_value(self.sheet.row, 0, label, bold=True)
            for col, column in enumerate(self.columns):
                if aggregate in column.totals:
                    value = column.totals[aggregate] if row_count else ""
                    number_format = self._get_total_format(column, aggregate)
                    self.sheet.write_total(
                        self.sheet.row, col, aggregate, rows, value, number_format
                    )
            self.sheet.row += 1

    def _get_aggregates(self):
        return [
            aggregate
            for aggregate in ("sum", "avg")
            if any(aggregate in column.totals for column in self.columns)
        ]

    def _get_total_format(self, column, aggregate):
        if column.type == "money":
            return self.book.get_money_format(self.currency_id)
        if column.type in ("integer", "overdue") and aggregate == "avg":
            return DECIMAL_FORMAT
        return self.number_formats[column.type]

    def _write_batch(self, batch, get_url):
        row, link_col = self.sheet.row, len(self.columns)
        worksheet = self.sheet.worksheet
        words = self.sheet.env._("Open")
        for values in batch:
            for col, column in enumerate(self.columns):
                value = values[column.name]
                if value is not None and value is not False and value != "":
                    self.writers[col](row, col, value, values)
            formula = make_link_formula(get_url(values), words)
            worksheet.write_formula(row, link_col, formula, self.link_style, words)
            row += 1
        self.sheet.row = row

    def _get_writer(self, column):
        """Return the function (row, col, value, record's values) of a column."""
        write = self.sheet.worksheet
        if column.type == "money":
            return self._make_money_writer(column)
        if column.type == "segment":
            return lambda row, col, value, _values: write.write_string(
                row, col, column.words[value], self.book.get_segment_format(value)
            )
        if column.type == "text":
            styles = [self.book.get_format(**get_alignment(col)) for col in (0, 1)]
            return lambda row, col, value, _values: write.write_string(
                row, col, cut_text(get_words(column, value)), styles[col > 0]
            )
        number_format = self.number_formats[column.type]
        if column.type in ("date", "datetime"):
            style = self.book.get_format(num_format=number_format, align="center")
            return lambda row, col, value, _values: self._write_date(
                row, col, value, style
            )
        style = self.book.get_format(num_format=number_format)
        if column.type == "overdue":
            late = self.book.get_format(
                num_format=number_format, font_color=TONE_COLORS["negative"][1]
            )
            return lambda row, col, value, _values: write.write_number(
                row, col, value, late if value > 0 else style
            )
        return lambda row, col, value, _values: write.write_number(
            row, col, value, style
        )

    def _write_date(self, row, col, value, style):
        if isinstance(value, datetime):
            value = self.book.to_zone(value)
        if value.year < FIRST_EXCEL_YEAR:
            self.sheet.worksheet.write_string(row, col, value.isoformat())
        else:
            self.sheet.worksheet.write_datetime(row, col, value, style)

    def _make_money_writer(self, column):
        """Return the writer of amounts, each in the currency of its own record."""
        styles = {}

        def write(row, col, value, values):
            currency_id = get_id(values.get(column.currency))
            if currency_id not in styles:
                number_format = self.book.get_money_format(currency_id)
                styles[currency_id] = self.book.get_format(num_format=number_format)
            self.sheet.worksheet.write_number(row, col, value, styles[currency_id])

        return write


def get_words(column, value):
    """Return what a text column shows of a value as ``read`` gives it."""
    if isinstance(value, tuple):
        return value[1] or ""
    return column.words.get(value) or str(value)


def get_id(value):
    """Return the id of a many2one as ``read`` gives it, None where empty."""
    return value[0] if value else None
