# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .missing_order_common import CODE, MissingOrderCase


@tagged("post_install", "-at_install")
class TestWorkbookSummary(MissingOrderCase):
    """The sheet of groups says the same as the sheet of records."""

    def test_customers_without_a_value_lower_no_average(self):
        workbook = self._open(self._export_report(CODE))
        values = [
            row["Value At Risk"]
            for row in self._read_records(workbook["Missing Orders"])
            if row["Account Manager"] == "Seller" and row["Value At Risk"] is not None
        ]
        self.assertEqual(len(values), 2)  # Late and Slow, not Regular and Lost
        sheet = workbook["By Account Manager"]
        row = self._find_row(sheet, "Seller")
        number, total, average = (sheet.cell(row, col).value for col in (2, 3, 4))
        self.assertEqual(number, 4)
        self.assertAlmostEqual(total, sum(values))
        self.assertAlmostEqual(average, sum(values) / 2)
