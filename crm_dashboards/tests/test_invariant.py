# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from importlib.util import find_spec

from odoo.tests import tagged

from .invariant_common import ACCOUNT_MANAGER, CUSTOMER, InvariantCase
from .tile_figures import read_figures


@tagged("post_install", "-at_install")
class TestInvariant(InvariantCase):
    """All tiles of both dashboards."""

    def test_every_tile_has_a_check(self):
        self._check_every_tile_has_a_check()

    def test_addons_with_tiles_walk_over_them(self):
        data = self.env["ir.model.data"].search([("model", "=", "crm.dashboard.tile")])
        for module in set(data.mapped("module")) & self.env.registry._init_modules:
            spec = find_spec(f"odoo.addons.{module}.tests.test_invariant")
            self.assertTrue(spec, f"{module} has a tile, but no test_invariant.")

    def test_manager_has_one_number(self):
        self._check_viewer(self.manager, self.company)

    def test_salesperson_of_own_documents_has_one_number(self):
        self._check_viewer(self.seller, self.company)

    def test_second_company_in_dollars_has_one_number(self):
        # the other company is active, too, or is not
        self._check_viewer(self.manager, self.sister | self.company)
        self._check_viewer(self.seller, self.sister)

    def test_all_companies_have_one_number(self):
        self._check_all_companies()

    def test_customers_of_some_have_one_number(self):
        for manager in ("me", "team", "none", self.colleague.id):
            self._walk(
                self.manager,
                self.company,
                ACCOUNT_MANAGER,
                with_workbooks=False,
                account_manager=manager,
            )

    def test_customers_that_are_looked_for_have_one_number(self):
        for search, user in (("azure", self.manager), ("late", self.seller)):
            scope = {"account_manager": "all", "search": search}
            filled = self._walk(user, self.company, ACCOUNT_MANAGER, **scope)
            self.assertIn("orders", filled)

    def test_viewer_east_of_greenwich_has_one_number(self):
        self.manager.tz = "Asia/Tokyo"
        self._check_viewer(self.manager, self.company, with_workbooks=False)

    def test_accounting_reader_has_one_number(self):
        self._walk(self.reader, self.company, ACCOUNT_MANAGER, account_manager="all")
        self._walk(self.reader, self.company, CUSTOMER, customer_id=self.customer.id)

    # ------------------------------------------------------------------
    # By hand, so that the three do not agree on nonsense
    # ------------------------------------------------------------------

    def test_account_managers_numbers_by_hand(self):
        """Of a user in a company: {tile: {label: number}}."""
        expected = {
            (self.manager, self.company): {
                # November: Azure 100, 7, 30 and 125 dollars at 1.25; Theirs 70,
                # Nobody's 1000, Ida 5, Slow 70, and Boss's 11 of the 30th. October:
                # Azure 200, Theirs -20, Late 100, Gone 2 x 200, Slow 2 x 70.
                "orders": {
                    "November so far": 1382,
                    "October": 820,
                    "dated later this month": 11,
                },
                # Boss's order of the last second of November 2025 is too old
                "twelve_months": {"December 2025": 2000, "October 2026": 820},
                "close_rate": {"close rate": 3 / 4, "Neutral": 2},
                # Azure; Nobody's, Slow; Theirs, Late, Boss's
                "customer_trend": {"Growing": 1, "Static": 2, "Declining": 3},
                # Late 100; of Gone's 33 days 9 were quiet for the whole company
                "missing_orders": {"order missing · 100 € expected": 1},
            },
            (self.seller, self.company): {
                # without a colleague's 7: Azure 230, Ida, Slow; Azure, Late, Slow
                "orders": {"November so far": 305, "October": 440},
                "twelve_months": {"December 2025": 0, "October 2026": 440},
                "close_rate": {"close rate": 1, "Neutral": 1},
                "customer_trend": {"Growing": 1, "Static": 1, "Declining": 1},
                "missing_orders": {"order missing · 100 € expected": 1},
            },
            # ten times as much in dollars, without Boss's and Lost
            (self.manager, self.sister): {
                # 800 euros of Azure at 0.8
                "orders": {"November so far": 13820, "October": 8200},
                "twelve_months": {"December 2025": 0, "October 2026": 8200},
                "close_rate": {"close rate": 3 / 4, "Neutral": 2},
                "customer_trend": {"Growing": 1, "Static": 2, "Declining": 2},
                "missing_orders": {"order missing · $ 1,000 expected": 1},
            },
            (self.seller, self.sister): {
                "orders": {"November so far": 3050, "October": 4400},
                "twelve_months": {"December 2025": 0, "October 2026": 4400},
                "close_rate": {"close rate": 1, "Neutral": 1},
                "customer_trend": {"Growing": 1, "Static": 1, "Declining": 1},
                "missing_orders": {"order missing · $ 1,000 expected": 1},
            },
        }
        for (user, company), tiles in expected.items():
            self._check_by_hand(user, company, tiles, account_manager="all")

    def test_customer_s_numbers_by_hand(self):
        rows = (
            # who and where, November, calls, what is due
            (self.manager, self.company, 237, 3, 2695),
            (self.seller, self.company, 230, 3, 2695),
            (self.manager, self.sister, 2370, 12, 26950),
            (self.seller, self.sister, 2300, 12, 26950),
        )
        for user, company, month, calls, due in rows:
            tiles = {
                "customer_sales_trend": {"November so far": month},
                "customer_months": {"November 2026": month},
                "customer_activities": {"Calls": calls, "Visits": 1},
                # 1000, 1200, 70, 60, 50, 40 and 300 less a payment of 25
                "customer_due_amount": {"total due": due},
            }
            scope = {"customer_id": self.customer.id}
            self._check_by_hand(user, company, tiles, CUSTOMER, **scope)

    def test_all_companies_by_hand(self):
        scope = {"account_manager": "all", "all_sales": True}
        both = self.company | self.sister
        # 1382 euros, and 13 820 dollars at 0.8
        tiles = {"orders": {"November so far": 1382 + 11056}}
        self._check_by_hand(self.manager, both, tiles, **scope)
        content = self._export_report("orders", self.manager, both)
        self.assertEqual(
            self._read_top(self._open(content)["Orders"])["Rates"],
            "1 EUR = 1.25 USD; 1 USD = 0.8 EUR, each order at its own; "
            "1 USD = 0.8 EUR, at today's rate",
        )

    def _check_by_hand(
        self, user, companies, expected, dashboard=ACCOUNT_MANAGER, **scope
    ):
        env = self._as(user, companies)
        tiles = self._request(env, dashboard, list(expected), scope)
        for code, numbers in expected.items():
            found = {}
            for figure in read_figures(tiles[code]):
                label = figure.label.replace("\N{NO-BREAK SPACE}", " ")
                found.setdefault(label, figure.value)
            with self.subTest(tile=code, user=user.name, company=env.company.name):
                self.assertEqual({label: found[label] for label in numbers}, numbers)
