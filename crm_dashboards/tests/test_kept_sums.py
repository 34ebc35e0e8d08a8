# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .common import DASHBOARD, DashboardCase

FORGED = 1_000_000  # added to what a night kept, to tell whether it is shown


@tagged("post_install", "-at_install")
class TestKeptSums(DashboardCase):
    """What a night has added up is shown as long as nothing of it changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = [
            cls._create_customer(f"Customer {number}", cls.manager)
            for number in range(8)
        ]
        cls.customer = cls.customers[0]
        cls.orders = cls._create_orders(
            [
                (cls.customers[number % 8], f"2026-{month:02}-15", 10 * month)
                for number, month in enumerate((*range(1, 12), 3, 4, 5, 6))
            ]
        )
        cls._refresh()
        cls.refresh = cls.env["crm.metric.refresh"]._get_last(cls.company)

    def _find_order(self, month):
        return self.orders.filtered(lambda order: order.date_order.month == month)[:1]

    def _forge_months(self):
        self.env.flush_all()
        kept = self.refresh.sums_months
        rows = [
            [*row[:2], str(Decimal(row[2] or 0) + FORGED), row[3]]
            for row in kept["rows"]
        ]
        self.refresh.sums_months = {**kept, "rows": rows}

    def _get_months(self, user=None, **scope):
        """Return {number of a month: value} of the tile of twelve months."""
        self.env.flush_all()
        self.env.invalidate_all()
        scope = {"account_manager": "all", **scope}
        tile = self._get_tile("twelve_months", user, scope)
        points = self._get_block(tile, "chart")["points"]
        return {int(point["key"][5:7]): point["value"] for point in points}

    def _check_read_again(self, *months):
        """Only these months are read from their orders."""
        values = self._get_months()
        forged = {month for month, value in values.items() if value >= FORGED}
        self.assertEqual({*values} - forged, {11, *months})
        return values

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    def test_months_that_are_over_are_not_read_again(self):
        expected = self._get_months()
        self._forge_months()
        values = self._check_read_again()
        self.assertEqual(values[2], expected[2] + FORGED)
        self.assertEqual(values[12], expected[12] + FORGED)  # of the year before
        self.assertEqual(values[11], 110)

    def test_order_confirmed_late_with_an_old_date(self):
        self._forge_months()
        order = self._create_orders([(self.customer, "2026-02-03", 5)], state="draft")
        self.env.flush_all()
        self._check_read_again()
        order.write({"state": "sale"})
        self.assertEqual(self._check_read_again(2)[2], 25)

    def test_new_order_with_an_old_date(self):
        self._forge_months()
        self._create_order(self.customer, "2026-02-03", 5)
        self.assertEqual(self._check_read_again(2)[2], 25)

    def test_order_that_is_cancelled(self):
        self._forge_months()
        self._find_order(2)._action_cancel()
        self.assertEqual(self._check_read_again(2)[2], 0)

    def test_order_of_another_month(self):
        self._forge_months()
        self._find_order(2).date_order = "2026-07-01 12:00:00"
        values = self._check_read_again(2, 7)
        self.assertEqual((values[2], values[7]), (0, 90))

    def test_order_that_is_worth_more(self):
        self._forge_months()
        self._find_order(2).order_line.price_unit = 21
        self.assertEqual(self._check_read_again(2)[2], 21)

    def test_order_of_another_company(self):
        self._forge_months()
        order = self._find_order(2)
        self.env.flush_all()
        order._write_multi([{"company_id": self.sister.id}])
        self.assertEqual(self._check_read_again(2)[2], 0)

    def test_order_that_is_deleted(self):
        self._forge_months()
        self._find_order(2).with_context(_force_unlink=True).unlink()
        self.assertEqual(self._check_read_again(2)[2], 0)

    def test_order_that_is_not_sound_any_more(self):
        self._forge_months()
        order = self._find_order(2)
        order._write_multi([{"amount_untaxed": float("nan")}])
        self.assertEqual(self._check_read_again(2)[2], 0)

    def test_transaction_that_was_open_while_the_night_read(self):
        """Its note has an earlier id, and is not visible in the night's snapshot."""
        self._forge_months()
        self.env.cr.execute(
            """
            INSERT INTO crm_sums_change (id, company_id, moment, date, transaction_id)
            VALUES (-1, %s, '2026-02-15', now(),
                    (pg_current_xact_id()::text::int8 + 1000)::text)
            """,
            [self.company.id],
        )
        self.assertEqual(self._check_read_again(2)[2], 20)

    def test_transaction_that_had_ended_before_the_night_read(self):
        self._forge_months()
        self.env.cr.execute(
            """
            INSERT INTO crm_sums_change (id, company_id, moment, date, transaction_id)
            VALUES (-1, %s, '2026-02-15', now(), '3')
            """,
            [self.company.id],
        )
        self._check_read_again()

    def test_database_that_was_restored(self):
        """Its notes are of transactions that are still to come where it is now."""
        self.env.cr.execute(
            """
            INSERT INTO crm_sums_change (company_id, moment, date, transaction_id)
            SELECT company_id, moment, now(),
                   (pg_current_xact_id()::text::int8 + 1000000)::text
              FROM (VALUES (%s, '2026-02-15'::timestamp), (NULL, NULL))
                   note (company_id, moment)
            """,
            [self.company.id],
        )
        self.assertEqual(self._get_months()[2], 20)
        self._refresh()
        self._forge_months()
        self._check_read_again()
        self._forge_customers()
        self.assertGreater(self._count_ranked(), FORGED)

    def test_change_of_another_company_s_order(self):
        self._forge_months()
        self._create_orders([(self.customer, "2026-02-03", 5)], self.sister)
        self._check_read_again()

    def test_next_night_reads_all_anew(self):
        """Also what was written past Odoo, which leaves no note."""
        self._create_order(self.customer, "2026-02-03", 5)
        order = self._find_order(3)
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM sale_order WHERE id = %s", order.ids)
        self.env.invalidate_all()
        self._forge_months()
        self._refresh()
        values = self._get_months()
        # of March one of two orders of 30 is left
        self.assertEqual((values[2], values[3], values[4]), (25, 30, 80))

    def test_months_in_another_currency_without_a_rate(self):
        self._create_order(self.customer, "2026-02-03", 8, self.dollar)
        self._create_rate("2026-04-01", 2)
        self._create_order(self.customer, "2026-04-03", 8, self.dollar)
        live = self._get_months()
        self.assertEqual((live[2], live[4]), (28, 84))
        self._refresh()
        kept = [row for row in self.refresh.sums_months["rows"] if row[3]]
        self.assertEqual(
            kept, [["2026-02-01 00:00:00", "2026-03-01 00:00:00", "28.00", 1]]
        )
        self.assertEqual(self._get_months(), live)

    def test_month_that_has_just_ended(self):
        self._forge_months()
        with freeze_time("2026-12-02 12:00:00"):
            self.assertEqual(self._get_months()[11], 110)
            self._refresh()
            self._forge_months()
            self.assertEqual(self._get_months()[11], 110 + FORGED)

    def test_when_orders_count_otherwise(self):
        self._forge_months()
        self.company.sudo().crm_currency_since = "2020-01-01"
        self.assertLess(max(self._get_months().values()), FORGED)

    def test_months_of_another_zone(self):
        moments = ("2026-06-30 23:30:00", "2026-07-01 03:30:00", "2026-08-31 20:00:00")
        self._create_orders([(self.customer, each, 1) for each in moments])
        expected = {}
        zones = ("America/New_York", "Asia/Tokyo", "Pacific/Kiritimati", "UTC")
        for zone in zones:
            self.manager.tz = zone
            expected[zone] = self._get_months()
        self._refresh()
        for zone in zones:
            with self.subTest(zone=zone):
                self.manager.tz = zone
                self.assertEqual(self._get_months(), expected[zone])
        self._forge_months()
        values = self._get_months()
        self.assertEqual(values[2], 20 + FORGED)

    def test_who_is_shown_a_part_only(self):
        self._forge_months()
        for user, scope in (
            (self.seller, {}),
            (self.manager, {"account_manager": "me"}),
            (self.manager, {"account_manager": "none"}),
            (self.manager, {"search": "Customer"}),
        ):
            with self.subTest(user=user.name, scope=scope):
                tile = self._get_tile(
                    "twelve_months", user, {"account_manager": "all", **scope}
                )
                for chart in self._get_blocks(tile, "chart"):
                    for point in chart["points"]:
                        self.assertLess(point["value"], FORGED)

    def test_record_rule_of_another_addon(self):
        self._forge_months()
        self.env["ir.rule"].create(
            {
                "name": "No small orders",
                "model_id": self.env["ir.model"]._get_id("sale.order"),
                "domain_force": "[('amount_untaxed', '>', 20)]",
            }
        )
        values = self._get_months()
        self.assertEqual((values[2], values[7]), (0, 70))

    def test_sums_are_nobody_s_to_read(self):
        """By a record rule somebody may read less than was added up."""
        refresh = self.refresh.with_env(self._as(self.manager))
        self.assertTrue(refresh.read(["as_of"]))
        for name in ("sums_months", "sums_customers"):
            with self.assertRaises(AccessError):
                refresh.read([name])

    # ------------------------------------------------------------------
    # Customers
    # ------------------------------------------------------------------

    def _forge_customers(self):
        kept = self.refresh.sums_customers
        rows = [{**row, "count": row["count"] + FORGED} for row in kept["rows"]]
        self.refresh.sums_customers = {**kept, "rows": rows}

    def _count_ranked(self, user=None, **scope):
        self.env.flush_all()
        self.env.invalidate_all()
        scope = {"account_manager": "all", **scope}
        tile = self._get_tile("rfm", user, scope)
        grids = self._get_blocks(tile, "grid")
        return sum(
            area["cells"]["count"]["value"] for grid in grids for area in grid["areas"]
        )

    def test_customers_are_not_read_again(self):
        self.assertEqual(self._count_ranked(), 8)
        self._forge_customers()
        self.assertGreater(self._count_ranked(), FORGED)
        self.assertEqual(self._count_ranked(account_manager="me"), 8)
        self.assertLess(self._count_ranked(self.seller), FORGED)

    def test_customer_that_is_deleted(self):
        self._forge_customers()
        customer = self._create_customer("Nobody")
        self.env.flush_all()
        self.assertGreater(self._count_ranked(), FORGED)
        customer.unlink()
        self.assertEqual(self._count_ranked(), 8)

    def test_figures_of_one_customer_made_anew(self):
        self._forge_customers()
        refresh = self.env["crm.metric.refresh"]
        refresh._refresh_customer(self.company, self.customer)
        self.assertEqual(self._count_ranked(), 8)
        self._refresh()
        self._forge_customers()
        self.assertGreater(self._count_ranked(), FORGED)

    def test_engagements_read_between_two_nights(self):
        self._forge_customers()
        self.env["crm.metric.refresh"]._read_engagements(self.company)
        self.assertEqual(self._count_ranked(), 8)

    def test_all_tiles_show_the_same_without(self):
        """Also after somebody was spoken to, since when the night knows better."""
        self._log_call(self.customers[1])
        kept = self._open_dashboard()
        self.refresh.write({"sums_months": False, "sums_customers": False})
        self.assertEqual(self._open_dashboard(), kept)

    def _log_call(self, customer):
        activity = customer.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.manager.id
        )
        activity.action_feedback(feedback="Done")

    def _open_dashboard(self):
        self.env.flush_all()
        self.env.invalidate_all()
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        scope = {"account_manager": "all"}
        header = tiles.get_dashboard(DASHBOARD, scope)
        codes = [tile["code"] for tile in header["tiles"]]
        return header, tiles.get_tiles(DASHBOARD, codes, scope)

    def test_median_is_that_of_the_company_whoever_looks(self):
        """As the night found it; without that it is counted and taken from an index."""
        for customer in self.customers[:3]:
            customer.user_id = self.seller
        for number in range(3):
            with self.subTest(number=number):
                metrics = self.env["crm.customer.metric"].search(
                    [("company_id", "=", self.company.id)]
                )
                values = sorted(metrics.mapped("order_value"), reverse=True)
                median = values[len(values) // 2]
                self.assertEqual(self.refresh.sums_customers["median"], median)
                for user in (self.manager, self.seller):
                    reason = self._as(user)["crm.reason.needs_engagement"]
                    self.assertEqual(reason._find_median(), median)
                self.customers.append(
                    self._create_customer(f"Another {number}", self.seller)
                )
                self._create_order(self.customers[-1], "2026-10-05", 7 + number)
                self._refresh()

    def test_whom_the_seller_sees_is_in_the_upper_half_of_all(self):
        """Of the fourth and fifth of eight by sales one is."""
        metrics = self.env["crm.customer.metric"].search(
            [("company_id", "=", self.company.id)], order="order_value DESC"
        )
        for metric in metrics[4:6]:
            metric.partner_id.user_id = self.seller
        self.env.flush_all()
        reason = self._as(self.seller)["crm.reason.needs_engagement"]
        self.assertEqual(
            reason._find_largest(Domain.TRUE, [], 7), [metrics[4].partner_id.id]
        )

    # ------------------------------------------------------------------
    # Notes
    # ------------------------------------------------------------------

    def test_notes_go_when_every_night_has_seen_them(self):
        notes = self.env["crm.sums.change"]
        theirs = [("company_id", "=", self.company.id)]
        self._create_order(self.customer, "2026-02-03", 5)
        self.env.flush_all()
        unseen = notes.search([("id", ">", self.refresh.sums_change_id)])
        self.assertTrue(unseen)
        with freeze_time("2026-11-23 12:00:00"):
            notes._gc_seen_by_all()
            self.assertEqual(notes.search(theirs), unseen)
            self._refresh()
            self.env.flush_all()
            notes._gc_seen_by_all()
            self.assertFalse(notes.search(theirs))

    def test_archived_company_holds_no_note_up(self):
        """It has no nights any more that could see what changed."""
        self._refresh(self.sister)
        self._create_orders([(self.customer, "2026-02-03", 5)], self.sister)
        self.env.flush_all()
        names = ("crm.sums.change", "crm.customer.change")
        self.sister.active = False
        nights = self.env["crm.metric.refresh"].search([("as_of", "!=", False)])
        with freeze_time("2026-11-23 12:00:00"):
            for company in nights.company_id.filtered("active"):
                self._refresh(company)
            self.env.flush_all()
            for name in names:
                self.env[name]._gc_seen_by_all()
                self.env[name].invalidate_model()
        theirs = [("company_id", "=", self.sister.id)]
        self.assertFalse(self.env["crm.sums.change"].search(theirs))
        theirs = [("partner_id", "=", self.customer.id)]
        self.assertFalse(self.env["crm.customer.change"].search(theirs))
        self.sister.active = True
        refresh = nights._get_last(self.sister)
        self.assertFalse(refresh.sums_months or refresh.sums_customers)
