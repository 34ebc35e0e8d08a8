# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Making workbooks as the browser does, and reading them back."""

from io import BytesIO
from warnings import catch_warnings, filterwarnings
from zipfile import ZipFile

from openpyxl import load_workbook

from .common import DASHBOARD, DashboardCase


class WorkbookCase(DashboardCase):
    def _export_dashboard(self, user=None, scope=None, companies=None):
        """Return the bytes of the dashboard's workbook as ``user`` gets it."""
        env = self._as(user or self.manager, companies)
        scope = {"account_manager": "all"} if scope is None else scope
        action = env["crm.dashboard.tile"].export_dashboard(DASHBOARD, scope)
        return self._render(env, action)

    def _export_report(self, code, user=None, companies=None, **options):
        """Return the bytes of a report's workbook as ``user`` gets it."""
        env = self._as(user or self.manager, companies)
        action = env["crm.dashboard.tile"].export_report(code, options)
        return self._render(env, action)

    def _render(self, env, action):
        """Render a report as its route does."""
        report = env["ir.actions.report"]
        name = action["report_name"]
        content, extension = report._render_xlsx(name, None, data=action["data"])
        self.assertEqual(extension, "xlsx")
        return content

    def _open(self, content, formulas=False):
        """Read a workbook: the stored values, or the formulas behind them."""
        with catch_warnings():
            # openpyxl does not read the small lines, and says so of each
            filterwarnings("ignore", "Sparkline Group extension", UserWarning)
            return load_workbook(BytesIO(content), data_only=not formulas)

    def _read_parts(self, content, folder):
        """Return the texts of the XML parts in a folder of the workbook."""
        with ZipFile(BytesIO(content)) as parts:
            return [
                parts.read(name).decode()
                for name in sorted(parts.namelist())
                if name.startswith(folder) and name.endswith(".xml")
            ]

    def _find_row(self, sheet, label, col=1):
        """Return the number of the first row with ``label`` in a column."""
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, col).value == label:
                return row
        raise AssertionError(f"{sheet.title} has no “{label}”")

    def _read_top(self, sheet):
        """Return {label: words} of the lines below a sheet's title."""
        lines = {}
        row = 2
        while sheet.cell(row, 1).value:
            lines[sheet.cell(row, 1).value] = sheet.cell(row, 2).value
            row += 1
        return lines

    def _read_records(self, sheet, first_label="Customer"):
        """Return the records of a report's sheet as a list of dict by label."""
        header = self._find_row(sheet, first_label)
        labels = [cell.value for cell in sheet[header]]
        return [
            dict(zip(labels, row, strict=True))
            for row in sheet.iter_rows(min_row=header + 1, values_only=True)
        ]

    def _get_column(self, sheet, label, first_label="Customer"):
        """Return (header row, column) of a column of a report's sheet."""
        header = self._find_row(sheet, first_label)
        (column,) = (cell.column for cell in sheet[header] if cell.value == label)
        return header, column
