# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ..analytics.rfm import SEGMENT_METHOD
from ..nightly import settings
from .common import DashboardCase

TOMORROW = "2026-11-22 12:00:00"
DAY_AFTER = "2026-11-23 12:00:00"


@tagged("post_install", "-at_install")
class TestSegmentMoves(DashboardCase):
    """Fixed cut-offs: nobody's segment depends on the others.

    Recency 30, 60, 120, 240 days; orders 2, 4, 8, 16; value 500, 1500, 5000, 15000.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.crm_rfm_method = "cutoffs"
        for number in range(4):
            filler = cls._create_customer(f"Filler {number}")
            cls._create_order(filler, "2026-11-01", 10)
        # two orders of 300 (F 2, M 2), the last one 60 days ago (R 4)
        cls.regular = cls._create_customer("Regular")
        cls.regular_orders = cls._create_orders(
            [
                (cls.regular, "2026-08-01", 300),
                (cls.regular, "2026-09-22 01:00:00", 300),
            ]
        )
        cls.newcomer = cls._create_customer("Newcomer")
        cls._create_order(cls.newcomer, "2026-11-15", 400)

    def _get_moves(self):
        return [
            (move.partner_id, move.segment_from, move.segment_to, move.cause)
            for move in self.env["crm.segment.change"].search(
                [("company_id", "=", self.company.id)], order="id"
            )
        ]

    def test_first_run_is_no_news(self):
        self._refresh()
        self.assertEqual(self._get_metric(self.regular).segment, "potential_loyalist")
        self.assertEqual(self._get_metric(self.newcomer).segment, "new")
        self.assertFalse(self._get_moves())

    def test_customer_s_first_segment_is_no_news(self):
        self._refresh()
        another = self._create_customer("Another")
        self._create_order(another, "2026-11-20", 10)
        self._refresh()
        self.assertEqual(self._get_metric(another).segment, "new")
        self.assertFalse(self._get_moves())

    def test_time_passing_moves_a_customer(self):
        self._refresh()
        with freeze_time(TOMORROW):  # the 61st day of silence: R 3
            self._refresh()
            move = self.env["crm.segment.change"].search(
                [("company_id", "=", self.company.id)]
            )
            self.assertEqual(move.partner_id, self.regular)
            self.assertEqual(move.segment_from, "potential_loyalist")
            self.assertEqual(move.segment_to, "about_to_sleep")
            self.assertEqual(move.date, date(2026, 11, 22))
            self.assertEqual(move.cause, "time")
            self.assertEqual(move.direction, "down")
            self._refresh()
            self.assertEqual(len(self._get_moves()), 1)  # noted once

    def test_order_moves_its_customer_up(self):
        self._refresh()
        with freeze_time(TOMORROW):
            self._create_order(self.newcomer, "2026-11-22 09:00:00", 200)
            self._create_order(self.regular, "2026-11-22 09:00:00", 1)
            self._refresh()
        # two orders and 600 euros: F 2, M 2
        self.assertEqual(
            self._get_moves(),
            [(self.newcomer, "new", "potential_loyalist", "orders")],
        )
        move = self.env["crm.segment.change"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(move.direction, "up")

    def test_order_of_the_day_of_the_last_refresh_is_news(self):
        self._refresh()
        with freeze_time(TOMORROW):
            self._create_order(self.newcomer, "2026-11-21 18:00:00", 200)
            self._create_order(self.regular, "2026-11-21 18:00:00", 200)
            self._refresh()
        self.assertEqual(
            self._get_moves(),
            [(self.newcomer, "new", "potential_loyalist", "orders")],
        )

    def test_cancelled_order_moves_its_customer_down(self):
        self._refresh()
        self.regular_orders[1]._action_cancel()
        self._refresh()
        # the one order left is of 112 days ago: R 3, and a first order: FM 1
        self.assertEqual(
            self._get_moves(),
            [(self.regular, "potential_loyalist", "about_to_sleep", "orders")],
        )

    def test_settings_are_no_news(self):
        self._refresh()
        self.company.crm_rfm_recency_cutoffs = "3, 6, 9, 12"
        self._refresh()
        self.assertEqual(self._get_metric(self.regular).segment, "hibernating")
        self.assertFalse(self._get_moves())
        with freeze_time(DAY_AFTER):
            # 8 days after the newcomer's order: R 4, then 3
            self._refresh()
        self.assertEqual(
            self._get_moves(), [(self.newcomer, "promising", "about_to_sleep", "time")]
        )

    def test_other_method_is_no_news(self):
        self._refresh()
        metric = self._get_metric(self.newcomer)
        metric.segment = "about_to_sleep"  # as another version of the method had it
        with patch.object(settings, "SEGMENT_METHOD", SEGMENT_METHOD + 1):
            self._refresh()
            self.assertEqual(metric.segment, "new")
            self.assertFalse(self._get_moves())
            metric.segment = "about_to_sleep"
            self._refresh()
        self.assertEqual(
            self._get_moves(), [(self.newcomer, "about_to_sleep", "new", "time")]
        )

    def test_figures_of_before_the_method_had_a_number_are_no_news(self):
        self._refresh()
        metric = self._get_metric(self.newcomer)
        metric.segment = "about_to_sleep"
        refresh = self.company.crm_metric_refresh_ids
        fingerprint = refresh.rfm_fingerprint
        # only the settings, as the version before this one wrote them
        refresh.rfm_fingerprint = fingerprint.replace(f"[{SEGMENT_METHOD}, ", "[", 1)
        self.assertNotEqual(refresh.rfm_fingerprint, fingerprint)
        refresh._refresh_customer(self.company, self.newcomer)
        self.assertEqual(metric.segment, "new")
        self._refresh()
        self.assertFalse(self._get_moves())

    def test_order_in_the_place_of_another_is_an_own_order(self):
        self._refresh()
        with freeze_time(TOMORROW):
            self.regular_orders[0]._action_cancel()
            self._create_order(self.regular, "2026-11-22 09:00:00", 600)
            self._refresh()
        # two orders and 900 euros as before two and 600: F 2, M 2, R 5 instead of 4
        self.assertFalse(self._get_moves())
        with freeze_time(DAY_AFTER):
            self.regular_orders[1]._action_cancel()
            self._create_order(self.regular, "2026-11-23 09:00:00", 30000)
            self._refresh()
        # F 2 and M 5: champions
        self.assertEqual(
            self._get_moves(),
            [(self.regular, "potential_loyalist", "champions", "orders")],
        )

    def test_other_zone_is_no_news(self):
        self._refresh()
        self.company.crm_figures_tz = "Pacific/Kiritimati"  # tomorrow there
        self._refresh()
        self.assertEqual(self._get_metric(self.regular).segment, "about_to_sleep")
        self.assertFalse(self._get_moves())

    def test_order_entered_late_is_news(self):
        self._refresh()
        with freeze_time(TOMORROW):
            # of the days before the last refresh: two orders and 600 euros, F 2, M 2
            self._create_order(self.newcomer, "2026-11-18", 200)
            self._refresh()
        self.assertIn(
            (self.newcomer, "new", "potential_loyalist", "orders"), self._get_moves()
        )

    def test_order_opened_again_is_news(self):
        self.regular_orders[1]._action_cancel()
        self._refresh()
        self.regular_orders[1].state = "sale"
        self._refresh()
        self.assertEqual(
            self._get_moves(),
            [(self.regular, "about_to_sleep", "potential_loyalist", "orders")],
        )

    def test_changed_amount_is_news_by_orders(self):
        self._refresh()
        self.regular_orders.order_line.price_unit = 9000  # M 5
        self._refresh()
        ((partner, _before, after, cause),) = self._get_moves()
        self.assertEqual((partner, cause), (self.regular, "orders"))
        self.assertEqual(after, self._get_metric(self.regular).segment)

    def test_contact_that_moves_with_its_orders_is_no_news(self):
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.regular.id}
        )
        self._create_order(contact, "2026-11-18", 5000)
        self._refresh()
        contact.parent_id = self.newcomer
        self._refresh()
        self.assertEqual(self._get_metric(self.newcomer).order_total_count, 2)
        self.assertFalse(self._get_moves())
        with freeze_time(TOMORROW):  # what comes later is news again
            self._create_order(self.regular, "2026-11-20", 20000)
            self._refresh()
        self.assertEqual(self._get_moves()[0][::3], (self.regular, "orders"))

    def test_imported_history_is_no_news(self):
        self._refresh()
        with freeze_time(TOMORROW):
            self._create_orders(
                [(self.newcomer, f"2026-10-0{day}", 500) for day in range(1, 9)]
            )
            self._create_order(self.regular, "2026-11-22 09:00:00", 1)
            self._refresh()
        self.assertEqual(self._get_metric(self.newcomer).segment, "champions")
        self.assertFalse(self._get_moves())


@tagged("post_install", "-at_install")
class TestMergedPartners(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"]
        for number in range(8):
            cls.customers += cls._create_customer(f"Customer {number}")
        cls._create_orders(
            [
                (customer, f"2026-0{number + 1}-10", 100 * (number + 1))
                for number, customer in enumerate(cls.customers)
            ]
        )
        cls._create_order(cls.customers[1], "2026-11-01", 10, company=cls.sister)
        cls.kept, cls.merged = cls.customers[0], cls.customers[1]
        cls._refresh()
        cls._refresh(cls.sister)

    def _merge(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.kept | self.merged).ids, self.kept)
        self.env.invalidate_all()

    def test_customers_with_figures_can_be_merged(self):
        self.assertTrue(self._get_metric(self.kept) and self._get_metric(self.merged))
        self._merge()
        self.assertFalse(self.merged.exists())
        self.assertEqual(len(self._get_metric(self.kept)), 1)
        self._refresh()
        self._refresh(self.sister)
        metric = self._get_metric(self.kept)
        # 100 and 200, the later one of 10 February
        self.assertEqual(metric.order_value, 300)
        self.assertEqual(metric.last_order_date, date(2026, 2, 10))
        self.assertEqual(metric.order_total_count, 2)
        self.assertEqual(self._get_metric(self.kept, self.sister).order_value, 10)

    def test_merge_is_no_news_of_the_customer(self):
        before = self._get_metric(self.kept).segment
        self._merge()
        with freeze_time(TOMORROW):
            self._refresh()
        self.assertNotEqual(self._get_metric(self.kept).segment, before)
        self.assertFalse(
            self.env["crm.segment.change"].search([("partner_id", "=", self.kept.id)])
        )

    def test_moves_follow_a_merged_customer(self):
        move = self.env["crm.segment.change"].create(
            {
                "partner_id": self.merged.id,
                "company_id": self.company.id,
                "date": "2026-11-01",
                "segment_from": "new",
                "segment_to": "promising",
                "cause": "time",
            }
        )
        self._merge()
        self.assertEqual(move.partner_id, self.kept)
