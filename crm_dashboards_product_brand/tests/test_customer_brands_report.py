# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW
from odoo.addons.crm_dashboards.tests.search_view import open_report

from .brands_common import BrandsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerBrandsReport(BrandsCase):
    """Tile, report and workbook show the same number, whoever looks."""

    def _open_brands(self, drill=False, user=None, companies=None, **scope):
        env = self._as(user or self.manager, companies)
        scope = {"customer_id": self.customer.id, **scope}
        return open_report(env, "customer_brands", scope, drill)

    def _check_one_number(self, user=None, companies=None, **scope):
        tile = self._get_brands(user, companies, **scope)
        total = 0
        for label, item in self._get_items(tile).items():
            with self.subTest(label=label):
                report = self._open_brands(item["drill"], user, companies, **scope)
                report.model = report.model.with_context(**report.action["context"])
                value = report.aggregate("crm_base_net_value:sum")[
                    "crm_base_net_value:sum"
                ]
                if item["drill"]["key"] == "lapsed":
                    self.assertGreater(value, 0)  # what it was before it lapsed
                    continue
                self.assertAlmostEqual(float(value), item["cell"]["value"])
                total += item["cell"]["value"]
        return total

    def test_each_bar_opens_its_lines(self):
        self.assertEqual(self._check_one_number(), 2000)
        lines = self._open_brands({"key": "no_brand", "value": True}).search()
        self.assertEqual(lines, self.sent.order_line)

    def test_salesperson_of_own_documents_sees_one_number(self):
        self.draft.user_id = self.colleague
        self.assertEqual(self._check_one_number(self.seller), 1400)

    def test_time_zone_of_the_viewer_moves_tile_and_report(self):
        self._create_quotation("2025-11-21 23:00:00", {"Lago": 10})
        for zone, total in (("UTC", 2000), ("Europe/Brussels", 2010)):
            self.manager.tz = zone
            self.assertEqual(self._check_one_number(), total)

    def test_all_sales_sees_one_number(self):
        self.sister.currency_id = self.dollar
        self._create_rate("2026-01-01", 2)
        self._create_quotation("2026-11-02", {"Vitra": 100}, company=self.sister)
        self.manager.company_ids = self.both
        self.manager.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        self.assertEqual(self._check_one_number(all_sales=True), 2050)

    def test_lapsed_brand_opens_what_was_ordered_of_it(self):
        item = self._get_items(self._get_brands())["Kartell"]
        lines = self._open_brands(item["drill"]).search()
        self.assertEqual(lines.order_id, self.old_order)
        self.assertEqual(lines.crm_product_brand_id.name, "Kartell")

    def test_year_before_opens_its_lines(self):
        drill = self._get_block(self._get_brands(), "figure")["figures"][-1]["drill"]
        lines = self._open_brands(drill).search()
        self.assertEqual(lines.order_id, self.old_order)
        self.assertEqual(sum(lines.mapped("crm_base_net_value")), 1600)

    def test_see_more_has_all_but_customer_and_company_as_facets(self):
        report = self._open_brands()
        self.assertEqual(
            [list(term) for term in report.action["domain"] if len(term) == 3],
            [
                ["company_id", "in", self.company.ids],
                ["order_partner_id.commercial_partner_id", "in", self.customer.ids],
            ],
        )
        self.assertEqual(
            report.defaults,
            {
                "quoted": 1,
                "quotation_date": "custom_last_12_months",
                "group_by_brand": 1,
            },
        )
        self.assertEqual(report.get_group_by(), ["crm_product_brand_id"])
        self.assertEqual(report.search().order_id, self.sent | self.draft | self.order)

    def test_report_sorts_groups_and_filters_by_its_fields(self):
        line = self._as(self.manager)["sale.order.line"]
        domain = [("order_partner_id", "in", (self.customer | self.buyer).ids)]
        quoted = [*domain, ("crm_is_quoted", "=", True)]
        self.assertEqual(len(line.search(quoted)), 7)
        self.assertEqual(len(line.search([*domain, ("crm_is_quoted", "!=", True)])), 1)
        groups = line.formatted_read_group(
            quoted, ["crm_quotation_date:month"], ["crm_base_net_value:sum"]
        )
        sums = [float(group["crm_base_net_value:sum"]) for group in groups]
        self.assertEqual(sums, [1600, 900, 600, 500])
        first = line.search(quoted, order="crm_base_net_value desc", limit=1)
        self.assertEqual(first.crm_product_brand_id.name, "Vitra")
        self.assertEqual(
            line.search([*quoted, ("crm_product_brand_id", "=", False)]),
            self.sent.order_line,
        )

    def test_workbook_has_the_lines_and_their_total(self):
        report = self._open_brands()
        content = self._export_report(
            "customer_brands", domain=report.get_plain_domain()
        )
        book = self._open(content)
        rows = self._read_records(book["Quotes by Brand"])
        self.assertEqual(sum(row["Base Net Value"] for row in rows), 2000)
        self.assertEqual(
            {row["Brand"] for row in rows}, {"Lago", "Muuto", "Vitra", None}
        )
        summary = book["By Brand"]
        header = self._find_row(summary, "Brand")
        sums = {
            summary.cell(row, 1).value: summary.cell(row, 3).value
            for row in range(header + 1, header + 5)
        }
        self.assertEqual(sums, {"Lago": 800, "Muuto": 400, "Vitra": 300, "None": 500})
        terms = [row[0].value for row in book["Definitions"].iter_rows()]
        self.assertIn("Never ordered, lapsed", terms)

    def test_workbook_says_the_rates_of_other_currencies(self):
        self._create_rate("2026-01-01", 2)
        self._create_quotation("2026-11-02", {"Muuto": 50}, currency=self.dollar)
        report = self._open_brands()
        content = self._export_report(
            "customer_brands", domain=report.get_plain_domain()
        )
        top = self._read_top(self._open(content)["Quotes by Brand"])
        self.assertIn("1 EUR = 2 USD, each order at its own", top.values())

    def test_drill_that_the_tile_did_not_declare_is_refused(self):
        for drill in (
            {"key": "state", "value": "sale"},
            {"key": "brand", "value": "1"},
            {"key": "no_brand", "value": 1},
            {"key": "brand", "value": [("id", ">", 0)]},
        ):
            with self.subTest(drill=drill), self.assertRaises(ValidationError):
                self._open_brands(drill)

    def test_user_without_sales_may_not_open_the_report(self):
        user = self._create_user("plain", "base.group_user")
        with self.assertRaises(AccessError):
            self._open_brands(user=user)
