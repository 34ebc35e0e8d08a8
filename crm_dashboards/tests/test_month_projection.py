# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .search_view import SearchView
from .test_refresh import RefreshCase
from .workbook_common import WorkbookCase

NEXT_ORDER = "customer_next_order"
PROJECTION = {"key": "projection", "value": True}


class MonthProjectionCase(RefreshCase):
    """Customers of several account managers, of nobody, and some that do not count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = {
            name: cls._create_customer(name, manager, **values)
            for name, manager, values in (
                ("Bakery", cls.manager, {}),
                ("Butcher", cls.manager, {}),
                ("Brewery", cls.seller, {}),
                ("Grocer", cls.colleague, {}),
                ("Nobody's", cls.env["res.users"], {}),
                ("Ida", cls.seller, {"is_company": False}),
                ("Inge", cls.env["res.users"], {"is_company": False}),
                ("Left out", cls.seller, {"crm_exclude_from_figures": True}),
                ("Archived", cls.colleague, {}),
            )
        }
        orders = []
        for place, customer in enumerate(cls.customers.values()):
            for month in range(15):
                year, month0 = divmod(2025 * 12 + 7 + month, 12)
                for day in range(1 + place % 3, 29, 4 + 3 * place):
                    amount = 10.01 + 7 * place + month + day / 3
                    moment = f"{year}-{month0 + 1:02}-{day:02}"
                    if moment <= "2026-10-21" or day < 21:
                        orders.append((customer, moment, round(amount, 2)))
        bakery, nobodys = cls.customers["Bakery"], cls.customers["Nobody's"]
        orders += [(bakery, "2026-10-07", -33.33), (bakery, "2026-11-07", -11.11)]
        orders += [(nobodys, "2026-11-19", 77.77)]
        cls._create_orders(orders)
        cls.customers["Archived"].active = False
        cls._refresh()

    def _get_projection(self, user=None, scope="all", companies=None, **more):
        """Return the line of the tile that says what the month will come to."""
        scope = {"account_manager": scope, **more}
        tile = self._get_tile("orders", user, scope, companies)
        if tile["state"] == "empty":
            return None
        lines = self._get_block(tile, "figure")["figures"]
        (line,) = [
            line
            for line in lines
            if line["drill"] and line["drill"]["key"] == "projection"
        ] or [None]
        return line

    def _get_value(self, *args, **kwargs):
        line = self._get_projection(*args, **kwargs)
        return round(line["cell"]["value"] * 100) if line else 0

    def _get_report(self, user=None, scope="all", companies=None):
        env = self._as(user or self.manager, companies)
        action = env["crm.dashboard.tile"].open_report(
            "orders", {"account_manager": scope}, PROJECTION
        )
        return SearchView(env, action)

    def _get_left_out(self):
        """Return {reason: projected cents} of the report's lines."""
        return {
            line.left_out_reason: round(line.projected_value * 100)
            for line in self._get_report().search()
            if line.left_out_reason
        }

    def _check_sums(self):
        """Company = account managers + unassigned + not counted, to the cent."""
        self.env.invalidate_all()  # each look is a transaction of its own
        managers = [self.manager.id, self.seller.id, self.colleague.id, "none"]
        parts = [self._get_value(scope=each) for each in managers]
        left_out = self._get_left_out()
        company = self._get_value()
        self.assertEqual(company, sum(parts) + sum(left_out.values()))
        total = self._get_report().aggregate("projected_value:sum")
        self.assertEqual(company, round(total["projected_value:sum"] * 100))
        metrics = self.env["crm.customer.metric"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(
            sum(parts),
            sum(round(100 * metric.projected_month_value) for metric in metrics),
        )
        return company, parts, left_out


@tagged("post_install", "-at_install")
class TestMonthProjection(MonthProjectionCase, WorkbookCase):
    def test_account_managers_and_who_is_not_counted_are_the_company(self):
        company, parts, left_out = self._check_sums()
        self.assertTrue(company and all(parts))
        self.assertEqual(set(left_out), {"individual", "excluded", "other"})
        self.assertTrue(all(left_out.values()))
        tile = self._get_tile("orders")
        amount = round(sum(left_out.values()) / 100)
        self.assertIn(
            f"{amount} € of it are expected of customers that are not counted.",
            [each.replace("\xa0", " ") for each in self._get_words(tile)],
        )

    def test_sums_hold_on_the_days_at_the_ends_of_months(self):
        for moment in (
            "2026-11-22",
            "2026-11-28",
            "2026-11-30",
            "2026-12-01",
            "2026-12-31",
            "2027-02-28",
        ):
            with freeze_time(f"{moment} 03:00:00"), self.subTest(moment=moment):
                self._refresh()
                self._check_sums()

    def test_workbook_has_the_same_lines(self):
        company, _parts, _left_out = self._check_sums()
        book = self._open(self._export_report("month_projection", self.manager))
        records = self._read_records(book["Projected Month"], "Part of the Company")
        lines = self._get_report().search()
        self.assertEqual(
            {record["Part of the Company"] for record in records},
            {
                *(self.manager | self.seller | self.colleague).mapped("name"),
                "Unassigned",
                "Not counted: Individual",
                "Not counted: Left out by hand",
                "Not counted: Archived, or a company of the database",
            },
        )
        self.assertEqual(
            sorted(round(100 * record["Projected Month"]) for record in records),
            sorted(round(100 * line.projected_value) for line in lines),
        )
        self.assertEqual(
            sum(round(100 * record["Projected Month"]) for record in records), company
        )

    def test_orders_of_today_do_not_change_it(self):
        before = self._get_value(), self._get_value(scope=self.manager.id)
        self._create_order(self.customers["Bakery"], "2026-11-21", 5)
        after = self._get_value(), self._get_value(scope=self.manager.id)
        self.assertEqual(after, before)

    def test_what_is_reached_is_said_on_every_level(self):
        bakery = self.customers["Bakery"]
        scope = {"customer_id": bakery.id}

        def read():
            tiles = self._as(self.manager)["crm.dashboard.tile"]
            tile = tiles.get_tiles("customer", [NEXT_ORDER], scope)[NEXT_ORDER]
            return (
                self._get_projection()["label"],
                self._get_projection(scope=self.manager.id)["label"],
                " ".join(self._get_words(tile)).lower(),
            )

        self.assertFalse(any("already reached" in label for label in read()))
        before = self._check_sums()
        self._create_order(bakery, "2026-11-21", 100_000)
        for label in read():
            self.assertIn("already reached", label)
        self.assertNotIn(
            "already reached", self._get_projection(scope=self.seller.id)["label"]
        )
        self.assertEqual(self._check_sums(), before)

    def test_orders_of_who_is_not_counted_reach_nothing_of_their_manager(self):
        self._create_order(self.customers["Ida"], "2026-11-21", 100_000)
        self.assertNotIn(
            "already reached", self._get_projection(scope=self.seller.id)["label"]
        )
        self.assertIn("already reached", self._get_projection()["label"])

    def test_refresh_of_one_customer_does_not_break_the_sum(self):
        before = self._check_sums()
        brewery, ida = self.customers["Brewery"], self.customers["Ida"]
        self._create_order(brewery, "2026-11-20", 500)
        brewery.crm_exclude_from_figures = True
        ida.is_company = True
        newcomer = self._create_customer("Newcomer", self.seller)
        self._create_order(newcomer, "2026-11-20", 70)
        for customer in brewery | ida | newcomer:
            self._as(self.manager)["crm.dashboard.tile"].refresh_customer(customer.id)
        self.assertEqual(self._check_sums(), before)
        self._refresh()
        self.assertNotEqual(self._check_sums(), before)

    def test_another_account_manager_takes_the_projection_along(self):
        company, parts, _left_out = self._check_sums()
        brewery = self.customers["Brewery"]
        value = round(100 * self._get_metric(brewery).projected_month_value)
        brewery.user_id = self.colleague
        after, moved, _left_out = self._check_sums()
        self.assertEqual(after, company)
        self.assertEqual(moved[1], parts[1] - value)
        self.assertEqual(moved[2], parts[2] + value)

    def test_own_documents_show_own_customers_alone(self):
        self.assertEqual(
            self._get_value(self.seller), self._get_value(scope=self.seller.id)
        )
        (line,) = self._get_report(self.seller).search()
        self.assertEqual(line.user_id, self.seller)
        self.assertEqual(line.customer_count, 1)
        everything = self._as(self.seller)["crm.month.projection"].search([])
        self.assertEqual(everything, line)

    def test_individuals_that_are_admitted_are_counted(self):
        self.company.crm_include_individuals = True
        self._refresh()
        _company, parts, left_out = self._check_sums()
        self.assertEqual(set(left_out), {"excluded", "other"})
        self.assertTrue(self._get_metric(self.customers["Ida"]).projected_month_value)

    def test_customer_that_is_not_counted_says_so(self):
        tiles = self._as(self.manager)["crm.dashboard.tile"].get_tiles(
            "customer",
            [NEXT_ORDER],
            {"customer_id": self.customers["Ida"].id},
        )
        self.assertIn(
            "Not counted: Individual. Such customers are projected together.",
            self._get_words(tiles[NEXT_ORDER]),
        )
        self.assertFalse(self._get_metric(self.customers["Ida"]).projected_month_value)

    def test_settings_say_where_company_and_customers_disagree(self):
        refresh = self.env["crm.metric.refresh"]._get_last(self.company)
        for factor, said in ((0.25, False), (0.24, True), (4.0, False), (4.01, True)):
            refresh.month_factor = factor
            settings = self.env["res.config.settings"].with_company(self.company)
            summary = settings.create({}).crm_refresh_summary
            with self.subTest(factor=factor):
                words = f"is expected to add {factor:.2f} times what"
                self.assertEqual(words in summary, said)

    def test_last_month_s_projection_is_not_this_month_s(self):
        with freeze_time("2026-12-01 00:30:00"):
            self.assertIsNone(self._get_projection())
            tile = self._as(self.manager)["crm.dashboard.tile"].get_tiles(
                "customer",
                [NEXT_ORDER],
                {"customer_id": self.customers["Bakery"].id},
            )[NEXT_ORDER]
            self.assertIn(
                "This month is projected in the coming night.", self._get_words(tile)
            )
            self._refresh()
            self.assertTrue(self._get_value())


@tagged("post_install", "-at_install")
class TestMonthsOfCompanies(MonthProjectionCase):
    def test_companies_are_added_up_at_today_s_rate(self):
        self.sister.currency_id = self.dollar
        self._create_rate("2025-01-01", 1, self.sister, self.dollar)
        self._create_rate("2025-01-01", 0.8, self.sister, self.euro)
        self._create_rate("2025-01-01", 1.25, self.company, self.dollar)
        self.manager.company_ids += self.sister
        bakery = self.customers["Bakery"]
        days = [f"2026-{month:02}-10" for month in range(5, 12)]
        rows = [(bakery, day, 100) for day in days]
        self._create_orders(rows, self.sister)
        self._refresh(self.sister)
        both = self.company | self.sister
        own = self._get_value()
        other = self._get_value(companies=self.sister | self.company)
        together = self._get_value(companies=both, all_sales=True)
        self.assertTrue(own and other)
        self.assertAlmostEqual(together, own + 0.8 * other, delta=1)
        self.assertEqual(self._get_value(companies=both), own)

    def test_company_without_orders_expects_nothing(self):
        founded = self._create_company("Founded")
        self.manager.company_ids += founded
        self._refresh(founded)
        self.assertIsNone(self._get_projection(companies=founded))
        self.assertFalse(self._get_report(companies=founded).search())

    def test_young_company_adds_up_too(self):
        founded = self._create_company("Founded")
        self.manager.company_ids += founded
        bakery, grocer = self.customers["Bakery"], self.customers["Grocer"]
        self._create_orders(
            [(bakery, "2026-11-02", 100), (grocer, "2026-11-10", 50.05)], founded
        )
        self._refresh(founded)
        line = self._get_projection(companies=founded)
        self.assertEqual(line["label"], "expected for November, short history")
        self.assertGreater(line["cell"]["value"], 150.05)
        parts = [
            self._get_value(scope=each, companies=founded)
            for each in (self.manager.id, self.colleague.id)
        ]
        self.assertTrue(all(parts))
        self.assertEqual(round(line["cell"]["value"] * 100), sum(parts))

    def test_figures_in_a_currency_of_before_are_left_out(self):
        self.assertTrue(self._get_value())
        self.company.currency_id = self.dollar
        self.assertIsNone(self._get_projection())
        self.assertFalse(self._get_report().search())
        self._refresh()
        self.assertTrue(self._get_value())

    def test_nobody_else_reads_it(self):
        self._check_strangers_are_refused("orders")
        portal = self._create_user("month_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            self._as(portal)["crm.month.projection"].search([])
