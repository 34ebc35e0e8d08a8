# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from ..report.workbook import report_request
from ..tiles.report import Report
from .common import NOW
from .workbook_common import WorkbookCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestWorkbookRfm(WorkbookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"]
        for number in range(10):
            manager = cls.seller if number < 4 else cls.colleague
            customer = cls._create_customer(f"Customer {number}", manager)
            cls.customers += customer
            # The higher the number, the more, the later and the dearer.
            cls._create_orders(
                [
                    (customer, f"2026-{number + 1:02}-{day:02}", 10.0 * (number + 1))
                    for day in range(1, number + 2)
                ]
            )
        cls._refresh()

    def _get_area(self, segment):
        grid = self._get_block(self._get_tile("rfm"), "grid")
        (area,) = (area for area in grid["areas"] if area["key"] == segment)
        return area

    def test_champions_are_those_of_the_grid(self):
        content = self._export_report(
            "rfm", domain=[("segment", "=", "champions")], facets=["Segment: Champions"]
        )
        sheet = self._open(content)["RFM Analysis"]
        rows = self._read_records(sheet)
        cells = self._get_area("champions")["cells"]
        self.assertGreater(len(rows), 1)
        self.assertEqual(len(rows), cells["count"]["value"])
        self.assertAlmostEqual(
            sum(row["Order Value"] for row in rows), cells["value"]["value"]
        )
        _header, column = self._get_column(sheet, "Order Value")
        total = sheet.cell(self._find_row(sheet, "Total"), column).value
        self.assertAlmostEqual(total, cells["value"]["value"])
        self.assertEqual({row["Segment"] for row in rows}, {"Champions"})
        top = self._read_top(sheet)
        self.assertEqual(top["Filters"], "Segment: Champions")
        self.assertEqual(top["Segments as of"], "Nov 21, 2026, 12:00 PM (UTC)")
        self.assertEqual(top["Scope"], "All orders of each customer")

    def test_segments_have_their_colours(self):
        content = self._export_report("rfm", domain=[("segment", "=", "champions")])
        sheet = self._open(content)["RFM Analysis"]
        header, column = self._get_column(sheet, "Segment")
        cell = sheet.cell(header + 1, column)
        self.assertEqual(cell.fill.fgColor.rgb, "FF0B6E4F")
        self.assertEqual(cell.font.color.rgb, "FFFFFFFF")

    def test_dates_and_scores_have_types(self):
        best = self.customers[-1]
        content = self._export_report("rfm", domain=[("partner_id", "=", best.id)])
        (row,) = self._read_records(self._open(content)["RFM Analysis"])
        self.assertEqual(row["Last Order"], datetime(2026, 10, 10))
        self.assertEqual((row["R"], row["Orders"], row["Order Value"]), (5, 10, 1000.0))

    def test_links_lead_to_the_customer(self):
        best = self.customers[-1]
        content = self._export_report("rfm", domain=[("partner_id", "=", best.id)])
        sheet = self._open(content, formulas=True)["RFM Analysis"]
        header, column = self._get_column(sheet, "Link")
        formula = sheet.cell(header + 1, column).value
        self.assertIn(f'/odoo/res.partner/{best.id}"', formula)

    def test_segments_have_a_native_chart_in_their_own_order(self):
        content = self._export_report("rfm", domain=[("segment", "!=", False)])
        sheet = self._open(content)["By RFM Segment"]
        first = self._find_row(sheet, "RFM Segment") + 1
        last = self._find_row(sheet, "Total") - 1
        names = [sheet.cell(row, 1).value for row in range(first, last + 1)]
        order = self.env["crm.customer.metric"]._fields["segment"].selection
        self.assertEqual(names, [label for _key, label in order if label in names])
        counts = [sheet.cell(row, 2).value for row in range(first, last + 1)]
        self.assertEqual(sum(counts), 10)
        (chart,) = self._read_parts(content, "xl/charts/")
        self.assertIn(f"<c:v>{names[0]}</c:v>", chart)
        self.assertIn("0B6E4F", chart)

    def test_definitions_follow_the_settings(self):
        self.company.crm_rfm_window_months = 7
        self.company.crm_rfm_method = "cutoffs"
        sheet = self._open(self._export_report("rfm"))["Definitions"]
        meaning = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
        self.assertEqual(meaning["Window"], "The 7 months before the as-of date.")
        self.assertIn("30, 60, 120, 240", meaning["Scores"])
        self.assertEqual(meaning["Champions"], "R 5 and FM 4 to 5.")
        self.assertEqual(meaning["Needs Attention"], "R 3 and FM 3.")

    def test_own_documents_only(self):
        sheet = self._open(self._export_report("rfm", self.seller))["RFM Analysis"]
        names = {row["Customer"] for row in self._read_records(sheet)}
        self.assertEqual(names, set(self.customers[:4].mapped("name")))

    def test_current_company_only(self):
        customer = self._create_customer("Abroad", self.colleague)
        self._create_orders([(customer, "2026-11-01", 5.0)], self.sister)
        self._refresh(self.sister)
        both = self.company + self.sister
        self.manager.company_ids = both
        content = self._export_report(
            "rfm", self.manager, both, domain=[("segment", "!=", False)]
        )
        rows = self._read_records(self._open(content)["RFM Analysis"])
        self.assertEqual(len(rows), 10)
        self.assertNotIn("Abroad", [row["Customer"] for row in rows])

    def _make_countries_report(self):
        """Return a Report on a list of countries."""
        view = self.env["ir.ui.view"].create(
            {
                "name": "countries",
                "model": "res.country",
                "arch": """
                    <list default_order="name">
                        <field name="name" string="Country"/>
                        <field name="phone_code" sum="Total"/>
                        <field name="image_url" string="Flag"/>
                        <field name="zip_required" string="Zip"/>
                        <field name="id" string="Days Late"
                               decoration-danger="id &gt; 0"/>
                        <field name="state_ids"/>
                        <field name="vat_label" optional="hide"/>
                        <field name="address_format" column_invisible="True"/>
                    </list>""",
            }
        )
        action = self.env["ir.actions.act_window"].create(
            {"name": "Countries", "res_model": "res.country", "view_id": view.id}
        )
        self.env["ir.model.data"].create(
            {
                "module": "crm_dashboards",
                "name": "action_countries",
                "model": action._name,
                "res_id": action.id,
            }
        )
        return Report(
            "Countries", "crm_dashboards.action_countries", "currency_id", measure=""
        )

    def test_a_report_is_its_list_view(self):
        report = self._make_countries_report()
        tile = self.env.registry["crm.tile.rfm"]
        domain = [("code", "=", "BE")]
        with patch.object(tile, "_get_report", lambda self: report):
            content = self._export_report("rfm", domain=domain)
            chosen = self._export_report(
                "rfm", domain=domain, columns=["vat_label", "name", "state_ids"]
            )
            for columns in (["address_format"], ["code"], ["no_such_field"]):
                with self.subTest(columns=columns), self.assertRaises(ValidationError):
                    self._export_report("rfm", columns=columns)
        sheet = self._open(content)["Countries"]
        (row,) = self._read_records(sheet, "Country")
        self.assertEqual(
            list(row),
            ["Country", "Country Calling Code", "Flag", "Zip", "Days Late", "Link"],
        )
        self.assertEqual((row["Country"], row["Country Calling Code"]), ("Belgium", 32))
        self.assertEqual(row["Zip"], "Yes")
        header, column = self._get_column(sheet, "Days Late", "Country")
        self.assertEqual(sheet.cell(header + 1, column).font.color.rgb, "FFC0392B")
        # computed, unknown to SQL
        self.assertEqual(row["Flag"], self.env.ref("base.be").image_url)
        self.assertEqual(self._read_top(sheet)["Not in Excel"], "States")
        (row,) = self._read_records(self._open(chosen)["Countries"], "Vat Label")
        self.assertEqual(list(row), ["Vat Label", "Country", "Link"])

    def test_columns_that_a_user_shows_come_in_the_order_of_the_list(self):
        content = self._export_report(
            "rfm",
            domain=[("segment", "!=", False)],
            columns=["partner_id", "country_id", "order_value"],
            order_by="order_value,id",
        )
        rows = self._read_records(self._open(content)["RFM Analysis"])
        self.assertEqual(list(rows[0]), ["Customer", "Country", "Order Value", "Link"])
        values = [row["Order Value"] for row in rows]
        self.assertEqual(values, sorted(values))

    def test_definitions_are_of_what_is_in_the_workbook(self):
        def get_terms(*columns):
            content = self._export_report("rfm", columns=list(columns))
            sheet = self._open(content)["Definitions"]
            return {row[0] for row in sheet.iter_rows(values_only=True)}

        self.assertNotIn("Left Out of RFM", get_terms("partner_id"))
        with_reason = get_terms("partner_id", "left_out_reason")
        self.assertIn("Left Out Reason", with_reason)
        self.assertNotIn("Close rate", with_reason)

    def test_requests_that_make_no_sense_are_refused(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for code, options in (
            ("nothing", {}),
            (None, {}),
            (["rfm"], {}),
            ("rfm", []),
            ("rfm", {"model": "res.users"}),
            ("rfm", {"domain": "[]"}),
            ("rfm", {"domain": [("no_such_field", "=", 1)]}),
            ("rfm", {"domain": [("partner_id", "no such operator", 1)]}),
            ("rfm", {"domain": [("partner_id", "any!", [("id", ">", 0)])]}),
            ("rfm", {"domain": ["&", ("partner_id", "=", 1)]}),
            ("rfm", {"domain": [("id", "in", list(range(20000)))]}),
            ("rfm", {"group_by": "segment"}),
            ("rfm", {"group_by": ["no_such_field"]}),
            ("rfm", {"group_by": ["last_order_date"]}),
            ("rfm", {"group_by": ["last_order_date:century"]}),
            ("rfm", {"group_by": ["segment:month"]}),
            ("rfm", {"facets": [1]}),
            ("rfm", {"columns": "segment"}),
            ("rfm", {"columns": [1]}),
            ("rfm", {"order_by": ["segment"]}),
            ("rfm", {"order_by": "no_such_field"}),
            ("rfm", {"order_by": "segment; drop table crm_customer_metric"}),
            ("twelve_months", {}),
        ):
            with (
                self.subTest(code=code, options=str(options)[:60]),
                self.assertRaises(ValidationError),
            ):
                tile.export_report(code, options)

    def test_more_records_than_a_sheet_holds_are_refused_in_words(self):
        with (
            patch.object(report_request, "MAX_RECORDS", 9),
            self.assertRaisesRegex(ValidationError, "10 records.* holds 9.*a filter"),
        ):
            self._export_report("rfm", domain=[("segment", "!=", False)])
