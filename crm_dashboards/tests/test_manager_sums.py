# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from decimal import Decimal

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import DASHBOARD, DashboardCase

FORGED = 1_000_000  # added to what a night kept, to tell whether it is shown
MINE = {"account_manager": "me"}


@tagged("post_install", "-at_install")
class TestManagerSums(DashboardCase):
    """Who may read own documents only is shown what a night added up of them.

    The seller's customers are A and B, the colleague's is C; five are nobody's. Of A
    there are orders of each month from January to November, as many euros as ten times
    the month: of March taken by the colleague, of all others by the seller or nobody.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a, cls.b, cls.c = (
            cls._create_customer(name, manager)
            for name, manager in (
                ("A", cls.seller),
                ("B", cls.seller),
                ("C", cls.colleague),
            )
        )
        cls.orders = cls._create_orders(
            [(cls.a, f"2026-{month:02}-15", 10 * month) for month in range(1, 12)]
        )
        cls.orders[2].user_id = cls.colleague
        cls.orders[4].user_id = cls.seller
        cls._create_orders([(cls.b, "2026-05-03", 3), (cls.c, "2026-05-03", 1000)])
        others = [cls._create_customer(f"Other {number}") for number in range(5)]
        cls._create_orders([(each, "2026-05-03", 500) for each in others])
        cls._refresh()

    @property
    def sums(self):
        self.env.flush_all()
        return self.env["crm.manager.sums"].search(
            [("company_id", "=", self.company.id), ("user_id", "=", self.seller.id)]
        )

    def _forge(self):
        months = [
            [*row[:2], str(Decimal(row[2]) + FORGED), row[3]]
            for row in self.sums.months["rows"]
        ]
        customers = [
            {**row, "count": row["count"] + FORGED} for row in self.sums.customers
        ]
        self.sums.write(
            {"months": {**self.sums.months, "rows": months}, "customers": customers}
        )

    def _get_months(self, user=None, scope=None):
        """Return {number of a month: value} of the tile of twelve months."""
        self.env.flush_all()
        self.env.invalidate_all()
        tile = self._get_tile("twelve_months", user or self.seller, scope or MINE)
        points = self._get_block(tile, "chart")["points"]
        return {int(point["key"][5:7]): point["value"] for point in points}

    def _count_customers(self, user=None, scope=None):
        self.env.flush_all()
        self.env.invalidate_all()
        tile = self._get_tile("rfm", user or self.seller, scope or MINE)
        return sum(
            area["cells"]["count"]["value"]
            for grid in self._get_blocks(tile, "grid")
            for area in grid["areas"]
        )

    def _check_read_again(self, *months):
        """Only these months are read from their orders, and this one."""
        values = self._get_months()
        forged = {month for month, value in values.items() if value >= FORGED}
        self.assertEqual({*values} - forged, {11, *months})
        return values

    def _check_all_read_again(self):
        self.assertLess(max(self._get_months().values()), FORGED)
        self.assertLess(self._count_customers(), FORGED)

    # ------------------------------------------------------------------
    # What is kept
    # ------------------------------------------------------------------

    def test_what_is_kept_is_what_one_may_read(self):
        """Of May 50 of A and 3 of B, of March nothing."""
        rows = {row[0][:7]: row[2] for row in self.sums.months["rows"]}
        self.assertEqual((rows["2026-05"], rows["2026-03"]), ("53.00", "0.00"))
        self.assertEqual(sum(row["count"] for row in self.sums.customers), 2)
        self._forge()
        values = self._check_read_again()
        self.assertEqual(values[5], 53 + FORGED)
        self.assertEqual(values[11], 110)
        self.assertGreater(self._count_customers(), FORGED)

    def test_all_tiles_show_the_same_without(self):
        kept = self._open_dashboard()
        self.sums.unlink()
        self.assertEqual(self._open_dashboard(), kept)

    def _open_dashboard(self):
        self.env.flush_all()
        self.env.invalidate_all()
        tiles = self._as(self.seller)["crm.dashboard.tile"]
        codes = [each["code"] for each in tiles.get_dashboard(DASHBOARD, MINE)["tiles"]]
        return tiles.get_tiles(DASHBOARD, codes, MINE)

    def test_months_of_another_zone(self):
        moments = ("2026-06-30 23:30:00", "2026-07-01 03:30:00", "2026-08-31 20:00:00")
        self._create_orders([(self.a, each, 1) for each in moments])
        zones = ("America/New_York", "Asia/Tokyo", "Pacific/Kiritimati", "UTC")
        expected = {}
        for zone in zones:
            self.seller.tz = zone
            expected[zone] = self._get_months()
        self._refresh()
        for zone in zones:
            with self.subTest(zone=zone):
                self.seller.tz = zone
                self.assertEqual(self._get_months(), expected[zone])
        self.assertNotEqual(expected["America/New_York"], expected["Asia/Tokyo"])
        self._forge()
        self.assertEqual(self._get_months()[2], 20 + FORGED)

    def test_month_that_has_just_ended(self):
        with freeze_time("2026-12-02 12:00:00"):
            self._forge()
            self.assertEqual(self._get_months()[11], 110)
            self._refresh()
            self._forge()
            self.assertEqual(self._get_months()[11], 110 + FORGED)

    # ------------------------------------------------------------------
    # Who is shown it
    # ------------------------------------------------------------------

    def test_others_are_not(self):
        self._forge()
        by_manager = {"account_manager": self.seller.id}
        for user, scope in (
            (self.manager, by_manager),
            (self.manager, {"account_manager": "all"}),
            (self.colleague, MINE),
            (self.seller, {**MINE, "search": "A"}),
        ):
            with self.subTest(user=user.name, scope=scope):
                self.assertLess(max(self._get_months(user, scope).values()), FORGED)
                self.assertLess(self._count_customers(user, scope), FORGED)

    def test_who_may_read_all_documents(self):
        self._forge()
        group = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.seller.group_ids = [Command.link(group.id)]
        self._check_all_read_again()
        self.assertEqual(self._get_months()[3], 30)

    def test_record_rule_of_another_addon(self):
        self._forge()
        self.env["ir.rule"].create(
            {
                "name": "No small orders",
                "model_id": self.env["ir.model"]._get_id("sale.order"),
                "domain_force": "[('amount_untaxed', '>', 20)]",
            }
        )
        values = self._get_months()
        self.assertEqual((values[2], values[7]), (0, 70))

    def test_when_orders_count_otherwise(self):
        self._forge()
        self.company.sudo().crm_currency_since = "2020-01-01"
        self.assertLess(max(self._get_months().values()), FORGED)

    # ------------------------------------------------------------------
    # What changes it
    # ------------------------------------------------------------------

    def test_new_order_with_an_old_date(self):
        self._forge()
        self._create_order(self.a, "2026-02-03", 5)
        self.assertEqual(self._check_read_again(2)[2], 25)

    def test_order_that_another_one_took(self):
        self._forge()
        self.orders[1].user_id = self.colleague
        self.assertEqual(self._check_read_again(2)[2], 0)
        self.orders[2].user_id = False
        self.assertEqual(self._check_read_again(2, 3)[3], 30)

    def test_customer_that_comes(self):
        self._forge()
        self.c.user_id = self.seller
        self._check_all_read_again()
        self.assertEqual(self._get_months()[5], 1053)

    def test_customer_that_goes(self):
        self._forge()
        self.b.user_id = self.colleague
        self._check_all_read_again()
        self.assertEqual(self._get_months()[5], 50)

    def test_customer_that_waits_for_its_appointment(self):
        self._forge()
        self.b._crm_wait()
        self._check_all_read_again()
        self.assertEqual(self._count_customers(), 1)

    def test_contact_that_goes_to_another_customer(self):
        contact = self.env["res.partner"].create(
            {"name": "Anna", "parent_id": self.a.id}
        )
        self._create_order(contact, "2026-02-03", 5)
        self._refresh()
        self._forge()
        contact.parent_id = self.c
        self._check_all_read_again()
        self.assertEqual(self._get_months()[2], 20)

    def test_contact_that_comes_with_its_orders(self):
        contact = self.env["res.partner"].create(
            {"name": "Anna", "parent_id": self.c.id}
        )
        self._create_order(contact, "2026-02-03", 5)
        self._refresh()
        self._forge()
        newcomer = self._create_customer("D", self.seller)
        contact.parent_id = newcomer
        self.assertEqual(self._get_months()[2], 25)

    def test_customers_that_are_merged(self):
        self._forge()
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (self.a | self.c).ids, self.a
        )
        self._check_all_read_again()
        self.assertEqual(self._get_months()[5], 1053)

    def test_customers_of_others(self):
        """What has nothing to do with the seller's leaves all as it is."""
        self._forge()
        self.c.user_id = self.manager
        self._create_customer("D", self.seller)
        self.env["res.partner"].create({"name": "Anna", "parent_id": self.a.id})
        self._check_read_again()
        self.assertGreater(self._count_customers(), FORGED)

    def test_figures_of_one_customer_made_anew(self):
        self._forge()
        self.env["crm.metric.refresh"]._refresh_customer(self.company, self.a)
        self.assertEqual(self._count_customers(), 2)

    def test_next_night_adds_up_anew(self):
        self._forge()
        self._create_order(self.a, "2026-02-03", 5)
        self.c.user_id = self.seller
        self._refresh()
        self.assertEqual(self._get_months()[2], 25)
        self.assertEqual(self._count_customers(), 3)
