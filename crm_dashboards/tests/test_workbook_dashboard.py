# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from datetime import datetime

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from ..report.workbook import see_more
from ..tiles import blocks
from ..tiles.blocks import Content
from .common import DASHBOARD, NOW
from .workbook_common import WorkbookCase

BADGE = blocks.Badge("new", "NC", "New Customer", 1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestWorkbookDashboard(WorkbookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(6):
            customer = cls._create_customer(f"Customer {number}", cls.colleague)
            cls._create_orders(
                [
                    (customer, "2026-11-02", 100.0),
                    (customer, f"2026-{number + 3:02}-05", 20.0 + number),
                ]
            )
        cls._refresh()

    def _open_tile(self, *tile_blocks):
        """Return the sheet of a tile of these blocks, the formulas and the bytes."""
        self._show_blocks("orders", *tile_blocks)
        content = self._export_dashboard()
        sheets = (self._open(content, formulas)["Orders"] for formulas in (False, True))
        return *sheets, content

    def test_a_sheet_a_tile_in_the_order_of_the_user(self):
        env = self._as(self.manager)
        layout = env["crm.dashboard.tile"].get_dashboard(DASHBOARD)["tiles"]
        names = {tile["code"]: tile["name"] for tile in layout}
        env["crm.dashboard.tile"].save_preference(
            DASHBOARD, {"order": ["rfm", "twelve_months"], "hidden": ["orders"]}
        )
        workbook = self._open(self._export_dashboard())
        expected = ["rfm", "twelve_months"]
        expected += [code for code in names if code not in ["orders", *expected]]
        self.assertEqual(
            workbook.sheetnames, [names[code] for code in expected] + ["Definitions"]
        )

    def test_figures_are_those_of_the_tile(self):
        sheet = self._open(self._export_dashboard())["Orders"]
        row = self._find_row(sheet, "November so far")
        figure = self._get_block(self._get_tile("orders"), "figure")["figures"][0]
        self.assertEqual(sheet.cell(row, 2).value, 600.0)
        self.assertEqual(figure["cell"]["value"], 600.0)
        self.assertIn("€", sheet.cell(row, 2).number_format)

    def test_months_have_totals_and_a_native_chart(self):
        content = self._export_dashboard()
        sheet = self._open(content)["12 Month Orders"]
        points = self._get_block(self._get_tile("twelve_months"), "chart")["points"]
        first = self._find_row(sheet, "Period") + 1
        rows = list(
            sheet.iter_rows(
                min_row=first, max_row=first + 11, max_col=2, values_only=True
            )
        )
        self.assertEqual(rows, [(point["title"], point["value"]) for point in points])
        total = self._find_row(sheet, "Total")
        self.assertEqual(sheet.cell(total, 2).value, 735.0)  # 6 · 100 + 20 + … + 25
        formulas = self._open(content, formulas=True)["12 Month Orders"]
        self.assertEqual(
            formulas.cell(total, 2).value,
            f'=IFERROR(SUBTOTAL(109,B{first}:B{first + 11}),"")',
        )
        charts = "".join(self._read_parts(content, "xl/charts/"))
        self.assertIn("<c:v>November 2026</c:v>", charts)
        self.assertIn("<c:v>600.0</c:v>", charts)

    def test_segments_are_a_coloured_grid_and_a_table(self):
        sheet = self._open(self._export_dashboard())["RFM Analysis"]
        grid = self._get_block(self._get_tile("rfm"), "grid")
        first = self._find_row(sheet, "Segment") + 1
        rows = list(
            sheet.iter_rows(
                min_row=first, max_row=first + 9, max_col=3, values_only=True
            )
        )
        self.assertEqual(
            rows,
            [
                (
                    area["label"],
                    area["cells"]["count"]["value"],
                    area["cells"]["value"]["value"],
                )
                for area in grid["areas"]
            ],
        )
        bottom = self._find_row(sheet, 1)
        new = sheet.cell(bottom - 4, 2)  # recency 5, frequency and value 1
        self.assertTrue(new.value.startswith("New Customer\n"))
        self.assertEqual(new.fill.fgColor.rgb, "FFA9D6E5")
        champions = sheet.cell(bottom - 4, 5)
        self.assertTrue(champions.value.startswith("Champions\n"))
        self.assertIn(f"E{bottom - 4}:F{bottom - 4}", sheet.merged_cells)

    def test_top_and_definitions(self):
        workbook = self._open(self._export_dashboard(scope={"account_manager": "me"}))
        words = "This month: Nov 1 – 21, 2026, vs same days of October"
        periods = {"Orders": words, "Close Rate": words}
        for sheet in workbook:
            top = self._read_top(sheet)
            top.pop("Filters", None)  # the tab of tiles that have some
            period = top.pop("Period shown", "").replace("\u2009", " ")
            self.assertEqual(period, periods.get(sheet.title, ""))
            self.assertEqual(
                top,
                {
                    "Company": "Wholesale",
                    "Currency": "EUR (€)",
                    "Scope": "My customers (Manager)",
                    "Segments as of": "Nov 21, 2026, 12:00 PM (UTC)",
                    "Made": "Nov 21, 2026, 12:00 PM (UTC) by Manager",
                },
            )
        sheet = workbook["Definitions"]
        terms = [row[0] for row in sheet.iter_rows(values_only=True)]
        for term in ("Order", "Base net value", "Recency (R)", "Window", "Champions"):
            self.assertIn(term, terms)

    def test_all_active_companies_are_named_where_they_are_added_up(self):
        both = self.company + self.sister
        self.manager.company_ids = both
        for all_sales, words in ((True, "Wholesale, Sister"), (False, None)):
            scope = {"account_manager": "all", "all_sales": all_sales}
            content = self._export_dashboard(scope=scope, companies=both)
            workbook = self._open(content)
            for title, expected in (
                ("Orders", words),
                ("12 Month Orders", words),
                ("RFM Analysis", None),
            ):
                top = self._read_top(workbook[title])
                self.assertEqual(top.get("Figures of"), expected)

    def test_every_block_has_its_place(self):
        euro = self.euro
        sheet, formulas, content = self._open_tile(
            blocks.Note("12 late", cell=blocks.money(70, euro)),
            blocks.Text("Words."),
            blocks.Rows(
                (
                    blocks.Row(
                        id=1,
                        avatar=blocks.Avatar(1, "Ann"),
                        badge=BADGE,
                        direction="up",
                        title="=Baker",
                        subtitle="late",
                        cell=blocks.days(9),
                        tone="negative",
                    ),
                    blocks.Row(id=2, title="Grocer", cell=blocks.percent(None)),
                )
            ),
            blocks.Timeline(
                (
                    blocks.TimelineEvent(
                        icon="phone",
                        title="Call",
                        subtitle="-ish",
                        datetime="2026-11-20 10:30:00",
                        drill=False,
                    ),
                )
            ),
            blocks.Share(
                (
                    blocks.ShareItem("A", blocks.money(30, euro), 0.75),
                    blocks.ShareItem("B", blocks.money(10, euro), 0.25, mark="lapsed"),
                )
            ),
            blocks.Progress(0.4, "Target", (blocks.Mark(0.5, "8%"),)),
            blocks.BarChart(
                "Years",
                (blocks.Bar("x", "May", "May 2026", 5.0, previous=4.0),),
                euro.id,
                series=("This year", "Year before"),
            ),
            blocks.Block(),  # of an addon that draws it in the browser only
        )
        values = list(sheet.iter_rows(max_col=6, values_only=True))

        def find(label):
            return values[self._find_row(sheet, label) - 1]

        self.assertEqual(find("12 late")[1], 70)
        self.assertEqual(
            find("Name"), ("Name", "Segment", "Trend", "Value", "User", "Details")
        )
        self.assertEqual(
            find("=Baker"), ("=Baker", "New Customer", "▲", 9, "Ann", "late")
        )
        row = self._find_row(sheet, "=Baker")
        self.assertEqual(sheet.cell(row, 2).fill.fgColor.rgb, "FFA9D6E5")
        self.assertEqual(sheet.cell(row, 4).font.color.rgb, "FFC0392B")
        self.assertEqual(formulas.cell(row, 1).data_type, "s")
        self.assertEqual(sheet.cell(row + 1, 4).value, "—")
        self.assertEqual(find(datetime(2026, 11, 20, 10, 30))[1:3], ("Call", "-ish"))
        self.assertEqual(find("A")[:3], ("A", 30, 0.75))
        self.assertEqual(
            sheet.cell(self._find_row(sheet, "A"), 3).number_format, "0.0%"
        )
        self.assertEqual(find("B")[3], "lapsed")
        self.assertEqual(find("Target")[1], 0.4)
        self.assertEqual(find("8%")[1], 0.5)
        self.assertEqual(find("May 2026")[:3], ("May 2026", 5, 4))
        self.assertEqual(find("Period")[:3], ("Period", "This year", "Year before"))
        self._find_row(sheet, "One part is shown on the dashboard only.")
        charts = "".join(self._read_parts(content, "xl/charts/"))
        self.assertIn("<c:v>May 2026</c:v>", charts)

    def test_a_ring_is_a_table_and_a_native_ring(self):
        points = (
            blocks.Slice("Won", blocks.count(3), "positive"),
            blocks.Slice("Lost", blocks.count(1), "negative"),
        )
        center = blocks.Center(blocks.percent(0.75), "won")
        sheet, _formulas, content = self._open_tile(
            blocks.Doughnut("Outcomes", points, center)
        )
        row = self._find_row(sheet, "Won")
        self.assertEqual([cell.value for cell in sheet[row]][:3], ["Won", 3, 0.75])
        self.assertEqual(sheet.cell(self._find_row(sheet, "won"), 2).value, 0.75)
        charts = [
            chart
            for chart in self._read_parts(content, "xl/charts/")
            if "Outcomes" in chart
        ]
        self.assertEqual(len(charts), 1)
        self.assertIn("<c:doughnutChart>", charts[0])
        self.assertIn("2E9E5B", charts[0])

    def test_all_rows_of_the_report_stand_below_the_tile(self):
        sheet = self._open(self._export_dashboard())["Orders"]
        start = self._find_row(sheet, "Orders: all rows (6)")
        self.assertEqual(
            sheet.cell(start + 1, 1).value.replace("\u2009", " "),
            "Confirmed · Up to Today · Order Date: Nov 1 – 30, 2026",
        )
        total = start + 2
        self.assertEqual(sheet.cell(total, 1).value, "Total")
        header = [cell.value for cell in sheet[total + 2]]
        money = header.index("Base Net Value") + 1
        self.assertEqual(sheet.cell(total, money).value, 600.0)
        rows = list(sheet.iter_rows(min_row=total + 3))
        self.assertEqual(len(rows), 6)
        self.assertEqual({row[money - 1].value for row in rows}, {100.0})
        day = rows[0][header.index("Date")]
        self.assertTrue(day.is_date)
        self.assertIn("€", rows[0][money - 1].number_format)

    def test_a_list_that_is_too_long_says_so_and_has_no_total(self):
        self.patch(see_more, "MOST_RECORDS", 20)
        sheet = self._open(self._export_dashboard())["12 Month Orders"]
        rows = list(sheet.iter_rows(max_col=1, values_only=True))
        (start,) = (
            place
            for place, (cell,) in enumerate(rows)
            if f"{cell}".startswith("Orders:")
        )
        room = int(re.search(r"the first (\d+) of 12 rows", rows[start][0])[1])
        self.assertLess(room, 12)
        self.assertIn("Excel of the report behind See More", rows[start][0])
        self.assertEqual(rows[start + 2], ("Customer",), "no total of other rows")
        self.assertEqual(len(rows), start + 3 + room)

    def test_an_empty_tile_says_why(self):
        empty = Content("empty", "No orders yet.")
        self._patch_content("orders", lambda self, scope: empty)
        sheet = self._open(self._export_dashboard())["Orders"]
        self._find_row(sheet, "No orders yet.")

    def test_the_chosen_tab_is_among_the_filters(self):
        tabs = (blocks.Tab("all", "All", False, 3), blocks.Tab("late", "Late", True, 1))
        content = Content("ready", blocks=(blocks.Text("Words."),), tabs=tabs)
        self._patch_content("orders", lambda self, scope: content)
        sheet = self._open(self._export_dashboard())["Orders"]
        self.assertEqual(self._read_top(sheet)["Filters"], "Late")

    def test_a_customer_names_the_workbook_of_its_dashboard(self):
        customer = self._create_customer("Baker")
        env = self._as(self.manager)
        action = env["crm.dashboard.tile"].export_dashboard(
            "customer", {"customer_id": customer.id}
        )
        sheet = self._open(self._render(env, action))["Definitions"]
        self.assertEqual(self._read_top(sheet)["Customer"], "Baker")
        self.assertNotIn("Scope", self._read_top(sheet))

    def test_requests_that_make_no_sense_are_refused(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for dashboard, scope in (
            ("nothing", {}),
            (["account_manager"], {}),
            (DASHBOARD, {"nothing": 1}),
            (DASHBOARD, []),
        ):
            with self.subTest(scope=scope), self.assertRaises(ValidationError):
                tile.export_dashboard(dashboard, scope)
