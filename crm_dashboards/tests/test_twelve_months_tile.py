# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from .common import DashboardCase


@tagged("post_install", "-at_install")
class TestTwelveMonthsTile(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Customer", cls.manager)

    def _order(self, *rows, **values):
        return self._create_orders(
            [(self.customer, date, amount) for date, amount in rows], **values
        )

    def _get_points(self, **viewer):
        tile = self._get_tile("twelve_months", **viewer)
        return self._get_block(tile, "chart")["points"]

    def _get_values(self, **viewer):
        """Return {month: value} of the months with orders."""
        return {
            point["key"][:7]: point["value"]
            for point in self._get_points(**viewer)
            if point["value"]
        }

    def test_twelve_months_end_with_the_current_one(self):
        self._order(
            ("2025-11-30 23:59:59", 1000),  # 13 months ago
            ("2025-12-01 00:00:00", 1),
            ("2025-12-31 23:59:59", 2),
            ("2026-06-15", 30),
            ("2026-06-16", 5),
            ("2026-10-31 23:59:59", 100),
            ("2026-11-01 00:00:00", 200),
        )
        points = self._get_points()
        self.assertEqual(
            [(point["label"], point["value"]) for point in points],
            [
                ("Dec", 3),
                ("Jan", 0),
                ("Feb", 0),
                ("Mar", 0),
                ("Apr", 0),
                ("May", 0),
                ("Jun", 35),
                ("Jul", 0),
                ("Aug", 0),
                ("Sep", 0),
                ("Oct", 100),
                ("Nov", 200),
            ],
        )
        self.assertEqual(
            [point["unfinished"] for point in points], [False] * 11 + [True]
        )
        self.assertEqual(points[0]["title"], "December 2025")
        self.assertEqual(points[0]["drill"], {"key": "month", "value": "2025-12-01"})
        tile = self._get_tile("twelve_months")
        chart = self._get_block(tile, "chart")
        self.assertEqual((chart["kind"], chart["unit"]), ("bar", "money"))
        self.assertEqual(chart["currency_id"], self.euro.id)
        note = self._get_block(tile, "note")["text"]
        self.assertIn("338", note)

    def test_the_year_before_stands_behind(self):
        self._order(
            ("2024-11-30 23:59:59", 5000),  # 25 months ago
            ("2024-12-01 00:00:00", 4),
            ("2025-11-21", 30),
            ("2025-11-30 23:59:59", 10),  # after the same days: months are whole
            ("2026-11-21", 7),
            ("2026-11-22", 900),  # dated later
        )
        chart = self._get_block(self._get_tile("twelve_months"), "chart")
        self.assertEqual(chart["series"], ["this year", "a year before"])
        self.assertEqual(
            {
                point["key"]: (point["value"], point["previous"])
                for point in chart["points"]
                if point["value"] or point["previous"]
            },
            {"2025-12-01": (0, 4), "2026-11-01": (7, 40)},
        )
        note = self._get_block(self._get_tile("twelve_months"), "note")["text"]
        self.assertEqual(note, "7\N{NO-BREAK SPACE}€ in 12 months")

    def test_a_month_more_takes_no_query_more(self):
        self._order(("2026-11-21", 7), ("2025-11-21", 7))
        self._check_query_count("twelve_months", 10)

    def test_empty_without_orders_in_twelve_months(self):
        self._order(("2025-11-30", 1000), ("2026-11-01", 7))
        self.env["sale.order"].search([("amount_untaxed", "=", 7)])._action_cancel()
        tile = self._get_tile("twelve_months")
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(tile["message"], "No orders in the last 12 months.")

    def test_month_below_zero_is_below_zero(self):
        self._order(("2026-10-01", 100), ("2026-10-02", -130), ("2026-09-01", 0))
        self.assertEqual(self._get_values(), {"2026-10": -30})

    def test_months_that_cancel_out_are_shown(self):
        self._order(("2026-10-01", 100), ("2026-09-02", -100))
        self.assertEqual(self._get_values(), {"2026-09": -100, "2026-10": 100})

    def test_last_day_of_a_long_month(self):
        with freeze_time("2027-03-31 12:00:00"):
            self._order(("2026-04-01", 1), ("2027-02-28", 2), ("2027-03-31", 3))
            self._order(("2026-03-31", 1000))
            points = self._get_points()
        self.assertEqual(
            {point["key"]: point["value"] for point in points if point["value"]},
            {"2026-04-01": 1, "2027-02-01": 2, "2027-03-01": 3},
        )
        self.assertEqual(len(points), 12)

    def test_29_february(self):
        with freeze_time("2028-02-29 12:00:00"):
            self._order(("2028-02-29", 3), ("2027-03-01", 2), ("2027-02-28", 1000))
            self.assertEqual(self._get_values(), {"2027-03": 2, "2028-02": 3})

    def test_months_are_the_viewer_s(self):
        self._order(("2026-10-31 23:30:00", 10), ("2026-05-01 02:00:00", 7))
        for tz, expected in (
            ("UTC", {"2026-10": 10, "2026-05": 7}),
            ("Europe/Brussels", {"2026-11": 10, "2026-05": 7}),
            ("America/New_York", {"2026-10": 10, "2026-04": 7}),
        ):
            with self.subTest(tz=tz):
                self.manager.tz = tz
                self.assertEqual(self._get_values(), expected)

    def test_other_currency_and_company(self):
        self._create_rate("2026-01-01", 1.25)
        self._create_order(self.customer, "2026-10-05", 100, self.dollar)
        self._order(("2026-10-05", 7), company=self.sister)
        self.manager.company_ids += self.sister
        self.assertEqual(self._get_values(), {"2026-10": 80})
        self.assertEqual(self._get_values(companies=self.sister), {"2026-10": 7})

    def test_scope_keeps_an_account_manager_s_customers(self):
        other = self._create_customer("Other", self.seller)
        self._order(("2026-10-05", 1))
        self._create_order(other, "2026-09-05", 10)
        nobodys = self._create_customer("Nobody's")
        self._create_order(nobodys, "2026-08-05", 100)
        for account_manager, expected in (
            ("all", {"2026-10": 1, "2026-09": 10, "2026-08": 100}),
            ("me", {"2026-10": 1}),
            ("none", {"2026-08": 100}),
            (self.seller.id, {"2026-09": 10}),
        ):
            scope = {"account_manager": account_manager}
            self.assertEqual(self._get_values(scope=scope), expected)
