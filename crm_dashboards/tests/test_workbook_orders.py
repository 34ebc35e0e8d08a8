# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo.tests import freeze_time, tagged

from .common import NOW
from .workbook_common import WorkbookCase

NOVEMBER = [
    ("state", "=", "sale"),
    ("date_order", ">=", "2026-11-01 00:00:00"),
    ("date_order", "<", "2026-12-01 00:00:00"),
]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestWorkbookOrders(WorkbookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.baker = cls._create_customer("Baker", cls.seller)
        cls.grocer = cls._create_customer("Grocer", cls.colleague)
        cls._create_orders(
            [
                (cls.baker, "2026-11-03", 100.0),
                (cls.grocer, "2026-11-20", 50.25),
                (cls.baker, "2026-10-10", 400.0),
            ]
        )

    def _get_sheet(self, **options):
        return self._open(self._export_report("orders", **options))["Orders"]

    def test_total_is_that_of_tile_and_list_beyond_a_page(self):
        self._create_orders([(self.grocer, "2026-11-10", 1.5)] * 100)
        domain = NOVEMBER
        sheet = self._get_sheet(domain=domain)
        header, column = self._get_column(sheet, "Base Net Value")
        total = sheet.cell(self._find_row(sheet, "Total"), column).value
        average = sheet.cell(self._find_row(sheet, "Average"), column).value
        rows = [row["Base Net Value"] for row in self._read_records(sheet)]
        self.assertEqual(len(rows), 102)
        self.assertAlmostEqual(total, 300.25)  # 100 + 50.25 + 100 · 1.5
        self.assertAlmostEqual(sum(rows), total)
        self.assertAlmostEqual(average, 300.25 / 102)
        figure = self._get_block(self._get_tile("orders"), "figure")["figures"][0]
        self.assertAlmostEqual(figure["cell"]["value"], total)
        (foot,) = self._as(self.manager)["sale.order"].formatted_read_group(
            [*domain, ("company_id", "=", self.company.id)],
            [],
            ["crm_base_net_value:sum", "crm_base_net_value:avg"],
        )
        self.assertAlmostEqual(foot["crm_base_net_value:sum"], total)
        self.assertAlmostEqual(foot["crm_base_net_value:avg"], average)

    def test_totals_follow_the_filter_of_excel(self):
        content = self._export_report("orders", domain=NOVEMBER)
        sheet = self._open(content, formulas=True)["Orders"]
        header, column = self._get_column(sheet, "Base Net Value")
        letter = sheet.cell(header, column).column_letter
        cells = f"{letter}{header + 1}:{letter}{header + 2}"
        total = sheet.cell(self._find_row(sheet, "Total"), column).value
        average = sheet.cell(self._find_row(sheet, "Average"), column).value
        self.assertEqual(total, f'=IFERROR(SUBTOTAL(109,{cells}),"")')
        self.assertEqual(average, f'=IFERROR(SUBTOTAL(101,{cells}),"")')

    def test_cells_have_types_and_the_currency_of_the_company(self):
        sheet = self._get_sheet(domain=NOVEMBER)
        header, column = self._get_column(sheet, "Base Net Value")
        self.assertEqual(sheet.cell(header + 1, column).value, 50.25)
        self.assertIn("€", sheet.cell(header + 1, column).number_format)
        _header, column = self._get_column(sheet, "Date")
        self.assertEqual(
            sheet.cell(header + 1, column).value, datetime(2026, 11, 20, 12)
        )
        self.assertTrue(sheet.cell(header + 1, column).is_date)

    def test_moments_are_in_the_zone_of_the_reader(self):
        traveller = self._create_user(
            "traveller", "sales_team.group_sale_manager", tz="Asia/Tokyo"
        )
        sheet = self._get_sheet(user=traveller, domain=NOVEMBER)
        dates = [row["Date"] for row in self._read_records(sheet)]
        self.assertEqual(dates, [datetime(2026, 11, 20, 21), datetime(2026, 11, 3, 21)])
        made = self._read_top(sheet)["Made"]
        self.assertEqual(made, "Nov 21, 2026, 9:00 PM (Asia/Tokyo) by Traveller")

    def test_top_says_what_the_figures_are_about(self):
        facets = ["Confirmed", "Order Date: November 2026"]
        sheet = self._get_sheet(domain=NOVEMBER, facets=facets)
        self.assertEqual(sheet["A1"].value, "Orders")
        self.assertEqual(
            self._read_top(sheet),
            {
                "Company": "Wholesale",
                "Currency": "EUR (€)",
                "Scope": "All orders of the company",
                "Filters": "Confirmed · Order Date: November 2026",
                "Made": "Nov 21, 2026, 12:00 PM (UTC) by Manager",
            },
        )

    def test_header_stays_in_sight_and_filters(self):
        sheet = self._get_sheet(domain=NOVEMBER)
        header = self._find_row(sheet, "Customer")
        self.assertEqual(sheet.freeze_panes, f"B{header + 1}")
        last = sheet.cell(header, sheet.max_column).column_letter
        self.assertEqual(sheet.auto_filter.ref, f"A{header}:{last}{header + 2}")

    def test_orders_in_another_currency_count_at_their_own_rate(self):
        order = self._create_order(self.baker, "2026-11-05", 120.0, self.dollar)
        order.currency_rate = 1.2
        columns = [
            "crm_commercial_partner_id",
            "currency_id",
            "amount_untaxed",
            "crm_base_net_value",
        ]
        sheet = self._get_sheet(domain=[("id", "=", order.id)], columns=columns)
        (row,) = self._read_records(sheet)
        self.assertEqual(row["Order Currency"], "USD")
        self.assertEqual(row["Net in Order Currency"], 120.0)
        self.assertEqual(row["Base Net Value"], 100.0)
        header, column = self._get_column(sheet, "Net in Order Currency")
        self.assertIn("$", sheet.cell(header + 1, column).number_format)
        rates = self._read_top(sheet)["Rates"]
        self.assertEqual(rates, "1 EUR = 1.2 USD, each order at its own")

    def test_text_is_never_a_formula(self):
        names = ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.com", "007"]
        for name in names:
            customer = self._create_customer(name)
            self._create_order(customer, "2026-11-08", 1.0, client_order_ref=name)
        domain = [("partner_id.name", "in", names)]
        content = self._export_report("orders", domain=domain, group_by=["partner_id"])
        workbook = self._open(content, formulas=True)
        sheet = workbook["Orders"]
        header, column = self._get_column(sheet, "Customer")
        cells = [sheet.cell(header + 1 + place, column) for place in range(len(names))]
        self.assertEqual({cell.value for cell in cells}, set(names))
        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        groups = workbook["By Customer"]
        first = self._find_row(groups, "Customer") + 1
        cells = [groups.cell(first + place, 1) for place in range(len(names))]
        self.assertEqual({cell.value for cell in cells}, set(names))
        self.assertEqual({cell.data_type for cell in cells}, {"s"})

    def test_rows_link_to_their_records(self):
        self.env["ir.config_parameter"].set_param(
            "web.base.url", "https://odoo.example.com"
        )
        order = self._create_order(self.baker, "2026-11-09", 9.0)
        content = self._export_report("orders", domain=[("id", "=", order.id)])
        sheet = self._open(content, formulas=True)["Orders"]
        header, column = self._get_column(sheet, "Link")
        url = f"https://odoo.example.com/odoo/sale.order/{order.id}"
        formula = f'=HYPERLINK("{url}","Open")'
        self.assertEqual(sheet.cell(header + 1, column).value, formula)
        sheet = self._open(content)["Orders"]
        self.assertEqual(sheet.cell(header + 1, column).value, "Open")

    def test_lines_link_to_their_orders(self):
        order = self._create_order(self.baker, "2026-11-09", 9.0)
        content = self._export_report(
            "customer_products", domain=[("order_id", "=", order.id)]
        )
        sheet = self._open(content, formulas=True)["Ordered Products"]
        header, column = self._get_column(sheet, "Link")
        link = sheet.cell(header + 1, column).value
        self.assertIn(f"/odoo/sale.order/{order.id}", link)

    def test_months_have_a_table_and_a_native_chart(self):
        content = self._export_report("orders", domain=[("state", "=", "sale")])
        sheet = self._open(content)["By Order Date"]
        first = self._find_row(sheet, "Order Date")
        rows = list(sheet.iter_rows(min_row=first, max_col=4, values_only=True))
        self.assertEqual(
            rows[:4],
            [
                ("Order Date", "Count", "Base Net Value", "Average"),
                ("October 2026", 1, 400.0, 400.0),
                ("November 2026", 2, 150.25, 75.125),
                ("Total", 3, 550.25, None),
            ],
        )
        (chart,) = self._read_parts(content, "xl/charts/")
        self.assertIn("<c:barChart>", chart)
        self.assertIn("<c:v>October 2026</c:v>", chart)
        self.assertIn("<c:v>150.25</c:v>", chart)

    def test_months_are_those_of_the_reader(self):
        traveller = self._create_user(
            "traveller", "sales_team.group_sale_manager", tz="Asia/Tokyo"
        )
        order = self._create_order(self.baker, "2026-10-31 20:00:00", 5.0)
        content = self._export_report(
            "orders", traveller, domain=[("id", "=", order.id)]
        )
        sheet = self._open(content)["By Order Date"]
        row = self._find_row(sheet, "Order Date") + 1
        self.assertEqual(sheet.cell(row, 1).value, "November 2026")

    def test_groups_of_the_list_stay_together(self):
        self._create_order(self.grocer, "2026-11-01", 7.0)
        content = self._export_report(
            "orders",
            domain=NOVEMBER,
            group_by=["crm_account_manager_id", "date_order:month"],
        )
        workbook = self._open(content)
        managers = [
            row["Account Manager"] for row in self._read_records(workbook["Orders"])
        ]
        self.assertEqual(managers, ["Colleague", "Colleague", "Seller"])
        sheet = workbook["By Account Manager, Order Date"]
        first = self._find_row(sheet, "Account Manager") + 1
        rows = list(
            sheet.iter_rows(
                min_row=first, max_row=first + 1, max_col=5, values_only=True
            )
        )
        self.assertEqual(
            rows,
            [
                ("Colleague", "November 2026", 2, 57.25, 28.625),
                ("Seller", "November 2026", 1, 100.0, 100.0),
            ],
        )

    def test_nothing_to_show_is_an_empty_table(self):
        content = self._export_report("orders", domain=[("id", "=", 0)])
        workbook = self._open(content)
        self.assertEqual(self._read_records(workbook["Orders"]), [])
        sheet = workbook["Orders"]
        _header, column = self._get_column(sheet, "Base Net Value")
        self.assertFalse(sheet.cell(self._find_row(sheet, "Total"), column).value)

    def test_a_date_before_excel_is_kept_as_text(self):
        order = self._create_order(self.baker, "1826-11-03", 1.0)
        sheet = self._get_sheet(domain=[("id", "=", order.id)])
        (row,) = self._read_records(sheet)
        self.assertEqual(row["Date"], "1826-11-03T12:00:00")

    def test_own_documents_only_and_the_companies_of_the_list(self):
        self._create_orders([(self.baker, "2026-11-04", 1000.0)], self.sister)
        own = self._create_order(self.baker, "2026-11-06", 30.0, user_id=self.seller.id)
        self._create_order(self.baker, "2026-11-06", 40.0, user_id=self.colleague.id)
        sheet = self._get_sheet(user=self.seller, domain=NOVEMBER)
        readable = self._as(self.seller)["sale.order"].search(
            [*NOVEMBER, ("company_id", "=", self.company.id)]
        )
        self.assertIn(own, readable)
        rows = self._read_records(sheet)
        self.assertEqual(
            sorted(row["Order"] for row in rows), sorted(readable.mapped("name"))
        )
        self.assertNotIn(40.0, [row["Base Net Value"] for row in rows])
        self.assertEqual(self._read_top(sheet)["Scope"], "The orders you may read")
        both = self.company + self.sister
        self.manager.company_ids = both
        for companies, values in ((both, {40.0, 1000.0}), (self.company, {40.0})):
            domain = [*NOVEMBER, ("company_id", "in", companies.ids)]
            sheet = self._get_sheet(user=self.manager, companies=both, domain=domain)
            rows = self._read_records(sheet)
            found = {row["Base Net Value"] for row in rows} & {40.0, 1000.0}
            self.assertEqual(found, values)

    def test_orders_of_several_companies_are_told_apart(self):
        self._create_orders([(self.baker, "2026-11-04", 1000.0)], self.sister)
        both = self.company + self.sister
        self.manager.company_ids = both
        expected = (
            (both, "Wholesale, Sister", {"Wholesale", "Sister"}),
            (self.sister, "Sister", None),
            (self.company, None, None),
        )
        for companies, words, names in expected:
            domain = [*NOVEMBER, ("company_id", "in", companies.ids)]
            sheet = self._get_sheet(companies=both, domain=domain)
            top = self._read_top(sheet)
            self.assertEqual(top["Company"], "Wholesale")
            self.assertEqual(top.get("Figures of"), words)
            rows = self._read_records(sheet)
            self.assertEqual("Company" in rows[0], bool(names))
            if names:
                self.assertEqual({row["Company"] for row in rows}, names)
