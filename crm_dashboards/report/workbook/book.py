# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A workbook in the making: formats, currencies, zone and names of its sheets."""

from dataclasses import dataclass

import pytz

from odoo import fields

from ...models.date_words import get_patterns
from ...nightly.periods import get_viewer_zone
from ...tiles.blocks import Cell
from ...tiles.words import format_count, format_exact_amount, format_share
from .colors import SEGMENT_COLORS
from .names import (
    make_date_format,
    make_money_format,
    make_percent_format,
    make_sheet_name,
)

# Whatever a name begins with, it is text and never a formula or a link.
TEXT_STAYS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COUNT_FORMAT = "#,##0"
DECIMAL_FORMAT = "#,##0.00"
NOTHING = "—"


@dataclass(frozen=True)
class SegmentCell(Cell):
    """A cell in the colours of a segment."""

    unit: str = "segment"
    segment: str = ""


@dataclass(frozen=True)
class SparkCell(Cell):
    """A small line of the values of the ``length`` cells behind it."""

    value: str = ""
    unit: str = "spark"
    length: int = 0
    tone: str | bool = False


@dataclass(frozen=True)
class TonedCell:
    """A cell in the colour of a tone."""

    cell: Cell
    tone: str

    def __getattr__(self, name):
        return getattr(self.cell, name)


class Book:
    """A workbook and what all its sheets share.

    :param workbook: xlsxwriter's
    :param env: of the person who gets the workbook: language, zone, currencies
    """

    def __init__(self, workbook, env):
        self.workbook = workbook
        self.env = env
        self.zone = get_viewer_zone(env)
        day, time = get_patterns(env)
        day, time = make_date_format(day), make_date_format(time)
        self.unit_formats = {
            "count": COUNT_FORMAT,
            "days": COUNT_FORMAT,
            "number": DECIMAL_FORMAT,
            "percent": make_percent_format(format_share(env, 1)),
            "date": day,
            "datetime": f"{day}, {time}",
        }
        self._formats = {}
        self._names = set()

    def add_sheet(self, title):
        """Add a sheet, named after ``title`` as far as Excel allows."""
        name = make_sheet_name(title, self._names)
        self._names.add(name.lower())
        return self.workbook.add_worksheet(name)

    def get_format(self, **properties):
        """Return the format with these properties, made once: Excel takes few."""
        key = frozenset(properties.items())
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def get_segment_format(self, segment):
        """Return the format of a cell that names a segment."""
        fill, words = SEGMENT_COLORS[segment]
        return self.get_format(bg_color=fill, font_color=words)

    def get_money_format(self, currency_id):
        """Return the number format of a currency, plain decimals without one."""
        if not currency_id:
            return DECIMAL_FORMAT
        currency = self.env["res.currency"].browse(currency_id)
        return make_money_format(
            currency.symbol or "", currency.position, currency.decimal_places
        )

    def get_number_format(self, cell):
        """Return the number format of a cell of a block, empty for words."""
        if cell.unit == "money":
            return self.get_money_format(cell.currency_id)
        return self.unit_formats.get(cell.unit, "")

    def get_value(self, cell):
        """Return the value of a cell of a block as Excel wants it, None for nothing.

        :return: str, number, date, or datetime in the reader's zone without a zone
        """
        value = cell.value
        if value is None or value is False:
            return None
        if cell.unit == "date":
            return fields.Date.to_date(value)
        if cell.unit == "datetime":
            return self.to_zone(fields.Datetime.to_datetime(value))
        return value

    def to_zone(self, moment):
        """Return a UTC moment in the reader's zone, without zone: Excel has none."""
        return (
            pytz.utc.localize(moment).astimezone(self.zone.tzinfo).replace(tzinfo=None)
        )

    def describe(self, cell):
        """Return a cell in words, where no cell of its own can hold it."""
        value = self.get_value(cell)
        if value is None:
            return NOTHING
        if cell.unit == "money":
            currency = self.env["res.currency"].browse(cell.currency_id)
            return format_exact_amount(value, currency)
        if cell.unit == "percent":
            return format_share(self.env, value)
        return format_count(self.env, value)
