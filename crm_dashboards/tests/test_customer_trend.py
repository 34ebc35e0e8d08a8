# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from ..tiles.words import format_amount
from .due_common import DueMixin
from .search_view import open_report
from .workbook_common import WorkbookCase

CODE = "customer_trend"
SPACE = "\N{NO-BREAK SPACE}"
EVERYONE = {"account_manager": "all"}
CLASSES = ("growing", "static", "declining")
THIS_YEAR = "trend_this_year:sum"
LAST_YEAR = "trend_last_year:sum"
ON_ORDERS = "On confirmed orders: no invoice was posted in 24 months."


class TrendCase(DueMixin, WorkbookCase):
    """The year from 21 November 2025 to yesterday against the year before it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.company_ids = cls.company | cls.sister
        cls.books = cls._create_books(cls.company)
        cls.customers = {}
        for name, manager, invoices in (
            ("Up", cls.seller, [("2025-06-10", 1000), ("2026-06-10", 1200)]),
            # 10% is not yet growing; of today and a draft's nothing is counted
            (
                "Level",
                cls.colleague,
                [("2025-06-10", 1000), ("2026-06-10", 1100), ("2026-11-21", 5000)],
            ),
            ("Down", cls.colleague, [("2025-06-10", 1000), ("2026-06-10", 700)]),
            ("New", None, [("2025-11-21", 300)]),  # the year's first day
            ("Lost", cls.seller, [("2025-11-20", 400), ("2024-11-20", 9000)]),
        ):
            cls.customers[name] = customer = cls._create_customer(name, manager)
            for day, amount in invoices:
                cls._create_invoice(cls.books, customer, day, day, amount)
        cls._credit("Down", 200)
        cls._create_invoice(
            cls.books, cls.customers["Level"], "2026-06-11", "2026-06-11", 7000
        ).button_draft()
        # orders do not matter where there are invoices
        cls._create_order(cls.customers["Down"], "2026-06-10", 80000)
        cls._create_orders(
            [
                (cls.customers["Up"], "2025-06-10", 10),
                (cls.customers["Down"], "2026-06-10", 20),
            ],
            cls.sister,
        )
        cls._refresh()
        cls._refresh(cls.sister)

    @classmethod
    def _credit(cls, name, amount):
        cls._create_invoice(
            cls.books,
            cls.customers[name],
            "2026-07-01",
            "2026-07-01",
            amount,
            move_type="out_refund",
        )

    def _get_listed(self):
        report = open_report(self._as(self.manager), CODE)
        return report.search_as_listed().partner_id.mapped("name")

    def _get_points(self, **viewer):
        return self._get_block(self._get_tile(CODE, **viewer), "chart")["points"]

    def _get_counts(self, **viewer):
        return [point["cell"]["value"] for point in self._get_points(**viewer)]

    def _get_rows(self, tab=None, **viewer):
        scope = {**viewer.pop("scope", EVERYONE), "tabs": {CODE: tab}} if tab else None
        tile = self._get_tile(CODE, **({"scope": scope} if scope else {}), **viewer)
        return self._get_block(tile, "rows")["rows"]

    def _get_row(self, name):
        (row,) = (row for row in self._get_rows() if row["title"] == name)
        return row

    def _get_years(self, name, company=None):
        metric = self._get_metric(self.customers[name], company)
        return metric.trend_last_year, metric.trend_this_year, metric.trend


@tagged("post_install", "-at_install")
class TestCustomerTrend(TrendCase):
    def test_tile_and_report_are_sorted_alike(self):
        """By the size of the change: -500, -400, 300, 200, 100."""
        rows = [row["title"] for row in self._get_rows()]
        self.assertEqual(rows, ["Down", "Lost", "New", "Up", "Level"])
        self.assertEqual(self._get_listed(), rows)

    def test_years_of_turnover_by_hand(self):
        self.assertEqual(
            {name: self._get_years(name) for name in self.customers},
            {
                "Up": (1000, 1200, "growing"),
                "Level": (1000, 1100, "static"),
                "Down": (1000, 500, "declining"),  # 700 less a credit note
                "New": (0, 300, "growing"),
                "Lost": (400, 0, "declining"),
            },
        )
        self.assertNotIn(ON_ORDERS, self._get_words(self._get_tile(CODE)))

    def test_rows_with_the_largest_change_come_first(self):
        rows = self._get_rows()
        self.assertEqual(
            [
                (row["title"], row["cell"]["value"], row["cell_note"], row["tone"])
                for row in rows
            ],
            [
                ("Down", -0.5, format_amount(-500, self.euro), "negative"),
                ("Lost", "lost", format_amount(-400, self.euro), "negative"),
                ("New", "new", f"300{SPACE}€", "positive"),
                ("Up", 0.2, f"200{SPACE}€", "positive"),
                ("Level", 0.1, f"100{SPACE}€", "neutral"),
            ],
        )
        self.assertIn(f"400{SPACE}€ → ", rows[1]["subtitle"])

    def _get_marks(self, name):
        metric = self._get_metric(self.customers[name])
        marks = ("trend_is_new", "trend_is_back", "trend_is_lost", "trend_is_chance")
        return [mark for mark in marks if metric[mark]]

    def test_facts_are_marked_and_never_chance(self):
        self.assertEqual(self._get_marks("New"), ["trend_is_new"])
        self.assertEqual(self._get_marks("Lost"), ["trend_is_lost"])
        # a single invoice a year: 200 / sqrt(1000² + 1200²) = 0.13
        self.assertEqual(self._get_marks("Up"), ["trend_is_chance"])

    def test_who_was_invoiced_before_is_back_and_not_new(self):
        self._create_invoice(
            self.books, self.customers["New"], "2020-03-01", "2020-03-01", 50
        )
        self._refresh()
        self.assertEqual(self._get_marks("New"), ["trend_is_back"])
        self.assertEqual(self._get_years("New"), (0, 300, "growing"))
        self.assertEqual(self._get_row("New")["cell"]["value"], "back")

    def test_who_ordered_before_is_back_and_not_new(self):
        self._create_order(self.customers["New"], "2023-03-01", 50)
        self._refresh()
        self.assertEqual(self._get_marks("New"), ["trend_is_back"])

    def test_facts_are_not_static_when_strict(self):
        self.company.crm_trend_strict = True
        self._refresh()
        self.assertEqual(
            {name: self._get_years(name)[2] for name in self.customers},
            {
                "Up": "static",
                "Level": "static",
                "Down": "static",  # 500 / sqrt(1000² + 700² + 200²) = 0.40
                "New": "growing",
                "Lost": "declining",
            },
        )

    def test_few_transactions_may_be_chance(self):
        for number in range(1, 11):  # 100 a month, then 300 a month
            for day, amount in ((f"2025-{number:02}-05", 100), (None, 300)):
                day = day or f"2026-{number:02}-05"
                self._create_invoice(
                    self.books, self.customers["New"], day, day, amount
                )
        self._refresh()
        sure = self._get_metric(self.customers["New"])
        self.assertEqual(sure.trend_last_year, 1000)
        self.assertFalse(sure.trend_is_chance)
        # 2000 / sqrt(10 * 100² + 10 * 300²) is 2.0 and 200 / sqrt(1000² + 1200²) 0.13
        self.assertFalse(self._get_row("New")["cell_hint"])
        row = self._get_row("Up")
        self.assertEqual(row["cell_hint"], "may be chance")
        self.assertNotIn("chance", row["subtitle"])

    def test_more_credit_than_turnover(self):
        self._credit("Down", 600)
        self._refresh()
        self.assertEqual(self._get_years("Down"), (1000, -100, "declining"))
        self.assertEqual(self._get_row("Down")["cell"]["value"], "−100% or more")

    def test_tabs_choose_the_rows_and_not_the_ring(self):
        for tab, names in (
            ("all", ["Down", "Lost", "New", "Up", "Level"]),
            ("growing", ["New", "Up"]),
            ("static", ["Level"]),
            ("declining", ["Down", "Lost"]),
            ("nonsense", ["Down", "Lost", "New", "Up", "Level"]),
        ):
            with self.subTest(tab=tab):
                rows = self._get_rows(tab)
                self.assertEqual([row["title"] for row in rows], names)
                scope = {**EVERYONE, "tabs": {CODE: tab}}
                tile = self._get_tile(CODE, scope=scope)
                (active,) = (each["key"] for each in tile["tabs"] if each["active"])
                self.assertEqual(active, "all" if tab == "nonsense" else tab)
                self.assertEqual(self._get_counts(scope=scope), [2, 1, 2])

    def test_tab_without_customers_says_so(self):
        scope = {**EVERYONE, "tabs": {CODE: "static"}}
        tile = self._get_tile(CODE, self.seller, scope)
        self.assertIn("No customer is in this class.", self._get_words(tile))
        self.assertFalse(self._get_blocks(tile, "rows"))

    def test_empty_tile_says_why(self):
        tile = self._get_tile(CODE, scope={"account_manager": "me"})
        self.assertEqual(tile["state"], "empty")
        self.assertTrue(
            tile["message"].startswith(
                "None of the company's customers is assigned to you."
            )
        )
        young = self._create_company("Young")
        self.manager.company_ids += young
        tile = self._get_tile(CODE, companies=young)
        self.assertEqual(
            tile["message"],
            "Figures of customers are made each night. The first ones follow soon.",
        )


@tagged("post_install", "-at_install")
class TestTrendSource(TrendCase):
    def test_without_invoices_orders_count_and_the_tile_says_so(self):
        tile = self._get_tile(CODE, companies=self.sister)
        self.assertIn(ON_ORDERS, self._get_words(tile))
        self.assertEqual(self._get_years("Up", self.sister), (10, 0, "declining"))
        self.assertEqual(self._get_years("Down", self.sister), (0, 20, "growing"))
        self.assertEqual(self._get_counts(companies=self.sister), [1, 0, 1])

    def test_orders_by_choice_need_no_words(self):
        self.company.crm_trend_source = "orders"
        self._refresh()
        self.assertEqual(self._get_years("Down"), (0, 80000, "growing"))
        self.assertEqual(self._get_counts(), [1, 0, 0])
        self.assertNotIn(ON_ORDERS, self._get_words(self._get_tile(CODE)))

    def test_first_invoice_ends_the_fallback(self):
        books = self._create_books(self.sister)
        day = "2026-03-01"
        self._create_invoice(books, self.customers["Level"], day, day, 50)
        self._refresh(self.sister)
        self.assertEqual(self._get_counts(companies=self.sister), [1, 0, 0])
        words = self._get_words(self._get_tile(CODE, companies=self.sister))
        self.assertNotIn(ON_ORDERS, words)

    def test_band_is_the_company_s(self):
        self.company.crm_trend_band = 0.2
        self._refresh()
        self.assertEqual(self._get_years("Up"), (1000, 1200, "static"))
        self.company.crm_trend_band = 0.05
        self._refresh()
        self.assertEqual(self._get_years("Level"), (1000, 1100, "growing"))


@tagged("post_install", "-at_install")
class TestTrendReport(TrendCase):
    """What a click opens holds the customers of the tile."""

    def _check_one_number(self, counts, years, **viewer):
        """Compare ring, reports and workbook with counts and years by hand."""
        self.assertEqual(self._get_counts(**viewer), counts)
        user, companies = viewer.get("user", self.manager), viewer.get("companies")
        env, scope = self._as(user, companies), viewer.get("scope")
        for point, count in zip(self._get_points(**viewer), counts, strict=True):
            report = open_report(env, CODE, scope, point["drill"])
            self.assertEqual(report.aggregate("__count")["__count"], count)
        report = open_report(env, CODE, scope)
        figures = report.aggregate("__count", LAST_YEAR, THIS_YEAR)
        self.assertEqual(figures["__count"], sum(counts))
        self.assertEqual((figures[LAST_YEAR], figures[THIS_YEAR]), years)
        content = self._export_report(
            CODE, user, companies, domain=report.get_plain_domain()
        )
        rows = self._read_records(self._open(content)["Customer Trend"])
        self.assertEqual(len(rows), sum(counts))
        self.assertEqual(
            tuple(
                sum(row[label] for row in rows)
                for label in ("12 Months Before", "Last 12 Months")
            ),
            years,
        )

    def test_manager(self):
        self._check_one_number([2, 1, 2], (3400, 3100))

    def test_scope_of_an_account_manager(self):
        scope = {"account_manager": self.colleague.id}
        self._check_one_number([0, 1, 1], (2000, 1600), scope=scope)
        self._check_one_number([1, 0, 0], (0, 300), scope={"account_manager": "none"})

    def test_salesperson_with_own_documents(self):
        self._check_one_number([1, 0, 1], (1400, 1200), user=self.seller)

    def test_largest_changes_stand_in_an_index(self):
        """As the tile sorts them: elsewhere, empty ones come first."""
        query = self.env["crm.customer.metric"]._search(
            [("company_id", "=", self.company.id), ("trend", "!=", False)],
            order="trend_size DESC, id",
            limit=5,
        )
        self.env.cr.execute(
            "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off"
        )
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        self.assertIn("change_idx", str(plan))
        self.assertNotIn("Sort", str(plan))

    def test_second_company(self):
        for companies in (self.sister, self.sister | self.company):
            self._check_one_number([1, 0, 1], (10, 20), companies=companies)

    def test_see_more_keeps_the_tab(self):
        for trend in CLASSES:
            scope = {**EVERYONE, "tabs": {CODE: trend}}
            report = open_report(self._as(self.manager), CODE, scope)
            self.assertEqual(set(report.search().mapped("trend")), {trend})

    def test_drill_wins_over_the_tab(self):
        scope = {**EVERYONE, "tabs": {CODE: "static"}}
        drill = {"key": "trend", "value": "growing"}
        report = open_report(self._as(self.manager), CODE, scope, drill)
        names = set(report.search().partner_id.mapped("name"))
        self.assertEqual(names, {"Up", "New"})

    def test_row_opens_its_customer(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        action = tile.open_report(CODE, EVERYONE, self._get_row("Lost")["drill"])
        self.assertEqual(action["res_id"], self.customers["Lost"].id)

    def test_drill_that_the_tile_did_not_declare_is_refused(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for drill in (
            {"key": "trend", "value": "rising"},
            {"key": "trend", "value": True},
            {"key": "customer", "value": True},
            {"key": "segment", "value": "champions"},
        ):
            with self.subTest(drill=drill), self.assertRaises(ValidationError):
                tile.open_report(CODE, EVERYONE, drill)
