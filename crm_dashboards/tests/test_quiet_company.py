# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..nightly.columns import ORDER_STATES
from ..nightly.preview import preview_figure
from .search_view import open_report
from .workbook_common import WorkbookCase

CODE = "missing_orders"
EVERYONE = {"account_manager": "all"}


@tagged("post_install", "-at_install")
class TestQuietCompany(WorkbookCase):
    """Nobody orders since 4 November: that is no silence of a customer.

    *Weekly* ordered twice each Wednesday since 1 July, *Silent* every second one, the
    last time on 21 October, 31 days ago. By what was ordered per active customer in the
    week and the 91 days before, each day counts

    - from 22 to 28 October in full: 1.5 in the week; in the quarter 2 and 2 of one
      customer, then 11 of two and 3 of *Silent*: 18, not more than 13 times as much
    - from 29 October to 4 November 13 / 17, until 11 November 13 / 16
    - a tenth since then

    which makes 7 + 7 * 13 / 17 + 7 * 13 / 16 + 10 / 10 = 19.04 of the 31 days. An alert
    takes intervals of (14 ** 5 * 10.5 ** 2) ** (1 / 7) = 12.9 days, and two of them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.silent = cls._create_customer("Silent", cls.seller)
        cls.weekly = cls._create_customer("Weekly", cls.colleague)
        cls._create_rhythm(cls.silent, "2026-10-21", 100)
        cls._order_each_week(date(2026, 7, 1), date(2026, 11, 4))
        cls._refresh()

    @classmethod
    def _order_each_week(cls, first, last):
        weeks = range((last - first).days // 7 + 1)
        days = [str(first + timedelta(weeks=week)) for week in weeks]
        cls._create_orders([(cls.weekly, day, 10) for day in days for _order in "ab"])

    def _get_names(self, *facets):
        report = open_report(self._as(self.manager), CODE)
        report.defaults = dict.fromkeys(facets, 1)
        return set(report.search().partner_id.mapped("name"))

    def test_nobody_is_missing(self):
        metrics = self._get_metric(self.silent) + self._get_metric(self.weekly)
        self.assertEqual(metrics.mapped("order_state"), ["quiet", "quiet"])
        self.assertEqual(metrics.mapped("is_missing"), [False, False])
        self.assertEqual(metrics.mapped("is_overdue"), [True, True])
        tile = self._get_tile(CODE)
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(
            tile["message"],
            "No order is missing. Late only while the whole company is quiet: 2.",
        )
        self.assertEqual(
            self._get_tile(CODE, user=self.seller)["message"],
            "No order is missing. Late only while the whole company is quiet: 1. "
            "Only your customers are shown.",
        )

    def test_reason_counts_as_the_clock_does(self):
        metric = self._get_metric(self.silent)
        self.assertEqual(metric.quiet_days, 12)  # 31 - 19.04
        self.assertEqual(
            metric.missing_reason,
            "Usually every 14 days, now 31 · on 12 of these days the whole company was "
            "quiet · 5 of 5 gaps were shorter",
        )

    def test_customer_s_page_tells_quiet_days(self):
        tile = self._as(self.manager)["crm.dashboard.tile"].get_tiles(
            "customer",
            ["customer_next_order"],
            {"customer_id": self.silent.id},
        )["customer_next_order"]
        words = self._get_words(tile)[0]
        self.assertIn("the last was 31 days ago.", words)
        self.assertIn("On 12 of these days the whole company was quiet.", words)

    def test_facet_holds_who_is_late_only_so(self):
        self.assertEqual(self._get_names("overdue", "missing"), set())
        self.assertEqual(self._get_names("quiet"), {"Silent", "Weekly"})
        self.assertEqual(self._get_names("overdue"), {"Silent", "Weekly"})

    def test_an_order_since_the_night_takes_it_out_at_once(self):
        with freeze_time("2026-11-21 13:00:00"):
            self._create_order(self.silent, "2026-11-21 12:30:00", 5)
            self.assertEqual(self._get_names("quiet"), {"Weekly"})

    def test_late_when_enough_days_have_counted(self):
        # busy again from the 25th on: of the days until the 9th of December
        # 12 in full, so that 19.04 + .4 + 12 are more than 25.8
        self._order_each_week(date(2026, 11, 25), date(2026, 12, 9))
        with freeze_time("2026-12-12 12:00:00"):
            self._refresh()
            self.assertEqual(self._get_metric(self.silent).order_state, "missing")
            self.assertEqual(self._get_names("quiet"), set())
            self.assertEqual(self._get_names("overdue", "missing"), {"Silent"})

    def test_one_customer_s_refresh_is_the_night_s(self):
        stored = self._get_metric(self.silent)
        before = stored.read(["order_state", "quiet_days", "churn_probability"])
        refresh = self.env["crm.metric.refresh"]
        self.assertTrue(refresh._refresh_customer(self.company, self.silent))
        stored.invalidate_recordset()
        self.assertEqual(
            stored.read(["order_state", "quiet_days", "churn_probability"]), before
        )

    def test_preview_goes_by_the_clock(self):
        states = preview_figure(
            self.company.sudo(), "order_state", fields.Datetime.now(), kappa=3.0
        )
        names = states.map(lambda code: ORDER_STATES[int(code) - 1])
        self.assertEqual(
            names.loc[self.silent.id].to_dict(), {"now": "quiet", "then": "overdue"}
        )

    def test_individuals_do_not_make_the_company_busy(self):
        shopper = self._create_customer("Shopper", is_company=False)
        self._create_orders(
            [(shopper, f"2026-11-{day:02}", 5) for day in range(5, 22)] * 3
        )
        self._refresh()
        self.assertEqual(self._get_metric(self.silent).quiet_days, 12)
