# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DashboardCase
from .due_common import DueMixin

JOB = "odoo.addons.crm_dashboards.models.crm_metric_refresh"
MONTH_END = "odoo.addons.crm_dashboards.nightly.month_end"


@tagged("post_install", "-at_install")
class TestMonthEnd(DueMixin, DashboardCase):
    """The end of October, as nights of November see it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = cls._create_books(cls.company)
        cls.azure = cls._create_customer("Azure", cls.seller)
        cls.others = [cls._create_customer(f"Other {number}") for number in range(5)]
        cls._create_orders(
            [
                (cls.azure, "2025-10-31", 4000),  # a day too long ago
                (cls.azure, "2025-11-01", 200),
                (cls.azure, "2026-10-01", 30),
                (cls.azure, "2026-10-31", 7),
                (cls.azure, "2026-11-01", 1000),  # after the month
                *(
                    (other, f"2026-0{place + 2}-10", 50)
                    for place, other in enumerate(cls.others)
                ),
            ]
        )

    def _run_night(self, day, company=None):
        with freeze_time(f"{day} 02:00:00"):
            self._refresh(company)
        self.env.invalidate_all()

    def _get_end(self, day="2026-10-31", company=None):
        return self.env["crm.month.end"].search(
            [
                ("company_id", "=", (company or self.company).id),
                ("date", "=", day),
            ]
        )

    def _get_line(self, customer=None, day="2026-10-31"):
        customer = customer or self.azure
        lines = self._get_end(day).line_ids
        return lines.filtered(lambda line: line.partner_id == customer)

    def _invoice(self, day, due, amount, **values):
        return self._create_invoice(self.books, self.azure, day, due, amount, **values)

    # ------------------------------------------------------------------
    # What is recorded
    # ------------------------------------------------------------------

    def test_orders_and_turnover_of_the_month_and_the_year(self):
        for day, amount in (
            ("2025-10-31", 5000),
            ("2025-11-01", 100),
            ("2026-10-01", 20),
            ("2026-10-31", 3),
            ("2026-11-01", 9000),
        ):
            self._invoice(day, day, amount)
        self._invoice("2026-10-15", "2026-10-15", 1, move_type="out_refund")
        self._run_night("2026-11-02")
        line = self._get_line()
        self.assertEqual((line.order_value_month, line.order_value_year), (37, 237))
        self.assertEqual((line.turnover_month, line.turnover_year), (22, 122))
        self.assertEqual(line.currency_id, self.euro)

    def test_figures_are_those_of_the_last_day(self):
        with freeze_time("2026-10-31 23:00:00"):
            self._refresh()
        metric = self._get_metric(self.azure)
        figures = (metric.segment, metric.trend)
        with freeze_time("2026-10-31 23:00:00"):
            projected = metric.projected_month_value
        self.assertTrue(all(figures) and projected)
        self._run_night("2026-11-05")
        self.env.invalidate_all()
        line = self._get_line()
        self.assertEqual((line.segment, line.trend), figures)
        self.assertEqual(line.projected_value, projected)
        self.assertNotEqual(self._get_metric(self.azure).segment, False)

    def test_who_has_a_segment_is_recorded_without_orders_in_a_year(self):
        """Or else nobody could tell how many customers were asleep."""
        asleep = self._create_customer("Asleep")
        self._create_order(asleep, "2025-09-01", 10)
        individual = self._create_customer("Individual", is_company=False)
        self._create_order(individual, "2025-09-01", 10)  # not compared: no segment
        self._run_night("2026-11-05")
        line = self._get_line(asleep)
        self.assertTrue(line.segment)
        self.assertFalse(line.order_value_year)
        self.assertFalse(self._get_line(individual))

    def test_due_is_what_was_open_when_the_month_ended(self):
        old = self._invoice("2026-06-01", "2026-07-01", 1000)  # 122 days
        late = self._invoice("2026-09-01", "2026-10-01", 500)  # 30 days
        self._invoice("2026-08-01", "2026-09-30", 250)  # 31 days
        self._invoice("2026-08-01", "2026-08-31", 120)  # 61 days
        self._invoice("2026-10-20", "2026-10-31", 60)  # due that day
        self._invoice("2026-10-31", "2026-11-30", 30)
        self._invoice("2026-11-01", "2026-11-01", 7)  # of the next month
        self._create_payment(self.books, self.azure, "2026-10-31", 1000, old)
        self._create_payment(self.books, self.azure, "2026-11-02", 500, late)
        self._create_payment(self.books, self.azure, "2026-10-15", 4)  # against nothing
        self._run_night("2026-11-05")
        line = self._get_line()
        self.assertEqual(
            {
                "all": line.due_amount,
                "30": line.overdue_30_amount,
                "60": line.overdue_60_amount,
                "90": line.overdue_90_amount,
                "older": line.overdue_older_amount,
                "credit": line.credit_amount,
            },
            {
                "all": 500 + 250 + 120 + 60 + 30 - 4,
                "30": 500,
                "60": 250,
                "90": 120,
                "older": 0,
                "credit": -4,
            },
        )

    def test_part_of_an_invoice_that_was_paid(self):
        invoice = self._invoice("2026-10-01", "2026-10-31", 100)
        self._create_payment(self.books, self.azure, "2026-10-20", 30, invoice)
        self._create_payment(self.books, self.azure, "2026-11-01", 20, invoice)
        self._run_night("2026-11-02")
        self.assertEqual(self._get_line().due_amount, 70)
        self._run_night("2026-12-02")
        self.assertEqual(self._get_line(day="2026-11-30").due_amount, 50)

    def test_where_due_amounts_are_off_none_are_recorded(self):
        self._invoice("2026-10-01", "2026-10-31", 100)
        self.company.crm_due_amounts = False
        self._run_night("2026-11-02")
        self.assertEqual(self._get_line().turnover_month, 100)
        self.assertEqual(self._get_line().due_amount, 0)

    def test_customer_with_nothing_but_a_debt_is_recorded(self):
        nobody = self._create_customer("Debtor")
        gone = self._create_customer("Gone")
        for customer in (nobody, gone):
            invoice = self._create_invoice(
                self.books, customer, "2024-01-01", "2024-01-01", 9
            )
        self._create_payment(self.books, gone, "2024-01-02", 9, invoice)
        self._run_night("2026-11-02")
        self.assertEqual(self._get_line(nobody).overdue_older_amount, 9)
        self.assertFalse(self._get_line(gone))
        self.assertFalse(self._get_line(self._create_customer("Never")))

    def test_account_manager_is_that_of_the_last_day(self):
        self._run_night("2026-10-20")
        self.azure.user_id = self.colleague
        self._run_night("2026-10-31")
        self.azure.user_id = self.manager
        self._run_night("2026-11-01")
        self.assertEqual(self._get_line().user_id, self.colleague)

    def test_account_manager_of_the_first_night_is_the_nearest_known(self):
        self._run_night("2026-11-01")
        self.azure.user_id = self.colleague
        self._run_night("2026-11-02")
        self.assertEqual(self._get_line().user_id, self.seller)
        self.assertFalse(self._get_line(self.others[0]).user_id)

    def test_settings_are_recorded(self):
        self.company.crm_rfm_window_months = 18
        self._run_night("2026-11-02")
        end = self._get_end()
        self.assertEqual(end.settings["window_months"], 18)
        self.assertEqual(end.settings["zone"], "UTC")
        self.assertEqual(str(end.as_of), "2026-11-02 02:00:00")
        self.assertEqual(end.currency_id, self.euro)

    # ------------------------------------------------------------------
    # Until it is closed
    # ------------------------------------------------------------------

    def test_month_is_made_anew_until_the_seventh_day(self):
        self._run_night("2026-11-01")
        self.assertEqual(self._get_line().order_value_month, 37)
        self._create_order(self.azure, "2026-10-30", 100)
        self._run_night("2026-11-07")
        self.assertEqual(self._get_line().order_value_month, 137)
        lines = self._get_end().line_ids
        self._create_order(self.azure, "2026-10-30", 2000)
        self._run_night("2026-11-08")
        self.assertEqual(self._get_line().order_value_month, 137)
        self.assertEqual(self._get_end().line_ids, lines)
        self._run_night("2026-12-01")
        self.assertEqual(self._get_end().line_ids, lines)
        self.assertEqual(self._get_line(day="2026-11-30").order_value_month, 1000)

    def test_month_before_all_nights_is_left_out(self):
        self._run_night("2026-11-08")
        self._run_night("2026-11-20")
        self.assertFalse(self._get_end())

    def test_month_that_no_night_saw_the_end_of_is_recorded_later(self):
        self._run_night("2026-10-31")
        self._run_night("2026-11-20")
        self.assertEqual(self._get_line().order_value_month, 37)
        self._create_order(self.azure, "2026-10-30", 2000)
        self._run_night("2026-11-21")
        self.assertEqual(self._get_line().order_value_month, 37)

    def test_each_company_has_its_own(self):
        self.sister.currency_id = self.dollar
        self._create_order(self.azure, "2026-10-10", 5, company=self.sister)
        self._run_night("2026-11-02")
        self._run_night("2026-11-02", self.sister)
        end = self._get_end(company=self.sister)
        self.assertEqual(end.currency_id, self.dollar)
        self.assertEqual(end.line_ids.partner_id, self.azure)
        self.assertEqual(end.line_ids.order_value_month, 5)
        self.assertEqual(self._get_line().order_value_month, 37)

    def test_refresh_of_one_customer_records_nothing(self):
        with freeze_time("2026-11-02 12:00:00"):
            self.env["crm.metric.refresh"]._refresh_customer(self.company, self.azure)
        self.assertFalse(self._get_end())
        self.assertFalse(
            self.env["crm.account.manager.change"].search(
                [("partner_id", "=", self.azure.id)]
            )
        )

    def test_failed_night_leaves_the_month_as_it_was(self):
        self._run_night("2026-11-01")
        lines = self._get_end().line_ids
        self.assertTrue(lines)
        self._create_order(self.azure, "2026-10-30", 100)
        with (
            freeze_time("2026-11-02 02:00:00"),
            patch(f"{MONTH_END}._insert_lines", side_effect=ZeroDivisionError("no")),
            mute_logger(JOB),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(
                "crm_dashboards.ir_cron_refresh_metrics"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self._get_end().line_ids, lines)
        self.assertEqual(self._get_line().order_value_month, 37)
        self.assertEqual(self._get_end().as_of.date(), date(2026, 11, 1))
