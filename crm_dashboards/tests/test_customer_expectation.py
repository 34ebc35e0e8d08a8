# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import NOW
from .test_customer_dashboard import CustomerCase

TREND, NEXT_ORDER = "customer_sales_trend", "customer_next_order"
# Beginnings of what the tile says of the month, below the next order
OF_THE_MONTH = ("Confidence", "A projection of the month", "Not counted: ")
SPACE = "\N{NO-BREAK SPACE}"
ALL_ORDERS = "From all orders of the customer."


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerExpectation(CustomerCase):
    """Every sentence about a customer's next order says the same.

    Weekly orders on Mondays, its company's others every 28 days on Tuesdays.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weekly = cls._create_customer("Weekly", cls.seller)
        cls._order_every(cls.weekly, 7, "2026-11-16", (100, 300))
        for number in range(5):
            other = cls._create_customer(f"Monthly {number}", cls.seller)
            cls._order_every(other, 28, "2026-11-03", (50,))
        cls._refresh()

    @classmethod
    def _order_every(cls, customer, days, last, amounts):
        """Ten orders, of these amounts in turn."""
        day = fields.Date.to_date(last)
        cls._create_orders(
            [
                (
                    customer,
                    str(day - timedelta(days=days * back)),
                    amounts[back % len(amounts)],
                )
                for back in reversed(range(10))
            ]
        )

    def _get_stories(self, customer, user=None):
        """Return the summary and the words of the Next Order tile."""
        tiles = self._tiles(customer, user)
        line = self._get_next_order_line(tiles[NEXT_ORDER])
        words = [
            each
            for each in self._get_words(tiles[NEXT_ORDER])
            if not each.startswith(OF_THE_MONTH)
        ]
        return self._get_words(tiles[TREND])[0], line, words

    def test_a_steady_customer_has_its_own_interval(self):
        # the company's median is 28: (7 ** 9 * 28) ** (1 / 10) would be 8
        self.assertEqual(self._get_metric(self.weekly).interval_days, 7)
        summary, line, words = self._get_stories(self.weekly)
        self.assertEqual(line["cell"]["value"], "2026-11-23")
        self.assertEqual(line["label"], f"expected, about 200{SPACE}€")
        self.assertEqual(
            words,
            [
                "Orders every 7 days, at least half of the gaps just as long; the last "
                "was 5 days ago.",
                f"Its last orders came to 100{SPACE}€ to "
                f"300{SPACE}€, 200{SPACE}€ on average.",
            ],
        )
        self.assertIn("The next order is expected around Nov 23.", summary)

    def test_an_order_of_today_counts_in_every_sentence(self):
        self._create_order(self.weekly, "2026-11-21 08:00:00", 100)
        # seven days on is a Saturday, and orders come on Mondays and Tuesdays only
        summary, line, words = self._get_stories(self.weekly)
        self.assertEqual(line["cell"]["value"], "2026-11-30")
        self.assertIn("The next order is expected around Nov 30.", summary)
        self.assertEqual(
            words[0],
            "Orders every 7 days, at least half of the gaps just as long; the last was "
            "today. On Nov 28 there are no orders as a rule: expected on the next "
            "day that has some.",
        )
        shown = self._get_metric(self.weekly).expected_order_date
        self.assertEqual(str(shown), "2026-11-30")

    def test_a_first_order_of_today_counts(self):
        newcomer = self._create_customer("Newcomer", self.seller)
        self._refresh()
        self._create_order(newcomer, "2026-11-21 08:00:00", 100)
        summary, line, words = self._get_stories(newcomer)
        self.assertEqual(line["cell"]["value"], "2026-11-21")
        self.assertEqual(line["label"], "last order; too few for a rhythm")
        self.assertEqual(words, [])
        self.assertTrue(summary.endswith("So far one order, today."))

    def test_a_missing_order_that_came_is_not_late(self):
        self._keep_busy()
        with freeze_time("2026-12-14 12:00:00"):
            self._refresh()
            self.assertTrue(self._get_metric(self.weekly).is_missing)
            summary, line, _words = self._get_stories(self.weekly)
            self.assertEqual(line["cell"]["value"], "21 days late")
            self.assertIn("An order is missing: usually every 7 days", summary)
            self._create_order(self.weekly, "2026-12-14 11:00:00", 100)
            self.env.invalidate_all()
            summary, line, _words = self._get_stories(self.weekly)
            self.assertEqual(line["cell"]["value"], "2026-12-21")
            self.assertIn("expected around Dec 21", summary)

    def test_nobody_waits_for_a_lapsed_customer(self):
        with freeze_time("2027-06-01 12:00:00"):
            self._refresh()
            summary, line, words = self._get_stories(self.weekly)
        self.assertEqual(line["cell"]["value"], "2026-11-16")
        self.assertEqual(line["label"], "last order; hardly to be expected any more")
        self.assertIn("hardly to be expected any more", summary)
        self.assertNotIn("expected on the next day", " ".join(words))

    def test_a_customer_that_is_not_compared_has_a_last_order_only(self):
        person = self._create_customer("Ida", self.seller, is_company=False)
        self._order_every(person, 7, "2026-11-16", (100,))
        self._refresh()
        summary, line, words = self._get_stories(person)
        self.assertEqual(line["label"], "last order")
        self.assertEqual(words, [])
        self.assertTrue(summary.endswith("The last order was 5 days ago."))

    def test_what_one_may_not_read_is_in_no_sentence_beside_what_one_may(self):
        self.env["sale.order"].search([("partner_id", "=", self.baker.id)]).write(
            {"user_id": self.colleague.id}
        )
        # of the buyer's order alone; the company sold 30.00 after 100.00
        tiles = self._tiles(user=self.seller)
        self.assertIn(
            f"Nothing ordered this month, 100{SPACE}€ by now last month.",
            self._get_words(tiles[TREND])[0],
        )
        self.assertIn(ALL_ORDERS, self._get_words(tiles[NEXT_ORDER]))
        tiles = self._tiles()
        self.assertIn("70% behind", self._get_words(tiles[TREND])[0])
        self.assertNotIn(ALL_ORDERS, str(tiles))

    def test_summary_and_arrow_point_the_same_way(self):
        # 100.00 by the 21st of October
        for amount, direction, words in (
            (69.98, "level", "is level with the same days"),
            (1.02, "up", "is 1% ahead of the same days"),
        ):
            self._create_order(self.baker, "2026-11-20", amount)
            tile = self._tiles()[TREND]
            line = self._get_block(tile, "figure")["figures"][1]
            self.assertEqual(line["direction"], direction)
            self.assertIn(words, self._get_words(tile)[0])
