# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo.tests import freeze_time, tagged

from ..tiles.mixins.sales import PeriodSales
from ..tiles.period import make_period
from ..tiles.words import format_amount
from .common import DashboardCase
from .search_view import open_report

VALUE = "crm_base_net_value:sum"


class OrdersTileCase(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Customer", cls.manager)

    def _order(self, *rows, **values):
        """Create orders of the customer: (date, amount)."""
        return self._create_orders(
            [(self.customer, date, amount) for date, amount in rows], **values
        )

    def _get_lines(self, tile):
        """Return the three lines: this month, last month, difference to same days."""
        return self._get_block(tile, "figure")["figures"][:3]

    def _assert_figures(self, now, before, difference, share=None, **viewer):
        """Check the tile's money; ``share`` is the difference in parts of 1, if any."""
        tile = self._get_tile("orders", **viewer)
        this_month, last_month, same_days = self._get_lines(tile)
        self.assertEqual(this_month["cell"]["value"], now)
        self.assertEqual(last_month["cell"]["value"], before)
        if share is None:
            self.assertEqual(same_days["cell"]["unit"], "money")
            self.assertEqual(same_days["cell"]["value"], difference)
        else:
            self.assertEqual(same_days["cell"]["unit"], "percent")
            self.assertAlmostEqual(same_days["cell"]["value"], share)
            money = format_amount(difference, self.euro)
            self.assertIn(
                money.replace("\xa0", " "), same_days["label"].replace("\xa0", " ")
            )
        return tile


@tagged("post_install", "-at_install")
class TestOrdersTile(OrdersTileCase):
    """On Saturday 21 November 2026 unless said otherwise."""

    def test_month_against_last_month_and_its_same_days(self):
        self._order(
            ("2026-11-01 00:00:00", 300),
            ("2026-11-21", 50),
            ("2026-10-01", 100),
            ("2026-10-21 23:59:59", 100),
            ("2026-10-22 00:00:00", 200),
            ("2026-09-30 23:59:59", 999),
        )
        # 350 against 200 on 1–21 October: 150 or 75% more
        tile = self._assert_figures(350, 400, 150, 0.75)
        this_month, last_month, same_days = self._get_lines(tile)
        self.assertEqual(tile["title"], "Orders")
        self.assertEqual(this_month["label"], "November so far")
        self.assertEqual(last_month["label"], "October")
        self.assertTrue(same_days["label"].startswith("on Oct 1 – 21"))
        self.assertEqual(
            (same_days["direction"], same_days["tone"]), ("up", "positive")
        )
        ring = self._get_block(tile, "chart")
        self.assertEqual(ring["center"]["cell"], {"value": 0.875, "unit": "percent"})
        self.assertEqual([p["cell"]["value"] for p in ring["points"]], [350, 50])

    def test_orders_dated_later_this_month_are_ahead(self):
        self._order(
            ("2026-11-21 23:59:59", 100),
            ("2026-11-22 00:00:00", 7000),
            ("2026-11-30 23:59:59", 777),
            ("2026-12-01 00:00:00", 9999),
            ("2026-10-21", 80),
            ("2026-10-25", 20),
        )
        # 100 against 80 on 1–21 October; 7 777 is dated from the 22nd to the 30th
        tile = self._assert_figures(100, 100, 20, 0.25)
        line = self._get_block(tile, "figure")["figures"][3]
        self.assertEqual(
            (line["cell"]["value"], line["label"]), (7777, "dated later this month")
        )
        report = open_report(self._as(self.manager), "orders")
        self.assertEqual(report.aggregate(VALUE)[VALUE], 100)
        ahead = open_report(self._as(self.manager), "orders", drill=line["drill"])
        self.assertEqual(ahead.aggregate(VALUE)[VALUE], 7777)

    def test_only_orders_dated_later_this_month(self):
        self._order(("2026-11-25", 50))
        tile = self._assert_figures(0, 0, 0)
        line = self._get_block(tile, "figure")["figures"][3]
        self.assertEqual(line["cell"]["value"], 50)

    def test_less_than_the_same_days_points_down(self):
        self._order(("2026-11-02", 30), ("2026-10-02", 40))
        tile = self._assert_figures(30, 40, -10, -0.25)
        line = self._get_lines(tile)[2]
        self.assertEqual((line["direction"], line["tone"]), ("down", "negative"))

    def test_as_much_as_the_same_days_is_level(self):
        self._order(("2026-11-02", 40), ("2026-10-02", 40))
        line = self._get_lines(self._assert_figures(40, 40, 0, 0.0))[2]
        self.assertEqual((line["direction"], line["tone"]), ("level", "muted"))

    def test_more_than_last_month_fills_the_ring_and_tells_the_share(self):
        self._order(("2026-11-02", 250), ("2026-10-02", 100))
        tile = self._get_tile("orders")
        ring = self._get_block(tile, "chart")
        self.assertEqual(ring["center"]["cell"]["value"], 2.5)
        self.assertEqual([p["cell"]["value"] for p in ring["points"]], [250, 0])

    def test_no_ring_without_orders_last_month(self):
        self._order(("2026-11-02", 250))
        tile = self._assert_figures(250, 0, 250)
        self.assertFalse(self._get_blocks(tile, "chart"))
        self.assertIn("No orders last month to compare with.", self._get_words(tile))

    def test_no_ring_where_last_month_is_below_zero(self):
        self._order(("2026-11-02", 250), ("2026-10-02", 100), ("2026-10-30", -150))
        # 250 against 100 on the same days, and -50 in the whole month
        tile = self._assert_figures(250, -50, 150, 1.5)
        self.assertFalse(self._get_blocks(tile, "chart"))

    def test_month_below_zero_leaves_the_ring_empty(self):
        self._order(("2026-11-02", -30), ("2026-10-02", 120))
        tile = self._assert_figures(-30, 120, -150, -1.25)
        ring = self._get_block(tile, "chart")
        self.assertEqual(ring["center"]["cell"]["value"], -0.25)
        self.assertEqual([p["cell"]["value"] for p in ring["points"]], [0, 120])

    def test_no_share_of_same_days_without_orders(self):
        self._order(("2026-11-02", 30), ("2026-10-25", 40))
        self._assert_figures(30, 40, 30)

    def test_only_last_month(self):
        self._order(("2026-10-02", 40))
        self._assert_figures(0, 40, -40, -1.0)

    def test_empty_without_orders_in_both_months(self):
        self._order(("2026-09-30", 40), ("2026-11-02", 0))
        tile = self._get_tile("orders")
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(tile["message"], "No orders this month or last month.")

    def test_31st_against_a_month_of_30_days(self):
        with freeze_time("2026-12-31 12:00:00"):
            self._order(("2026-12-31", 60), ("2026-11-30", 40), ("2026-12-01", 20))
            tile = self._assert_figures(80, 40, 40, 1.0)
        self.assertTrue(self._get_lines(tile)[2]["label"].startswith("on Nov 1 – 30"))

    def test_31_march_against_february(self):
        with freeze_time("2026-03-31 12:00:00"):
            self._order(("2026-03-31", 60), ("2026-02-28", 40), ("2026-02-01", 10))
            tile = self._assert_figures(60, 50, 10, 0.2)
        self.assertTrue(self._get_lines(tile)[2]["label"].startswith("on Feb 1 – 28"))

    def test_29_february(self):
        with freeze_time("2028-02-29 12:00:00"):
            self._order(("2028-02-29", 60), ("2028-01-29", 40), ("2028-01-30", 10))
            # 60 against 40 on 1–29 January
            self._assert_figures(60, 50, 20, 0.5)
        with freeze_time("2028-03-30 12:00:00"):
            # 0 in March against 60 on 1–29 February
            self._assert_figures(0, 60, -60, -1.0)

    def test_january_against_december(self):
        with freeze_time("2027-01-01 12:00:00"):
            self._order(("2027-01-01", 60), ("2026-12-01", 40), ("2026-12-02", 10))
            self._assert_figures(60, 50, 20, 0.5)

    def test_midnight_is_the_viewer_s(self):
        self._order(
            ("2026-10-31 23:30:00", 10),  # November in Brussels
            ("2026-11-01 02:30:00", 100),  # October in New York, still at UTC-4
        )
        for tz, now, before in (
            ("UTC", 100, 10),
            ("Europe/Brussels", 110, 0),
            ("America/New_York", 0, 110),
        ):
            with self.subTest(tz=tz):
                self.manager.tz = tz
                self._assert_money(now, before)

    def test_today_is_the_viewer_s(self):
        with freeze_time("2026-11-30 23:30:00"):
            self._order(("2026-11-30", 10), ("2026-11-30 23:15:00", 1))
            for tz, now, before in (
                ("UTC", 11, 0),
                ("Europe/Brussels", 1, 10),  # it is 1 December, 00:30
            ):
                with self.subTest(tz=tz):
                    self.manager.tz = tz
                    self._assert_money(now, before)

    def test_viewer_s_month_begins_at_the_offset_of_that_day(self):
        """Summer time ends within October: 1 October begins at UTC+2 in Brussels."""
        self.manager.tz = "Europe/Brussels"
        self._order(("2026-09-30 22:00:00", 7), ("2026-09-30 21:59:59", 100))
        self._order(("2026-10-31 22:59:59", 3), ("2026-10-31 23:00:00", 50))
        self._assert_money(50, 10)

    def _assert_money(self, now, before):
        this_month, last_month, _line = self._get_lines(self._get_tile("orders"))
        self.assertEqual(this_month["cell"]["value"], now)
        self.assertEqual(last_month["cell"]["value"], before)


@tagged("post_install", "-at_install")
class TestWhichOrdersCount(OrdersTileCase):
    def test_drafts_and_cancelled_orders_do_not_count(self):
        self._order(("2026-11-02", 1), ("2026-10-02", 1))
        for state in ("draft", "sent", "cancel"):
            self._order(("2026-11-02", 100), ("2026-10-02", 100), state=state)
        self._assert_figures(1, 1, 0, 0.0)

    def test_cancelled_and_reopened_order_counts_again(self):
        order = self._order(("2026-10-02", 100), ("2026-11-02", 7))[0]
        order._action_cancel()
        self._assert_figures(7, 0, 7)
        order.action_draft()
        self._assert_figures(7, 0, 7)
        order.action_confirm()  # Odoo dates it today
        self._assert_figures(107, 0, 107)

    def test_negative_order_is_deducted(self):
        self._order(("2026-11-02", 100), ("2026-11-03", -30), ("2026-10-02", 10))
        self._assert_figures(70, 10, 60, 6.0)

    def test_other_currency_counts_at_the_rate_of_the_order(self):
        self._create_rate("2026-10-01", 1.25)
        self._create_rate("2026-11-10", 1.6)
        for day in ("2026-10-05", "2026-11-09", "2026-11-10"):
            self._create_order(self.customer, day, 100, self.dollar)
        # 100 / 1.25 + 100 / 1.6 euros against 100 / 1.25
        self._assert_figures(142.5, 80, 62.5, 0.78125)

    def test_order_is_rounded_to_cents_before_it_is_added(self):
        self._create_rate("2026-10-01", 3)
        for _order in range(3):
            self._create_order(self.customer, "2026-11-05", 1, self.dollar)
        self._order(("2026-10-05", 1))
        # three times 0.33
        self._assert_figures(0.99, 1, -0.01, -0.01)

    def test_companies_have_figures_of_their_own(self):
        self.manager.company_ids += self.sister
        self._order(("2026-11-02", 10), ("2026-10-02", 20))
        self._order(("2026-11-02", 300), ("2026-10-02", 100), company=self.sister)
        both = self.company | self.sister
        self._assert_figures(10, 20, -10, -0.5, companies=both)
        self._assert_figures(300, 100, 200, 2.0, companies=self.sister | self.company)

    def test_company_founded_after_a_first_look_counts_at_its_rate(self):
        self._order(("2026-11-02", 10), ("2026-10-02", 20))
        scope = {"account_manager": "all", "all_sales": True}
        self._assert_figures(10, 20, -10, -0.5, scope=scope)
        yen = self.env.ref("base.JPY")
        yen.active = True
        self._create_rate("2026-01-01", 160, currency=yen)
        founded = self._create_company("Founded")
        founded.currency_id = yen
        self.manager.company_ids += founded
        self._order(("2026-11-02", 16000), ("2026-10-02", 3200), company=founded)
        both = self.company | founded
        # 10 + 16 000 / 160 against 20 + 3 200 / 160
        self._assert_figures(110, 40, 70, 1.75, scope=scope, companies=both)

    def test_contacts_belong_to_the_account_manager_of_their_company(self):
        buyer = self._create_customer(
            "Buyer", self.seller, is_company=False, parent_id=self.customer.id
        )
        branch = self._create_customer(
            "Branch", self.seller, parent_id=self.customer.id
        )
        self._order(("2026-10-02", 1))
        self._create_order(buyer, "2026-11-02", 10)
        self._create_order(branch, "2026-11-02", 100)
        manager = {"account_manager": self.manager.id}
        seller = {"account_manager": self.seller.id}
        self._assert_figures(10, 1, 9, 9.0, scope=manager)
        self._assert_figures(100, 0, 100, scope=seller)

    def test_archived_customer_s_orders_still_count(self):
        self._order(("2026-11-02", 10), ("2026-10-02", 20))
        self.customer.active = False
        self._assert_figures(10, 20, -10, -0.5)
        scope = {"account_manager": self.manager.id}
        self._assert_figures(10, 20, -10, -0.5, scope=scope)

    def test_parts_of_the_ring_add_up_to_last_month_as_shown(self):
        tile = self._as(self.manager)["crm.tile.orders"]
        # converted amounts have more decimals than are shown
        period = make_period("month", "before", date(2026, 11, 21))
        sales = PeriodSales(period, 10.004, 20.008, 0, 0)
        ring = tile._get_ring(self.euro, sales)
        parts = [point.cell.value for point in ring.points]
        self.assertEqual(parts, [10.0, 10.01])

    def test_merged_customers_orders_count_once(self):
        other = self._create_customer("Same one", self.seller)
        self._order(("2026-11-02", 10), ("2026-10-02", 20))
        self._create_order(other, "2026-11-02", 5)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | other).ids, self.customer)
        scope = {"account_manager": self.manager.id}
        self._assert_figures(15, 20, -5, -0.25, scope=scope)

    def test_scope_follows_the_customer_not_who_took_the_order(self):
        self._order(("2026-11-02", 10), ("2026-10-02", 20), user_id=self.seller.id)
        self._assert_figures(
            10, 20, -10, -0.5, scope={"account_manager": self.manager.id}
        )
        tile = self._get_tile("orders", scope={"account_manager": self.seller.id})
        self.assertEqual(tile["state"], "empty")

    def test_salesperson_counts_readable_orders_of_own_customers(self):
        mine = self._create_customer("Mine", self.seller)
        self._create_order(mine, "2026-11-02", 10)
        self._create_order(mine, "2026-11-02", 100, user_id=self.colleague.id)
        self._order(("2026-11-02", 1000), user_id=self.seller.id)
        tile = self._assert_figures(10, 0, 10, user=self.seller)
        self.assertIn("Of the orders you may read.", self._get_words(tile))

    def test_projection_says_its_range_where_that_says_something(self):
        self._order(("2026-09-02", 10), ("2026-10-02", 10), ("2026-11-02", 10))
        self._refresh()
        refresh = self.env["crm.metric.refresh"]._get_last(self.company)
        for half_width, confidence, words in (
            (0.0765, "high", "expected for November, ±8%, confidence high"),
            (0.99, "low", "expected for November, ±99%, confidence low"),
            (15.83, "low", "expected for November, confidence low"),
            (0.2, "not_enough_history", "expected for November, short history"),
        ):
            refresh.write(
                {"month_half_width": half_width, "month_confidence": confidence}
            )
            figure = self._get_block(self._get_tile("orders"), "figure")["figures"][-1]
            with self.subTest(half_width=half_width):
                self.assertEqual(figure["label"], words)
                self.assertGreater(figure["cell"]["value"], 10)
