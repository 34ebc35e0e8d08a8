# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import DashboardCase
from .search_view import SearchView

ORDER_FIGURES = ("crm_base_net_value:sum", "crm_base_net_value:avg", "__count")


class ReportCase(DashboardCase):
    """Orders and segments of two companies, of four kinds of account manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company | cls.sister
        cls.manager.company_ids = both
        cls.seller.company_ids = both
        cls.env["crm.team"].create(
            {
                "name": "North",
                "company_id": False,
                "user_id": cls.manager.id,
                "member_ids": [(4, cls.seller.id)],
            }
        )
        cls.mine = cls._create_customer("Mine", cls.seller)
        cls.theirs = cls._create_customer("Theirs", cls.colleague)
        cls.nobodys = cls._create_customer("Nobody's")
        cls.bosss = cls._create_customer("Boss's", cls.manager)
        for company, factor in ((cls.company, 1), (cls.sister, 10)):
            cls._create_history(company, factor)
            cls._refresh(company)

    @classmethod
    def _create_history(cls, company, factor):
        """Orders of three months; who took them decides what the seller may read."""
        cls._create_orders(
            [
                (cls.mine, "2026-11-01 00:00:00", 100 * factor),
                (cls.mine, "2026-10-31 23:59:59", 200 * factor),
                (cls.mine, "2026-08-15", 400 * factor),
                (cls.nobodys, "2026-11-20", 1000 * factor),
                (cls.bosss, "2025-12-01", 2000 * factor),
                (cls.bosss, "2025-11-30", 4000 * factor),  # 13 months ago
            ],
            company,
        )
        cls._create_orders(
            [
                (cls.mine, "2026-11-10", 7 * factor),
                (cls.theirs, "2026-11-15", 70 * factor),
                (cls.theirs, "2026-10-05", -20 * factor),
            ],
            company,
            user_id=cls.colleague.id,
        )
        cls._create_order(cls.mine, "2026-11-12", 5000, company=company, state="draft")
        for number in range(4):
            customer = cls._create_customer(f"{company.name} {number}", cls.seller)
            cls._create_order(
                customer, f"2026-0{number + 1}-10", 30 * factor, company=company
            )

    def _open(self, code, drill=False, user=None, scope=None, companies=None):
        """Return the search view of the report behind ``drill``."""
        env = self._as(user or self.manager, companies)
        scope = {"account_manager": "all"} if scope is None else scope
        action = env["crm.dashboard.tile"].open_report(code, scope, drill)
        return SearchView(env, action)


@tagged("post_install", "-at_install")
class TestReportNumbers(ReportCase):
    """Numbers of reports by hand; that tiles have the same: test_invariant."""

    def test_all_active_companies_add_up(self):
        both = self.company | self.sister
        scope = {"account_manager": "all", "all_sales": True}
        viewer = {"companies": both, "scope": scope}
        orders = self._open("orders", **viewer).aggregate(*ORDER_FIGURES)
        # 1177 here and ten times as much there
        self.assertEqual(orders["crm_base_net_value:sum"], 12947)
        self.assertEqual(orders["__count"], 8)

    def test_other_company_s_dollars_are_converted_at_today_s_rate(self):
        both = self.company | self.sister
        self.sister.currency_id = self.dollar
        for company in both:
            rate = self._create_rate("2026-11-15", 1.25, company)
            if company == self.sister:  # a dollar is one, a euro 0.8 of it
                rate.write({"currency_id": self.euro.id, "rate": 0.8})
        scope = {"account_manager": "all", "all_sales": True}
        viewer = {"companies": both, "scope": scope}
        orders = self._open("orders", **viewer).aggregate(*ORDER_FIGURES)
        # 1177 euros, and 11770 dollars at 0.80
        self.assertAlmostEqual(orders["crm_base_net_value:sum"], 1177 + 9416)
        words = self._get_words(self._get_tile("orders", **viewer))
        self.assertIn("At today's rate: 1 USD = 0.8 EUR", words)

    def test_viewer_east_of_greenwich_has_months_of_that_zone(self):
        self.manager.tz = "Asia/Tokyo"  # 31 October 23:59:59 is November there
        tile = self._get_tile("orders", self.manager)
        # 100 + 7 of Mine, 200 of the last second of October, 70, 1000
        figure = self._get_block(tile, "figure")["figures"][0]
        self.assertEqual(figure["cell"]["value"], 1377)

    def test_manager_numbers_by_hand(self):
        orders = self._open("orders").aggregate(*ORDER_FIGURES)
        # November: 100 + 7 + 70 + 1000, four orders
        self.assertEqual(orders["crm_base_net_value:sum"], 1177)
        self.assertEqual(orders["crm_base_net_value:avg"], 1177 / 4)
        self.assertEqual(orders["__count"], 4)
        months = self._open("twelve_months").aggregate(*ORDER_FIGURES)
        # and 200 + 400 + 2000 - 20 + 4 x 30 of the eleven months before
        self.assertEqual(months["crm_base_net_value:sum"], 3877)
        self.assertEqual(months["__count"], 12)
        self.assertEqual(
            self._open("twelve_months").get_group_by(), ["date_order:month"]
        )

    def test_seller_numbers_by_hand(self):
        orders = self._open("orders", user=self.seller).aggregate(*ORDER_FIGURES)
        # of Mine in November, without what a colleague took
        self.assertEqual(orders["crm_base_net_value:sum"], 100)
        customers = self._open("rfm", user=self.seller).search().partner_id
        self.assertEqual(
            set(customers.mapped("name")),
            {"Mine", "Wholesale 0", "Wholesale 1", "Wholesale 2", "Wholesale 3"},
        )


@tagged("post_install", "-at_install")
class TestOpenReport(ReportCase):
    def test_facets_can_be_taken_away(self):
        """Only the company is fixed; the rest are facets of the search bar."""
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for code in ("orders", "twelve_months", "rfm"):
            action = tile.open_report(code, {"account_manager": "me"}, False)
            ((fname, _operator, company),) = action["domain"]
            self.assertEqual(fname, "company_id")
            self.assertIn(company, (self.company.id, self.company.ids))
            self.assertEqual(action["context"]["search_default_my_customers"], 1)

    def test_report_keeps_the_context_of_its_action(self):
        """The list's Excel button needs the code of the report."""
        tile = self._as(self.manager)["crm.dashboard.tile"]
        codes = {"orders": "orders", "twelve_months": "orders", "rfm": "rfm"}
        for code, report in codes.items():
            action = tile.open_report(code, {"account_manager": "all"}, False)
            self.assertEqual(action["context"].get("crm_dashboards_report"), report)

    def test_drill_to_last_month_drops_the_default_month(self):
        action = self._as(self.manager)["crm.dashboard.tile"].open_report(
            "orders", {}, {"key": "month", "value": "2026-10-01"}
        )
        self.assertEqual(action["context"]["search_default_order_month"], "month-1")

    def test_drill_that_the_tile_did_not_declare_is_refused(self):
        drills = [
            {"key": "year", "value": 2026},
            {"key": "month", "value": "2025-11-01"},  # 13 months ago
            {"key": "month", "value": "2026-12-01"},
            {"key": "month", "value": "2026-11-02"},
            {"key": "month", "value": True},
            {"key": "month", "value": 202611},
            {"key": "month", "value": ["2026-11-01"]},
            {"key": "month", "value": {"a": 1}},
            {"key": "month", "value": [["id", ">", 0]]},
            {"key": "month"},
            {"value": "2026-11-01"},
            {"key": ["month"], "value": "2026-11-01"},
            {"key": "month", "value": "2026-11-01", "domain": [["id", ">", 0]]},
            {"domain": [["id", ">", 0]]},
            {"key": "segment", "value": "champions"},
            [["id", ">", 0]],
            "month",
            7,
            {"key": "month", "value": "x" * 5000},
        ]
        for code in ("orders", "twelve_months"):
            for drill in drills:
                with self.subTest(code=code, drill=drill):
                    self._assert_refused(code, drill)

    def test_segment_that_there_is_not_is_refused(self):
        drills = [
            {"key": "segment", "value": "champion"},
            {"key": "segment", "value": False},
            {"key": "segment", "value": None},
            {"key": "segment", "value": ["champions"]},
            {"key": "segment", "value": {}},
            {"key": "all", "value": 1},
            {"key": "all", "value": False},
            {"key": "all"},
            {"key": "month", "value": "2026-11-01"},
        ]
        for drill in drills:
            with self.subTest(drill=drill):
                self._assert_refused("rfm", drill)

    def test_unknown_tile_is_refused(self):
        codes = ("nothing", "", "orders'", "__class__", None, False, 7, ["orders"], {})
        for code in codes:
            with self.subTest(code=code):
                self._assert_refused(code, False, AccessError)

    def test_tile_of_other_groups_is_refused(self):
        record = self.env.ref("crm_dashboards.crm_dashboard_tile_orders")
        record.group_ids = self.env.ref("base.group_system")
        with self.assertRaises(AccessError):
            self._open("orders")
        self.assertIsNone(self._get_tile("orders"))
        record.group_ids += self.env.ref("sales_team.group_sale_manager")
        self.assertTrue(self._open("orders"))

    def test_foot_counts_more_than_one_page(self):
        """Total and average are of the whole set, not of the 80 orders of a page."""
        self._create_orders(
            [(self.mine, "2026-11-05", number) for number in range(1, 101)]
        )
        report = self._open("orders")
        figures = report.aggregate(*ORDER_FIGURES)
        # 1 + … + 100 = 5050, besides the four orders of November worth 1177
        self.assertEqual(figures["__count"], 104)
        self.assertEqual(figures["crm_base_net_value:sum"], 6227)
        self.assertAlmostEqual(figures["crm_base_net_value:avg"], 6227 / 104)
        self.assertEqual(
            sum(report.search().mapped("crm_base_net_value")),
            figures["crm_base_net_value:sum"],
        )

    def _assert_refused(self, code, drill, exception=ValidationError):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        with self.assertRaises(exception):
            tile.open_report(code, {"account_manager": "all"}, drill)
