# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the tiles say in databases that lack something: each sentence must be true."""

from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .common import DASHBOARD, NOW, DashboardCase

SOON = "Figures of customers are made each night. The first ones follow soon."
NOT_COMPARED = "None of these customers is compared with others."
NO_MOVES = "No customer changed segment in the last seven days."
EVERYONE = {"label": "Show everyone", "drill": {"key": "scope", "value": "all"}}
ASSIGN = {"label": "Assign customers", "drill": {"key": "assign", "value": True}}
SETTINGS = {"label": "Settings", "drill": {"key": "settings", "value": True}}
ABOUT_CUSTOMERS = (
    "orders",
    "twelve_months",
    "rfm",
    "needs_engagement",
    "missing_orders",
    "customer_trend",
    "moved_this_week",
)


class EmptyStateCase(DashboardCase):
    """A company as Odoo makes it, with the settings that a new one has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.crm_include_never_invoiced = True
        cls.boss = cls._create_user("boss", "sales_team.group_sale_manager")

    @classmethod
    def _create_buyer(cls, name, **values):
        """A customer as a confirmed quotation leaves it: of nobody, never invoiced."""
        return cls._create_customer(name, **{"customer_rank": 0, **values})

    @classmethod
    def _create_buyers(cls, number, **values):
        return [cls._create_buyer(f"Buyer {each}", **values) for each in range(number)]

    @classmethod
    def _order_every(cls, customers, days, first):
        """Each customer orders every so many days, the last time a week ago."""
        last, rows = date(2026, 11, 14), []
        for customer in customers:
            day = last
            while day >= first:
                rows.append((customer, str(day), 100))
                day -= timedelta(days=days)
        cls._create_orders(list(reversed(rows)))

    def _get_tiles(self, account_manager="all", user=None):
        """Return {code: tile} of the account manager's dashboard."""
        env = self._as(user or self.boss)
        return env["crm.dashboard.tile"].get_tiles(
            DASHBOARD, False, {"account_manager": account_manager}
        )

    def _get_messages(self, account_manager="all", user=None):
        """Return {code: sentence} of the tiles that show nothing."""
        tiles = self._get_tiles(account_manager, user)
        self.assertFalse([code for code in tiles if tiles[code]["state"] == "failed"])
        return {
            code: tiles[code]["message"]
            for code in ABOUT_CUSTOMERS
            if tiles[code]["state"] == "empty"
        }

    def _get_first_scope(self, user):
        header = self._as(user)["crm.dashboard.tile"].get_dashboard(DASHBOARD)
        return header["scope"]["account_manager"]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNobodysCustomers(EmptyStateCase):
    """Orders enough, but no customer has a salesperson, as in most databases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyers = cls._create_buyers(12)
        cls._order_every(cls.buyers, 14, date(2024, 6, 1))
        cls._refresh()

    def test_everyone_is_shown_first(self):
        self.assertEqual(self._get_first_scope(self.boss), "all")
        self.assertEqual(self._get_first_scope(self.seller), "me")

    def test_every_tile_has_figures(self):
        quiet = {
            "missing_orders": "No order is missing: everybody ordered as usual.",
            "moved_this_week": NO_MOVES,
        }
        self.assertEqual(self._get_messages(), quiet)

    def test_unassigned_are_the_same(self):
        messages = self._get_messages("none")
        self.assertEqual(
            messages,
            {
                "missing_orders": "No order is missing: everybody ordered as usual. "
                "Only customers without account manager are shown.",
                "moved_this_week": f"{NO_MOVES} "
                "Only customers without account manager are shown.",
            },
        )

    def test_own_customers_are_none_and_everyone_is_a_click_away(self):
        counts = "Customers of the company: 12; without account manager: 12."
        for manager, words in (
            ("me", "None of the company's customers is assigned to you."),
            ("team", "None of the company's customers is assigned to your team."),
            (
                self.seller.id,
                "None of the company's customers is assigned to Seller.",
            ),
        ):
            with self.subTest(manager=manager):
                tiles = self._get_tiles(manager)
                for code in ABOUT_CUSTOMERS:
                    self.assertEqual(tiles[code]["message"], f"{words} {counts}")
                    self.assertEqual(tiles[code]["links"], [EVERYONE, ASSIGN])

    def test_close_rate_is_about_more_than_customers(self):
        tile = self._get_tiles("me")["close_rate"]
        self.assertEqual(
            tile["message"],
            "No opportunity was closed this month so far. "
            "Only your customers are shown.",
        )

    def test_own_documents_only(self):
        messages = self._get_messages("me", self.seller)
        words = (
            "None of the company's customers is assigned to you. "
            "Your sales manager can make you their account manager."
        )
        self.assertEqual(messages, dict.fromkeys(ABOUT_CUSTOMERS, words))
        self.assertEqual(self._get_tiles("me", self.seller)["rfm"]["links"], [])

    def test_orders_of_own_customers_that_one_may_not_read(self):
        self.buyers[0].user_id = self.seller
        orders = [("partner_id", "=", self.buyers[0].id)]
        self.env["sale.order"].search(orders).user_id = self.colleague
        self._refresh()
        messages = self._get_messages("me", self.seller)
        self.assertEqual(
            messages["twelve_months"],
            "No orders in the last 12 months that you may read. "
            "Only your customers are shown.",
        )

    def test_one_who_has_ten_customers_begins_with_them(self):
        for buyer in self.buyers[:9]:
            buyer.user_id = self.boss
        self._create_buyer("Never bought anything", user_id=self.boss.id)
        self.assertEqual(self._get_first_scope(self.boss), "all")
        self.buyers[9].user_id = self.boss
        self.assertEqual(self._get_first_scope(self.boss), "me")

    def test_a_chosen_scope_is_remembered_and_a_tab_is_none(self):
        tiles = self._as(self.boss)["crm.dashboard.tile"]
        tiles.save_preference(DASHBOARD, {"scope": {"tabs": {"close_rate": "x"}}})
        self.assertEqual(self._get_first_scope(self.boss), "all")
        for buyer in self.buyers:
            buyer.user_id = self.boss
        self.assertEqual(self._get_first_scope(self.boss), "me")
        tiles.save_preference(DASHBOARD, {"scope": {"account_manager": "none"}})
        self.assertEqual(self._get_first_scope(self.boss), "none")
        self.assertEqual(
            self._get_tiles("none")["rfm"]["message"],
            "All customers of the company have an account manager.",
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFirstOrders(EmptyStateCase):
    """From no order at all to the first ones."""

    def test_no_order_is_an_invitation(self):
        header = self._as(self.boss)["crm.dashboard.tile"].get_dashboard(DASHBOARD)
        action = header["empty"]["action"]
        self.assertEqual(action["res_model"], "sale.order")
        self.assertEqual(action["views"], [(False, "form")])

    def test_nobody_is_invited_where_others_sell(self):
        self._create_order(self._create_buyer("First"), "2026-11-10", 100)
        header = self._as(self.seller)["crm.dashboard.tile"].get_dashboard(DASHBOARD)
        self.assertFalse(header["empty"])

    def test_one_order_before_the_night(self):
        self._create_order(self._create_buyer("First"), "2026-11-10", 100)
        self.assertEqual(
            self._get_messages(),
            {
                "rfm": SOON,
                "needs_engagement": SOON,
                "missing_orders": SOON,
                "customer_trend": SOON,
                "moved_this_week": NO_MOVES,
            },
        )

    def test_one_order_after_the_night(self):
        self._create_order(self._create_buyer("First"), "2026-11-10", 100)
        self._refresh()
        self.assertEqual(
            self._get_messages(),
            {
                "rfm": "Too few customers to compare: segments need at least 5.",
                "missing_orders": "None of these customers has a rhythm yet: that "
                "takes orders on 4 days.",
                "moved_this_week": NO_MOVES,
            },
        )

    def test_one_order_of_an_individual(self):
        person = self._create_buyer("Ann", is_company=False)
        self._create_order(person, "2026-11-10", 100)
        self._refresh()
        words = f"{NOT_COMPARED} Left out: 1 individual."
        tiles = self._get_tiles()
        for code in ("rfm", "needs_engagement", "missing_orders", "customer_trend"):
            self.assertEqual(tiles[code]["message"], words)
            self.assertEqual(tiles[code]["links"], [])  # not hers to change
        administrator = self._create_user(
            "administrator", "sales_team.group_sale_manager,base.group_system"
        )
        tile = self._get_tiles(user=administrator)["rfm"]
        self.assertEqual(tile["links"], [SETTINGS])
        link = tile["links"][0]["drill"]
        action = self._as(administrator)["crm.dashboard.tile"].open_report(
            "rfm", {"account_manager": "all"}, link
        )
        self.assertEqual(action["res_model"], "res.config.settings")

    def test_individuals_and_never_invoiced_are_counted_in_whole_words(self):
        self.company.crm_include_never_invoiced = False
        for number in range(2):
            person = self._create_buyer(f"Person {number}", is_company=False)
            self._create_order(person, "2026-11-10", 100)
        self._create_order(self._create_buyer("Company"), "2026-11-10", 100)
        self._refresh()
        self.assertEqual(
            self._get_messages()["rfm"],
            f"{NOT_COMPARED} Left out: 2 individuals, 1 never invoiced.",
        )

    def test_invoices_without_any_order(self):
        for number in range(6):
            self._create_customer(f"Invoiced {number}")
        self._refresh()
        self.assertEqual(
            self._get_messages(),
            {
                "orders": "No orders this month or last month.",
                "twelve_months": "No orders in the last 12 months.",
                "rfm": "None of the compared customers has a confirmed order yet. "
                "Left out: 6 who never ordered.",
                "missing_orders": "None of these customers has a rhythm yet: that "
                "takes orders on 4 days.",
                "customer_trend": "None of these customers ordered in the last 24 "
                "months.",
                "moved_this_week": NO_MOVES,
            },
        )

    def test_orders_of_customers_left_out_beside_invoices_of_others(self):
        """As in Odoo's own demo data: who orders was never invoiced, and vice versa."""
        self.company.crm_include_never_invoiced = False
        for number in range(5):
            self._create_customer(f"Invoiced {number}")
        self._create_order(self._create_buyer("Buyer"), "2026-11-10", 100)
        self._refresh()
        messages = self._get_messages()
        self.assertNotIn("orders", messages)
        self.assertEqual(
            messages["rfm"],
            "None of the compared customers has a confirmed order yet. "
            "Left out: 1 never invoiced, 5 who never ordered.",
        )

    def test_only_archived_customers(self):
        buyer = self._create_buyer("Gone")
        self._create_order(buyer, "2026-11-10", 100)
        buyer.active = False
        self._refresh()
        words = "None of these customers has figures yet; archived ones get none."
        self.assertEqual(self._get_messages()["rfm"], words)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFourteenMonths(EmptyStateCase):
    """A year before that is not in the database is no year without sales."""

    WORDS = (
        "The first order is of Sep 20, 2025: the year before is not whole, so "
        "customers seem to grow."
    )

    def _get_trend_words(self):
        return self._get_words(self._get_tiles()["customer_trend"])

    def test_the_year_before_is_named(self):
        buyers = self._create_buyers(6)
        self._order_every(buyers, 14, date(2025, 9, 20))
        self._refresh()
        self.assertIn(self.WORDS, self._get_trend_words())
        self.assertEqual(self._get_metric(buyers[0]).trend, "growing")
        tiles = self._as(self.boss)["crm.dashboard.tile"].get_tiles(
            "customer",
            ["customer_sales_trend"],
            {"customer_id": buyers[0].id},
        )
        self.assertIn(self.WORDS, self._get_words(tiles["customer_sales_trend"]))

    def test_two_years_are_whole(self):
        self._order_every(self._create_buyers(6), 14, date(2024, 11, 1))
        self._refresh()
        self.assertFalse(
            [words for words in self._get_trend_words() if "first" in words]
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSixtyCompanies(EmptyStateCase):
    """Each company speaks of its own; all together speak once."""

    def test_sixty_companies(self):
        buyers = self._create_buyers(6)
        self._order_every(buyers, 14, date(2024, 11, 1))
        others = self.env["res.company"].create(
            [
                {"name": f"Branch {number}", "currency_id": self.dollar.id}
                for number in range(59)
            ]
        )
        self._create_rate("2026-11-01", 2)
        for other in others[:3]:
            self._create_orders([(buyers[0], "2026-11-10", 50)], company=other)
        self._refresh()
        companies = self.company | others
        self.boss.company_ids = companies
        env = self._as(self.boss, companies)
        tiles = env["crm.dashboard.tile"].get_tiles(
            DASHBOARD, False, {"account_manager": "all", "all_sales": True}
        )
        states = {code: tile["state"] for code, tile in tiles.items()}
        self.assertNotIn("failed", states.values())
        self.assertEqual(
            self._get_words(tiles["orders"]).count("At today's rate: 1 USD = 0.5 EUR"),
            1,
        )
        env = self._as(self.boss, others[-1] | companies)
        tiles = env["crm.dashboard.tile"].get_tiles(
            DASHBOARD, False, {"account_manager": "all"}
        )
        self.assertEqual(
            tiles["orders"]["message"], "No orders this month or last month."
        )
        self.assertEqual(tiles["rfm"]["message"], SOON)
