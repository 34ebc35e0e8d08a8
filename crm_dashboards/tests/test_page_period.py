# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from ..tiles.period import COMPARISONS, PERIODS
from .common import DASHBOARD, NOW, DashboardCase
from .search_view import open_report
from .test_close_rate_outcome import OutcomeCase
from .workbook_common import WorkbookCase

MONTHS = ("2026-09", "2026-10", "2026-11", "2025-10", "2025-11", "2025-12")
VALUE = "crm_base_net_value:sum"


@tagged("post_install", "-at_install")
class TestOrdersOfAPeriod(DashboardCase):
    """On Saturday 21 November 2026 unless said otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Customer", cls.manager)

    def _order(self, *rows, **values):
        return self._create_orders(
            [(self.customer, day, amount) for day, amount in rows], **values
        )

    def _check(self, period, comparison, expected, user=None):
        """Compare tile and reports; expected is {label: value} of the first lines."""
        scope = {"account_manager": "all", "period": period, "comparison": comparison}
        tile = self._get_tile("orders", user, scope)
        lines = self._get_block(tile, "figure")["figures"]
        found = {
            line["label"].replace("\u2009", " "): line["cell"]["value"]
            for line in lines[:2]
        }
        self.assertEqual(found, expected)
        env = self._as(user or self.manager)
        for line in lines:
            if line["drill"]:
                report = open_report(env, "orders", scope, line["drill"])
                self.assertEqual(
                    report.aggregate(VALUE)[VALUE] or 0, line["cell"]["value"]
                )
        report = open_report(env, "orders", scope)
        self.assertEqual(report.aggregate(VALUE)[VALUE] or 0, lines[0]["cell"]["value"])
        return tile

    def _get_change(self, tile):
        line = self._get_block(tile, "figure")["figures"][2]
        return line["cell"]["value"], line["label"].replace("\u2009", " ")

    def test_each_period_by_hand(self):
        self._order(
            ("2026-11-21 23:59:59", 1),  # this month
            ("2026-11-22 00:00:00", 2),  # dated later
            ("2026-10-31 23:59:59", 10),
            ("2026-10-21 12:00:00", 20),
            ("2026-09-30 23:59:59", 100),
            ("2026-08-21 23:59:59", 200),
            ("2026-08-22 00:00:00", 400),
            ("2026-01-01 00:00:00", 1000),
            ("2025-12-31 23:59:59", 10000),
            ("2025-11-21 23:59:59", 20000),
            ("2025-10-01 00:00:00", 40000),
            ("2025-09-30 23:59:59", 80000),
            ("2024-12-31 23:59:59", 500000),
        )
        tile = self._check("month", "before", {"November so far": 1, "October": 30})
        change, label = self._get_change(tile)
        self.assertAlmostEqual(change, (1 - 20) / 20)
        self.assertTrue(label.startswith("on Oct 1 – 21 ("))

        tile = self._check(
            "month", "year", {"November so far": 1, "November 2025": 20000}
        )
        change, label = self._get_change(tile)
        self.assertAlmostEqual(change, (1 - 20000) / 20000)
        self.assertTrue(label.startswith("on Nov 1 – 21, 2025 ("))

        tile = self._check("last_month", "before", {"October": 30, "September": 100})
        change, label = self._get_change(tile)
        self.assertAlmostEqual(change, -0.7)
        self.assertTrue(label.startswith("on September ("))

        # Q4 so far: 1 + 10 + 20; Q3: 100 + 200 + 400, of which 200 until 21 August
        tile = self._check("quarter", "before", {"Q4 so far": 31, "Q3": 700})
        change, label = self._get_change(tile)
        self.assertAlmostEqual(change, (31 - 200) / 200)
        self.assertTrue(label.startswith("on Jul 1 – Aug 21 ("))
        line = self._get_block(tile, "figure")["figures"][3]
        self.assertEqual(
            (line["cell"]["value"], line["label"]), (2, "dated later this quarter")
        )

        # Q4 2025: 10 000 + 20 000 + 40 000, the first of them after 21 November
        tile = self._check("quarter", "year", {"Q4 so far": 31, "Q4 2025": 70000})
        self.assertAlmostEqual(self._get_change(tile)[0], (31 - 60000) / 60000)

        self._check("last_quarter", "before", {"Q3": 700, "Q2": 0})
        # 1 + 10 + 20 + 100 + 200 + 400 + 1 000
        tile = self._check("year", "before", {"2026 so far": 1731, "2025": 150000})
        # until 21 November 2025: 20 000 + 40 000 + 80 000
        self.assertAlmostEqual(self._get_change(tile)[0], (1731 - 140000) / 140000)
        self._check("last_year", "before", {"2025": 150000, "2024": 500000})

    def test_quarter_over_the_end_of_the_year(self):
        with freeze_time("2027-01-15 12:00:00"):
            self._order(("2027-01-15", 5), ("2026-10-15", 10), ("2026-12-31", 40))
            self._order(("2026-01-15", 100), ("2026-01-16", 1000))
            tile = self._check("quarter", "before", {"Q1 so far": 5, "Q4 2026": 50})
            self.assertAlmostEqual(self._get_change(tile)[0], -0.5)
            tile = self._check("quarter", "year", {"Q1 so far": 5, "Q1 2026": 1100})
            self.assertAlmostEqual(self._get_change(tile)[0], -0.95)
            self._check("last_quarter", "before", {"Q4 2026": 50, "Q3 2026": 0})
            self._check("last_month", "year", {"December": 40, "December 2025": 0})

    def test_31st_against_30_days(self):
        with freeze_time("2026-10-31 12:00:00"):
            self._order(("2026-10-31", 5), ("2026-09-30", 10))
            tile = self._check(
                "month", "before", {"October so far": 5, "September": 10}
            )
            self.assertAlmostEqual(self._get_change(tile)[0], -0.5)

    def test_29_february_a_year_later(self):
        self._order(("2028-02-29", 10), ("2028-02-28", 30), ("2029-02-28", 15))
        with freeze_time("2029-02-28 12:00:00"):
            tile = self._check(
                "month", "year", {"February so far": 15, "February 2028": 40}
            )
            # against 1–28 February 2028
            self.assertAlmostEqual(self._get_change(tile)[0], -0.5)

    def test_midnight_is_the_viewer_s(self):
        self._order(
            ("2025-12-31 23:30:00", 10),  # 2026 in Brussels
            ("2026-01-01 02:30:00", 100),  # 2025 in New York
        )
        for tz, this_year, year_before in (
            ("UTC", 100, 10),
            ("Europe/Brussels", 110, 0),
            ("America/New_York", 0, 110),
        ):
            self.manager.tz = tz
            with self.subTest(tz=tz):
                expected = {"2026 so far": this_year, "2025": year_before}
                self._check("year", "before", expected)

    def test_new_year_s_eve_is_the_viewer_s(self):
        self._order(("2026-12-31 23:15:00", 1), ("2026-12-05", 10), ("2025-01-01", 7))
        with freeze_time("2026-12-31 23:30:00"):
            for tz, expected in (
                ("UTC", {"Q4 so far": 11, "Q3": 0}),
                ("Europe/Brussels", {"Q1 so far": 1, "Q4 2026": 10}),
            ):
                self.manager.tz = tz
                with self.subTest(tz=tz):
                    self._check("quarter", "before", expected)

    def test_broken_rates_in_between_are_no_news(self):
        """Against last year, what lies between the two months is not in the figures."""
        between = self._order(("2026-05-05", 10))
        self._order(("2026-11-05", 10), ("2025-11-05", 10))
        between.currency_id = self.dollar
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET currency_rate = 1 WHERE id = %s", between.ids
        )
        scope = {"period": "month", "comparison": "year"}
        words = self._get_words(self._get_tile("orders", scope=scope))
        self.assertFalse([each for each in words if "rate" in each], words)
        scope = {"period": "year"}
        words = self._get_words(self._get_tile("orders", scope=scope))
        self.assertTrue([each for each in words if "rate" in each], words)

    def _get_line(self, **scope):
        tile = self._get_tile("orders", scope=scope)
        return self._get_block(tile, "line")

    def test_line_through_the_month(self):
        self._order(
            ("2026-11-01 00:00:00", 1),
            ("2026-11-20 23:59:59", 2),
            ("2026-11-21 23:59:59", 4),
            ("2026-11-22 00:00:00", 800),  # dated later
            ("2026-10-01", 10),
            ("2026-10-21 23:59:59", 20),
            ("2026-10-22 00:00:00", 40),
            ("2026-10-31 23:59:59", 80),
        )
        line = self._get_line()
        self.assertEqual(line["series"], ["November", "October"])
        points = {point["label"]: point for point in line["points"]}
        self.assertEqual(list(points), [str(number) for number in range(1, 32)])
        for label, value, previous in (
            ("1", 1, 10),
            ("2", 1, 10),
            ("20", 3, 10),
            ("21", 7, 30),
            ("22", False, 70),
            ("30", False, 70),
            ("31", False, 150),  # November has no such day
        ):
            point = points[label]
            with self.subTest(day=label):
                self.assertEqual((point["value"], point["previous"]), (value, previous))
                self.assertEqual(point["value"] is False, value is False)
        self.assertEqual(points["21"]["title"], "Nov 21")
        self.assertEqual(points["31"]["title"], "Oct 31")

    def test_lines_end_with_the_figures(self):
        """Whatever the period, the last points are the figures of the tile."""
        self._order(
            ("2026-11-21", 1),
            ("2026-11-25", 2),
            ("2026-10-31", 4),
            ("2026-08-31", 8),
            ("2026-02-28", 16),
            ("2025-12-31", 32),
            ("2025-11-30", 64),
            ("2024-12-31", 128),
        )
        for period in PERIODS:
            for comparison in COMPARISONS:
                scope = {"period": period, "comparison": comparison}
                points = self._get_line(**scope)["points"]
                tile = self._get_tile("orders", scope=scope)
                now, before = self._get_block(tile, "figure")["figures"][:2]
                ends = [
                    [point[key] for point in points if point[key] is not False][-1]
                    for key in ("value", "previous")
                ]
                with self.subTest(**scope):
                    self.assertEqual(
                        ends, [now["cell"]["value"], before["cell"]["value"]]
                    )

    def test_the_line_begins_at_the_viewer_s_midnight(self):
        self._order(("2026-10-31 23:30:00", 10), ("2026-11-05", 1))
        for tz, first in (("UTC", 0), ("Europe/Brussels", 10)):
            self.manager.tz = tz
            self.assertEqual(self._get_line()["points"][0]["value"], first)

    def test_projection_is_of_this_month_only(self):
        self._order(("2026-09-02", 10), ("2026-10-02", 10), ("2026-11-02", 10))
        self._refresh()
        for period, expected in (("month", True), ("quarter", False), ("year", False)):
            tile = self._get_tile("orders", scope={"period": period})
            labels = [
                line["label"] for line in self._get_block(tile, "figure")["figures"]
            ]
            found = any("expected" in label for label in labels)
            self.assertEqual(found, expected, labels)

    def test_empty_period(self):
        self._order(("2026-05-02", 10))
        tile = self._get_tile("orders", scope={"period": "last_month"})
        self.assertEqual(tile["message"], "No orders in October or September.")

    def test_a_salesperson_s_own_orders(self):
        mine = self._create_customer("Mine", self.seller)
        self._create_order(mine, "2026-10-02", 10)
        self._create_order(mine, "2026-10-02", 100, user_id=self.colleague.id)
        scope = {"period": "quarter"}
        tile = self._get_tile("orders", self.seller, scope)
        self.assertEqual(
            self._get_block(tile, "figure")["figures"][0]["cell"]["value"], 10
        )

    def test_any_period_takes_as_many_queries(self):
        self._order(("2026-11-02", 10), ("2025-11-02", 10))
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        counts = set()
        for scope in (
            {"period": "last_quarter"},
            {"period": "last_quarter", "comparison": "year"},
            {"period": "last_year"},
        ):
            for _time in range(2):  # with warm caches
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                tiles.get_tiles(DASHBOARD, ["orders"], scope)
                count = self.env.cr.sql_log_count - before
            counts.add(count)
        self.assertEqual(len(counts), 1, counts)


@tagged("post_install", "-at_install")
class TestPeriodInTheHeader(DashboardCase):
    def _header(self, scope=None):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        return tile.get_dashboard(DASHBOARD, scope)

    def test_choices(self):
        choices = {
            each["value"]: (
                each["label"],
                [comparison["label"] for comparison in each["comparisons"]],
            )
            for each in self._header()["periods"]
        }
        self.assertEqual(
            choices,
            {
                "month": (
                    "This month",
                    ["vs same days of October", "vs same days of November 2025"],
                ),
                "last_month": ("Last month", ["vs September", "vs October 2025"]),
                "quarter": (
                    "This quarter",
                    ["vs same days of Q3", "vs same days of Q4 2025"],
                ),
                "last_quarter": ("Last quarter", ["vs Q2", "vs Q3 2025"]),
                "year": ("This year", ["vs same days of 2025"]),
                "last_year": ("Last year", ["vs 2024"]),
            },
        )

    def test_the_period_is_remembered_and_leaves_the_rest(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for scope in (
            {"account_manager": "none"},
            {"period": "quarter", "comparison": "year", "tabs": {}},
        ):
            tile.save_preference(DASHBOARD, {"scope": scope})
        scope = self._header()["scope"]
        self.assertEqual(
            (scope["account_manager"], scope["period"], scope["comparison"]),
            ("none", "quarter", "year"),
        )

    def test_unknown_periods_are_refused_and_forgotten(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for scope in (
            {"period": "week"},
            {"period": 3},
            {"period": ["month"]},
            {"comparison": "never"},
            {"comparison": {}},
        ):
            with self.subTest(scope=scope), self.assertRaises(ValidationError):
                tile.get_tiles(DASHBOARD, ["orders"], scope)
        tile.save_preference(DASHBOARD, {"scope": {"period": "year"}})
        saved = self.env["crm.dashboard.tile.preference"].search(
            [("user_id", "=", self.manager.id)]
        )
        saved.settings = {"scope": {"period": "week", "comparison": "year"}}
        scope = self._header()["scope"]
        self.assertEqual((scope["period"], scope["comparison"]), ("month", "year"))

    def test_no_choice_where_no_tile_follows(self):
        layout = {tile["code"]: tile for tile in self._header()["tiles"]}
        followers = {code for code, each in layout.items() if each["follows_period"]}
        self.assertEqual(
            followers & {"orders", "close_rate", "rfm"}, {"orders", "close_rate"}
        )
        tile = self._as(self.manager)["crm.dashboard.tile"]
        tile.save_preference(DASHBOARD, {"hidden": list(followers)})
        self.assertEqual(self._header()["periods"], [])

    def test_one_customer_s_dashboard_is_of_this_month(self):
        customer = self._create_customer("Customer", self.manager)
        self._create_orders([(customer, "2026-11-02", 10), (customer, "2026-02-02", 5)])
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        scope = {"customer_id": customer.id, "period": "year"}
        (tile,) = tiles.get_tiles("customer", ["customer_sales_trend"], scope).values()
        line = self._get_block(tile, "figure")["figures"][0]
        self.assertEqual(
            (line["cell"]["value"], line["label"]), (10, "November so far")
        )
        self.assertFalse(tiles.get_dashboard("customer", scope)["periods"])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCloseRateOfAPeriod(OutcomeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lost_reason = cls.env["crm.lost.reason"].create({"name": "Price"})
        for day, won in (
            ("2026-11-10", True),
            ("2026-10-01", False),
            ("2026-09-30", True),
            ("2026-07-01", True),
            ("2025-11-05", False),
            ("2025-10-05", False),
        ):
            with freeze_time(f"{day} 12:00:00"):
                lead = cls.env["crm.lead"].create(
                    {
                        "name": day,
                        "type": "opportunity",
                        "company_id": cls.company.id,
                        "user_id": cls.manager.id,
                    }
                )
                if won:
                    lead.action_set_won()
                else:
                    lead.action_set_lost(lost_reason_id=cls.lost_reason.id)
        cls.env.flush_all()

    def _check(self, expected, label, tab="this_month", **scope):
        """Compare tile and report; expected is the numbers of won and lost."""
        scope = {"account_manager": "all", "tabs": {"close_rate": tab}, **scope}
        tile = self._get_tile("close_rate", scope=scope)
        (active,) = (each for each in tile["tabs"] if each["active"])
        self.assertEqual(active["label"], label)
        report = open_report(self._as(self.manager), "close_rate", scope)
        if not any(expected):
            self.assertEqual(tile["state"], "empty")
            self.assertFalse(report.search())
            return
        ring = self._get_block(tile, "chart")
        counts = tuple(point["cell"]["value"] for point in ring["points"][:2])
        self.assertEqual(counts, expected)
        self.assertEqual(report.aggregate("__count")["__count"], sum(expected))

    def test_tabs_are_the_page_s_period_and_the_one_it_is_compared_with(self):
        before = {"tab": "last_month"}
        self._check((1, 0), "This Month")
        self._check((0, 1), "Last Month", **before)
        self._check((1, 0), "This Month", comparison="year")
        self._check((0, 1), "November 2025", **before, comparison="year")
        self._check((1, 1), "Q4", period="quarter")
        self._check((2, 0), "Q3", **before, period="quarter")
        self._check((0, 2), "Q4 2025", **before, period="quarter", comparison="year")
        self._check((3, 1), "2026", period="year")
        self._check((0, 2), "2025", **before, period="year")
        self._check((0, 1), "October", period="last_month")
        self._check((1, 0), "September", **before, period="last_month")
        self._check((0, 0), "2024", **before, period="last_year")
        self._check((2, 1), "Last 90 Days", tab="last_90_days", period="year")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPeriodInWorkbook(WorkbookCase):
    def test_the_sheet_says_which_days(self):
        customer = self._create_customer("Customer", self.manager)
        self._create_orders([(customer, "2026-11-02", 10), (customer, "2026-08-02", 5)])
        scope = {"account_manager": "all", "period": "quarter", "comparison": "year"}
        workbook = self._open(self._export_dashboard(scope=scope))
        for name, expected in (
            (
                "Orders",
                "This quarter: Oct 1 – Nov 21, 2026, vs same days of Q4 2025",
            ),
            ("12 Month Orders", None),
        ):
            sheet = workbook[name]
            found = [
                row[1].replace("\u2009", " ")
                for row in sheet.iter_rows(max_row=10, max_col=2, values_only=True)
                if row[0] == "Period shown"
            ]
            self.assertEqual(found, [expected] if expected else [])

    def test_a_report_s_workbook_has_the_same_orders(self):
        customer = self._create_customer("Customer", self.manager)
        self._create_orders(
            [(customer, f"{month}-15", 2**place) for place, month in enumerate(MONTHS)]
        )
        for scope, drill, total in (
            # October and November; July to September; October to December 2025
            ({"period": "quarter"}, False, 2 + 4),
            ({"period": "last_quarter"}, False, 1),
            (
                {"period": "quarter", "comparison": "year"},
                {"key": "period", "value": "before"},
                8 + 16 + 32,
            ),
        ):
            scope = {"account_manager": "all", **scope}
            report = open_report(self._as(self.manager), "orders", scope, drill)
            content = self._export_report("orders", domain=report.get_plain_domain())
            sheet = self._open(content)["Orders"]
            row = self._find_row(sheet, "Total")
            values = [cell.value for cell in sheet[row] if cell.value is not None]
            self.assertIn(total, values)

    def test_the_line_is_a_table_and_a_native_chart(self):
        customer = self._create_customer("Customer", self.manager)
        self._create_orders([(customer, "2026-11-02", 10), (customer, "2026-10-31", 5)])
        content = self._export_dashboard()
        sheet = self._open(content)["Orders"]
        first = self._find_row(sheet, "Up to")
        rows = list(
            sheet.iter_rows(
                min_row=first, max_row=first + 31, max_col=3, values_only=True
            )
        )
        self.assertEqual(rows[0], ("Up to", "November", "October"))
        self.assertEqual(rows[1], ("Nov 1", 0, 0))
        self.assertEqual(rows[21], ("Nov 21", 10, 0))
        self.assertEqual(rows[22], ("Nov 22", None, 0))
        self.assertEqual(rows[31], ("Oct 31", None, 5))
        charts = "".join(self._read_parts(content, "xl/charts/"))
        self.assertIn("<c:lineChart>", charts)
