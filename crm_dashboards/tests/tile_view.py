# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""One tile as one person has it: its figures, the reports behind them, its sheet."""

import json
import re

from ..report.workbook.list_columns import read_report_list
from ..tiles.words import format_amount
from .search_view import SearchView
from .tile_figures import read_figures
from .workbook_rows import ReportSheet, is_number, is_same

COUNT = "__count"


class TileView:
    """Compares a tile with what is behind it; used by the check of each tile.

    :param InvariantCase case: whose assertions are used
    :param env: of the person who looks
    :param str code: of the tile
    :param dict scope: as the browser sends it
    :param dict tile: as ``get_tiles`` has it
    :param bool with_workbooks: whether the reports' workbooks are compared, too
    """

    def __init__(self, case, env, code, scope, tile, with_workbooks):
        self.case = case
        self.env = env
        self.code = code
        self.scope = scope
        self.tile = tile
        self.with_workbooks = with_workbooks
        self.figures = read_figures(tile)
        self.currency = env.company.currency_id
        self._compared = []  # drills

    # ------------------------------------------------------------------
    # What the tile says
    # ------------------------------------------------------------------

    def get_blocks(self, block_type):
        return [block for block in self.tile["blocks"] if block["type"] == block_type]

    def get_rows(self):
        return [row for block in self.get_blocks("rows") for row in block["rows"]]

    def get_events(self):
        return [
            each for block in self.get_blocks("timeline") for each in block["events"]
        ]

    def get_note(self):
        """Return the words in the tile's header and the numbers in them."""
        (note,) = self.get_blocks("note")
        return note, [int(each) for each in re.findall(r"\d+", note["text"])]

    def get_tab(self):
        (tab,) = (tab for tab in self.tile["tabs"] if tab["active"])
        return tab

    def format(self, value):
        return format_amount(value, self.currency)

    def has_something(self):
        """Whether the tile says more than zeros."""
        return bool(
            self.get_rows()
            or self.get_events()
            or any(figure.value for figure in self.figures)
        )

    # ------------------------------------------------------------------
    # What is behind it
    # ------------------------------------------------------------------

    def open(self, drill=False):
        """Return the action behind a click."""
        return self.env["crm.dashboard.tile"].open_report(self.code, self.scope, drill)

    def open_list(self, drill=False):
        """Return the SearchView of the report behind a click."""
        known = self.case.search_views.setdefault(self.env.uid, {})
        return SearchView(self.env, self.open(drill), known)

    def compare_drills(self, **aggregates):
        """Compare each figure that can be clicked with the report behind it.

        :param aggregates: what a figure is of its report, by its drill's key or unit
        """
        for figure in self.figures:
            if figure.drill:
                unit = aggregates.get(figure.cell["unit"])
                aggregate = aggregates.get(figure.drill["key"], unit)
                self.compare_report(figure.drill, {aggregate: figure.value})

    def compare_see_more(self, numbers):
        """Compare the tile with its whole report.

        :param numbers: {aggregate: number on the tile}
        :return: SearchView of the report
        """
        return self.compare_report(False, numbers)

    def compare_note(self, number, aggregate=COUNT):
        """Compare a note that says ``number``, and can be clicked, with its report."""
        note, numbers = self.get_note()
        self.case.assertIn(number, numbers)
        self.compare_report(note["drill"], {aggregate: number})

    def compare_report(self, drill, numbers):
        report = self.open_list(drill)
        self._compared.append(drill)
        found = report.aggregate(COUNT, *numbers)
        for aggregate, number in numbers.items():
            self.assert_same(found[aggregate], number, f"{drill}: {aggregate}")
        # Of parts without any record one workbook is like the other.
        if self.with_workbooks and (found[COUNT] or not drill):
            self.compare_workbook(report)
        return report

    def compare_rows(self, report, field=None, total=None):
        """Compare the rows with records of See More's report.

        :param field: what the cell of a row shows of its record; None for words
        :param total: records in the report, if rows are the first of all
        """
        rows = self.get_rows()
        records = report.search()
        if total is not None:
            self.case.assertEqual(total, len(records))
        self.case.assertEqual(len(rows), min(len(records), self.case.row_count))
        for row in rows:
            self.case.assertIn(row["id"], records.ids)
            record = records.browse(row["id"])
            if field and row["cell"]["unit"] != "text":
                found = record[field]
                if row["cell"]["unit"] == "date":
                    found = str(found)
                self.assert_same(found, row["cell"]["value"], row["title"])
            if row["drill"]:
                self.compare_record(row["drill"])

    def compare_events(self):
        """Compare a timeline with the beginning of the list behind See More."""
        events = self.get_events()
        lines = self.open_list().search()
        self._compared.append(False)
        self.case.assertEqual(
            lines.mapped("text")[: len(events)], [event["title"] for event in events]
        )
        self.case.assertGreaterEqual(len(lines), len(events))
        for event in events:
            self.compare_record(event["drill"])

    def compare_record(self, drill):
        """Make sure that a click opens a record that the user may read, or its page."""
        action = self.open(drill)
        self._compared.append(drill)
        if action["type"] == "ir.actions.act_url":
            self.case.assertTrue(action["url"].startswith("/my/"))
            return
        model = self.env[action["res_model"]]
        model = model.with_context(**action.get("context", {}))
        record = model.browse(action["res_id"])
        record.check_access("read")
        self.case.assertTrue(record.exists())

    def compare_empty(self):
        """An empty tile has an empty report."""
        report = self.open_list()
        self.case.assertFalse(report.search(), "The tile is empty, its report is not.")

    def check_nothing_is_left(self):
        """Make sure that the tile's check compared everything one can click."""
        drills = [figure.drill for figure in self.figures]
        drills += [note["drill"] for note in self.get_blocks("note")]
        lines = [*self.get_rows(), *self.get_events()]
        drills += [line.get("drill") for line in lines]
        left = [drill for drill in drills if drill and drill not in self._compared]
        self.case.assertFalse(left, "Nobody compared what is behind these.")

    # ------------------------------------------------------------------
    # Excel
    # ------------------------------------------------------------------

    def compare_workbook(self, report):
        """Compare a report with its Excel export: number of rows, totals and rows."""
        code = report.context.get("crm_dashboards_report")
        if not code:
            self.case.assertTrue(self.case.checks[self.code].no_workbook)
            return
        sheet = self._export(code, report)
        names = self._get_columns(code)
        if len(report.search().mapped("company_id")) > 1 and "company_id" not in names:
            names.append("company_id")
        self.case.assertEqual(len(sheet.labels), len(names) + 1, "and a link")
        sums = {column: f"{names[column]}:sum" for column in sheet.totals}
        found = report.aggregate(COUNT, *sums.values())
        self.case.assertEqual(len(sheet.records), found[COUNT])
        for column, aggregate in sums.items():
            total = sheet.totals[column] or 0  # an empty total is of no records
            self.assert_same(found[aggregate], total, f"SUBTOTAL of {aggregate}")
            self.assert_same(sheet.sum_column(column), total, f"rows of {aggregate}")

    def _get_columns(self, code):
        """Return the names of the columns that the list of a report shows."""
        report = self.env[f"crm.tile.{code}"]._get_report()
        return read_report_list(self.env, report.action).choose(None)

    def _export(self, code, report):
        """Return the ReportSheet of a report, as the button of its list makes it."""
        options = {
            "domain": report.get_plain_domain(),
            "group_by": report.get_group_by(),
        }
        key = (code, json.dumps(options), self.env.uid, report.model.env.companies)
        sheets = self.case.report_sheets
        if key not in sheets:
            # The web client has activated the companies that the action names.
            env = report.model.env
            action = env["crm.dashboard.tile"].export_report(code, options)
            book = self.case._open(self.case._render(env, action))
            sheets[key] = ReportSheet(book.worksheets[0])
        return sheets[key]

    def compare_sheet(self, sheet):
        """Compare the tile with its sheet in the dashboard's workbook."""
        for figure in self.figures:
            self.case.assertTrue(
                sheet.has(figure.label, figure.cell, figure.column),
                f"{figure.label} {figure.value} is not in the sheet.",
            )
        kinds = ("text", "reading", "note", "lead")
        for block in [each for kind in kinds for each in self.get_blocks(kind)]:
            self.case.assertTrue(sheet.has_words(block["text"]), block["text"])
        self._compare_table(sheet, "rows", "Name", self._get_row_values)
        self._compare_table(sheet, "timeline", "When", self._get_event_values)
        self._compare_list(sheet)

    def _compare_list(self, sheet):
        """Compare the list below the tile with the one behind See More: all of it."""
        if self.case.checks[self.code].no_report:
            return
        report = self.open_list()
        code = report.context.get("crm_dashboards_report")
        count = report.aggregate(COUNT)[COUNT] if code else 0
        records = sheet.get_list()
        self.case.assertEqual(len(records), count)
        if count:
            # As the button of the list makes it, but for the totals above it
            alone = self._export(code, report)
            self.case.assertEqual(sheet.find_list_labels(), alone.labels)
            if not report.get_group_by():
                self.case.assertEqual(records, alone.records)

    def _compare_table(self, sheet, block_type, first_label, get_values):
        """Compare the lists of one kind with their tables, line by line."""
        key = {"rows": "rows", "timeline": "events"}[block_type]
        lists = [block[key] for block in self.get_blocks(block_type)]
        tables = sheet.get_tables(first_label, without="Share")
        self.case.assertEqual(len(tables), len(lists))
        for lines, table in zip(lists, tables, strict=True):
            self.case.assertEqual(len(table), len(lines))
            for line, record in zip(lines, table, strict=True):
                for label, value in get_values(sheet, line).items():
                    self.assert_same(record.get(label), value, label)

    def _get_row_values(self, sheet, row):
        values = {"Name": row["title"], "Details": row.get("subtitle") or None}
        if row.get("cell"):
            values["Value"] = sheet.get_value(row["cell"])
        return values

    def _get_event_values(self, sheet, event):
        moment = {"value": event["datetime"], "unit": "datetime"}
        return {
            "When": sheet.get_value(event.get("cell") or moment),
            "What": event["title"],
        }

    # ------------------------------------------------------------------

    def assert_same(self, found, wanted, words):
        """Assert that two numbers, days or words are the same; nothing is zero."""
        if is_number(found) or is_number(wanted):
            found, wanted = float(found or 0), float(wanted or 0)
        self.case.assertTrue(is_same(found, wanted), f"{words}: {found}, not {wanted}")
