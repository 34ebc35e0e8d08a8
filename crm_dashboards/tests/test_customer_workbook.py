# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from ..tiles import blocks
from .common import NOW
from .due_common import DueMixin
from .workbook_common import WorkbookCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerWorkbook(DueMixin, WorkbookCase):
    """The Customer Dashboard in Excel: the tiles as the browser draws them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        books = cls._create_books(cls.company)
        cls.customer = cls._create_customer("Baker", cls.seller)
        cls._create_orders(
            [
                (cls.customer, "2025-10-05", 80),
                (cls.customer, "2026-10-05", 100),
                (cls.customer, "2026-11-05", 30),
            ]
        )
        cls._create_invoice(books, cls.customer, "2026-11-01", "2026-12-15", 300)
        cls._create_invoice(books, cls.customer, "2026-08-01", "2026-10-01", 100)
        cls.customers = cls.customer
        for number in range(4):
            other = cls._create_customer(f"Other {number}", cls.colleague)
            cls._create_order(other, "2026-09-01", 10)
        cls._refresh()

    def _export(self, user=None, customer=None, **scope):
        env = self._as(user or self.manager)
        customer = customer or self.customer
        action = env["crm.dashboard.tile"].export_dashboard(
            "customer", {"customer_id": customer.id, **scope}
        )
        return self._render(env, action)

    def _get_tiles(self, user, customer=None):
        return self._as(user)["crm.dashboard.tile"].get_tiles(
            "customer", False, {"customer_id": (customer or self.customer).id}
        )

    def test_a_sheet_a_tile_that_is_drawn_with_the_customer_on_top(self):
        for user in (self.manager, self.seller):
            workbook = self._open(self._export(user))
            drawn = [
                tile["title"]
                for tile in self._get_tiles(user).values()
                if tile["state"] != "empty"
            ]
            self.assertIn("Due Amount", drawn)
            self.assertEqual(workbook.sheetnames, [*drawn, "Definitions"])
            for sheet in workbook:
                top = self._read_top(sheet)
                self.assertEqual(top["Customer"], "Baker")
                self.assertEqual(top["Company"], "Wholesale")

    def test_months_stand_beside_those_of_the_year_before(self):
        content = self._export()
        sheet = self._open(content)["Last 12 Months"]
        header = [cell.value for cell in sheet[self._find_row(sheet, "Period")]]
        self.assertEqual(header[:3], ["Period", "this year", "a year before"])
        row = self._find_row(sheet, "October 2026")
        self.assertEqual([cell.value for cell in sheet[row]][1:3], [100, 80])
        total = self._find_row(sheet, "Total")
        self.assertEqual([cell.value for cell in sheet[total]][1:3], [130, 80])
        (chart,) = (
            part
            for part in self._read_parts(content, "xl/charts/")
            if "Orders by month" in part
        )
        self.assertEqual(chart.count("<c:ser>"), 2)
        self.assertLess(chart.index("a year before"), chart.index("this year"))

    def test_due_amounts_are_a_table_and_a_native_stack(self):
        content = self._export()
        sheet = self._open(content)["Due Amount"]
        row = self._find_row(sheet, "Not due")
        self.assertEqual([cell.value for cell in sheet[row]][1:3], [300, 0.75])
        row = self._find_row(sheet, "31–60 days overdue")
        self.assertEqual([cell.value for cell in sheet[row]][1:3], [100, 0.25])
        (chart,) = (
            part
            for part in self._read_parts(content, "xl/charts/")
            if "percentStacked" in part
        )
        for words in ("<c:v>300.0</c:v>", "<c:v>100.0</c:v>", "2E9E5B", "EE8F4F"):
            self.assertIn(words, chart)
        definitions = self._open(content)["Definitions"]
        self._find_row(definitions, "Unallocated credits")

    def test_no_right_no_sheet(self):
        self.customer.user_id = self.colleague
        sheets = self._open(self._export(self.seller)).sheetnames
        self.assertNotIn("Due Amount", sheets)
        self.assertIn("Due Amount", self._open(self._export()).sheetnames)

    def test_a_customer_without_anything_has_no_empty_sheets(self):
        nobody = self._create_customer("Nobody", self.seller)
        drawn = [
            tile["title"]
            for tile in self._get_tiles(self.manager, nobody).values()
            if tile["state"] != "empty"
        ]
        workbook = self._open(self._export(customer=nobody))
        self.assertEqual(workbook.sheetnames, [*drawn, "Definitions"])
        self.assertNotIn("Due Amount", drawn)

    def test_all_sales_name_their_companies(self):
        self.manager.company_ids = self.company | self.sister
        self.manager.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        sheet = self._open(self._export(all_sales=True))["Last 12 Months"]
        self.assertEqual(
            self._read_top(sheet)["Filters"], "All sales: Wholesale, Sister"
        )

    def test_files_are_named_after_the_customer(self):
        report = self._as(self.manager)["report.crm_dashboards.dashboard_workbook"]
        data = {"dashboard": "customer", "scope": {"customer_id": self.customer.id}}
        self.assertEqual(
            report._get_file_name(data), "Baker – Customer Dashboard 2026-11-21.xlsx"
        )

    def test_parts_by_tone_have_its_colour(self):
        parts = tuple(
            blocks.StackPart(label, blocks.count(value), value / 4, **look)
            for label, value, look in (
                ("Good", 3, {"tone": "primary"}),
                ("Bad", 1, {"level": 4}),
            )
        )
        self._show_blocks("customer_due_amount", blocks.Stack(parts))
        content = self._export()
        charts = "".join(self._read_parts(content, "xl/charts/"))
        self.assertIn("017E84", charts)
        self.assertIn("9C2318", charts)
