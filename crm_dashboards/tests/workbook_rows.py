# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Reading single sheets of workbooks: of a tile, and of a report."""

from decimal import Decimal
from math import isclose

import pytz

from odoo import fields

ARROWS = {"up": "▲ ", "down": "▼ ", "level": "▬ "}
NOTHING = "—"


class TileSheet:
    """The sheet of a tile in its dashboard's workbook."""

    def __init__(self, sheet, zone):
        """:param zone: of the person who looks: Excel knows none"""
        self.rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        self.zone = zone

    def has(self, label, cell, column):
        """Whether a row of ``label`` has the value of ``cell`` in ``column``."""
        wanted = self.get_value(cell)
        return any(
            row[0] == label and is_same(row[column - 1], wanted)
            for row in self.rows
            if len(row) >= column
        )

    def has_words(self, words):
        return any(row[0] == words for row in self.rows)

    def get_tables(self, first_label, without):
        """Return the tables whose first column has this label.

        :param without: label that other tables have a column of
        :return: list of list of dict, the values of each row by their label
        """
        return [
            self._read_table(number)
            for number, row in enumerate(self.rows)
            if row[0] == first_label and row[1] and without not in row
        ]

    def _read_table(self, header):
        labels = [label for label in self.rows[header] if label]
        records = []
        for row in self.rows[header + 1 :]:
            if row[0] is None:
                break
            records.append(dict(zip(labels, row, strict=False)))
        return records

    def find_list_labels(self):
        """Return the header of the list behind See More, without the empty rest."""
        (labels,) = (row for row in self.rows if "Link" in row)
        return labels[: labels.index("Link") + 1]

    def get_list(self):
        """Return the records of the list behind See More, none without one."""
        headers = [number for number, row in enumerate(self.rows) if "Link" in row]
        if not headers:
            return []
        (header,) = headers
        width = len(self.find_list_labels())
        return [row[:width] for row in self.rows[header + 1 :]]

    def get_value(self, cell):
        """Return what the sheet holds of a tile's cell."""
        value, unit = cell["value"], cell["unit"]
        if value is False or value is None:
            return NOTHING
        if unit == "date":
            return fields.Datetime.to_datetime(value)
        if unit == "datetime":
            moment = pytz.utc.localize(fields.Datetime.to_datetime(value))
            return moment.astimezone(self.zone).replace(tzinfo=None)
        return value


class ReportSheet:
    """The sheet of a report's records, below a header that stays in sight."""

    def __init__(self, sheet):
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        header = int(sheet.freeze_panes[1:]) - 2  # frozen below the header
        self.labels = rows[header]
        self.records = rows[header + 1 :]
        self.totals = self._find_totals(rows[:header])

    def _find_totals(self, rows):
        """Return {column, from 0: total above the header}."""
        for row in rows:
            if row[0] == "Total":
                return {
                    column: value
                    for column, value in enumerate(row)
                    if column and value is not None
                }
        return {}

    def sum_column(self, column):
        return sum(row[column] or 0 for row in self.records)


def is_number(value):
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def is_same(found, wanted):
    """Whether a value read back is the one that was meant; 0.1 + 0.2 is 0.3."""
    if is_number(found) and is_number(wanted):
        return isclose(found, wanted, abs_tol=1e-6)
    return found == wanted
