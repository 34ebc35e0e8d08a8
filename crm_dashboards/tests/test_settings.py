# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

import psycopg2.errors

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NOW, DashboardCase


@tagged("post_install", "-at_install")
class TestSettings(DashboardCase):
    """Five customers of one order of 100 euros, 20, 40, 60, 80 and 100 days ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_user(
            "admin", "base.group_system,sales_team.group_sale_manager"
        )
        for day in ("11-01", "10-12", "09-22", "09-02", "08-13"):
            customer = cls._create_customer(f"Since {day}")
            cls._create_order(customer, f"2026-{day}", 100)

    def _open(self):
        return Form(self._as(self.admin)["res.config.settings"])

    def _get_summary(self):
        return self._open().crm_refresh_summary

    # ------------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------------

    def test_preview_counts_who_would_change_segment(self):
        settings = self._open()
        self.assertFalse(settings.crm_rfm_preview)
        # ranks give each of the five a score of its own, 5 to 1: new, promising, about
        # to sleep and twice hibernating; up to 30, 60, 120 days: new, twice promising
        # and twice about to sleep
        settings.crm_rfm_method = "cutoffs"
        self.assertEqual(
            settings.crm_rfm_preview, "Customers who would change segment: 3"
        )
        # and up to 25, 45, 65, 85 days the same as by ranks
        settings.crm_rfm_recency_cutoffs = "25, 45, 65, 85"
        self.assertEqual(
            settings.crm_rfm_preview, "Customers who would change segment: 0"
        )
        settings.crm_rfm_recency_cutoffs = "30, 60, 120, 240"
        settings.crm_rfm_method = "ranks"
        self.assertFalse(settings.crm_rfm_preview)

    def test_preview_counts_who_would_be_let_in(self):
        individual = self._create_customer("Individual", is_company=False)
        self._create_order(individual, "2026-11-20", 1)
        settings = self._open()
        settings.crm_include_individuals = True
        # the newest of six now: each rank of the others falls by one of six
        count = int(settings.crm_rfm_preview.split()[-1])
        self.assertGreaterEqual(count, 1)
        settings.save()
        self.assertTrue(self.company.crm_include_individuals)
        self._refresh()
        self.assertTrue(self._get_metric(individual).segment)

    def test_preview_counts_orders_that_would_be_missing(self):
        self._keep_busy(since="2026-08-12")
        customer = self._create_customer("Every ten days")
        # silent for 20 days, twice its interval
        self._create_orders(
            [
                (customer, day, 100)
                for day in ("2026-10-02", "2026-10-12", "2026-10-22", "2026-11-01")
            ]
        )
        settings = self._open()
        self.assertFalse(settings.crm_missing_preview)
        settings.crm_missing_sensitivity = "sure"
        self.assertEqual(
            settings.crm_missing_preview,
            "Orders that would become missing: 0, no longer be: 1",
        )
        settings.save()
        settings = self._open()
        settings.crm_missing_sensitivity = "early"
        self.assertEqual(
            settings.crm_missing_preview,
            "Orders that would become missing: 1, no longer be: 0",
        )
        settings.crm_missing_min_orders = 5  # one more than it has
        self.assertEqual(
            settings.crm_missing_preview,
            "Orders that would become missing: 0, no longer be: 0",
        )

    def test_preview_counts_who_would_change_trend(self):
        customer = self._create_customer("Five per cent more")
        self._create_orders(
            [(customer, "2025-05-02", 100), (customer, "2026-05-02", 105)]
        )
        settings = self._open()
        self.assertFalse(settings.crm_trend_preview)
        settings.crm_trend_band = 0.04  # static now, growing then
        self.assertEqual(
            settings.crm_trend_preview, "Customers who would change trend: 1"
        )
        settings.crm_trend_band = 0.06
        self.assertEqual(
            settings.crm_trend_preview, "Customers who would change trend: 0"
        )

    def test_preview_counts_who_would_need_engagement(self):
        self._refresh()
        customer = self.env["res.partner"].search([("name", "=", "Since 11-01")])
        customer.with_user(self.manager).message_post(
            body="Called",
            message_type="notification",
            subtype_xmlid="mail.mt_activities",
            mail_activity_type_id=self.env.ref("mail.mail_activity_data_call").id,
            date="2026-11-11 12:00:00",
        )
        settings = self._open()
        self.assertFalse(settings.crm_engagement_preview)
        settings.crm_engagement_days = 5
        self.assertEqual(
            settings.crm_engagement_preview,
            "Customers who would need engagement: 5 instead of 4",
        )

    def test_numbers_that_cannot_be_saved_are_refused_on_saving_not_on_typing(self):
        settings = self._open()
        settings.crm_missing_min_orders = 0
        settings.crm_missing_lapsed_days = -1
        settings.crm_trend_band = -3
        settings.crm_rfm_window_months = 0
        settings.crm_engagement_days = -5
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.env.cr.savepoint(),
        ):
            settings.save()

    def test_preview_stores_nothing(self):
        self._refresh()
        settings = self._open()
        settings.crm_rfm_method = "cutoffs"
        self.assertTrue(settings.crm_rfm_preview)
        self.assertEqual(self.company.crm_rfm_method, "ranks")
        oldest = self.env["res.partner"].search([("name", "=", "Since 08-13")])
        self.assertEqual(self._get_metric(oldest).segment, "hibernating")

    def test_saved_settings_are_used_by_the_next_run(self):
        settings = self._open()
        settings.crm_rfm_method = "cutoffs"
        settings.crm_figures_tz = "Europe/Brussels"
        settings.save()
        self.assertEqual(self.company.crm_rfm_method, "cutoffs")
        self.assertEqual(self.company.crm_figures_tz, "Europe/Brussels")
        self.assertEqual(self.sister.crm_rfm_method, "ranks")
        self._refresh()
        oldest = self.env["res.partner"].search([("name", "=", "Since 08-13")])
        self.assertEqual(self._get_metric(oldest).segment, "about_to_sleep")

    # ------------------------------------------------------------------
    # What is refused
    # ------------------------------------------------------------------

    def test_unreadable_cutoffs_are_told_in_the_user_s_words(self):
        for text in (
            "",
            "30",
            "30, 60, 120",
            "1, 2, 3, 4, 5",
            "4, 3, 2, 1",
            "a, b, c, d",
        ):
            settings = self._open()
            settings.crm_rfm_method = "cutoffs"
            settings.crm_rfm_recency_cutoffs = text
            with self.subTest(text=text):
                message = settings.crm_rfm_preview
                self.assertIn("Recency Cut-offs", message)
                self.assertIn(f"“{text}”", message)
                self.assertIn("four ascending numbers", message)
                with self.assertRaises(ValidationError) as error:
                    settings.save()
                self.assertEqual(str(error.exception), message)
        self.assertEqual(self.company.crm_rfm_recency_cutoffs, "30, 60, 120, 240")

    def test_cutoffs_of_other_scores_are_checked_too(self):
        for fname, label in (
            ("crm_rfm_frequency_cutoffs", "Frequency Cut-offs"),
            ("crm_rfm_monetary_cutoffs", "Monetary Cut-offs"),
        ):
            with self.assertRaises(ValidationError) as error:
                self.company[fname] = "1, 1, 2, 3"
            self.assertIn(label, str(error.exception))

    def test_cutoffs_are_read_as_people_write_them(self):
        self.company.crm_rfm_monetary_cutoffs = "0.5; 1.25;3 ; 1000"
        cutoffs = self.company._get_cutoffs("cutoffs")
        self.assertEqual(cutoffs.value_cents, (50, 125, 300, 100000))
        self.assertIsNone(self.company._get_cutoffs("ranks"))

    def test_cutoffs_that_are_no_numbers_are_refused(self):
        for text in ("nan, 1, 2, 3", "1, 2, 3, inf", "-inf, 1, 2, 3", "1, 2, nan, 4"):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self.company.crm_rfm_monetary_cutoffs = text

    def test_window_of_no_months_is_refused(self):
        for months in (0, -1, 121):
            with (
                self.subTest(months=months),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.company.crm_rfm_window_months = months
                self.company.flush_recordset()

    # ------------------------------------------------------------------
    # Nightly job
    # ------------------------------------------------------------------

    def test_run_now_makes_the_figures_of_the_current_company(self):
        self.assertEqual(self._get_summary(), "Not run yet.")
        settings = self._as(self.admin)["res.config.settings"].create({})
        action = settings.action_refresh_figures()
        self.assertEqual(action["tag"], "reload")
        refresh = self.env["crm.metric.refresh"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(refresh.as_of, fields.Datetime.to_datetime(NOW))
        summary = self._get_summary()
        self.assertIn(f"{refresh.customer_count} customers in", summary)
        self.assertIn(f"{refresh.changed_count} changed", summary)

    def test_run_now_while_the_job_runs(self):
        settings = self._as(self.admin)["res.config.settings"].create({})
        job = type(self.env["crm.metric.refresh"])
        with patch.object(job, "_try_lock", lambda self, company: False):
            with self.assertRaises(UserError) as error:
                settings.action_refresh_figures()
        self.assertIn("being made right now", str(error.exception))

    def test_run_now_is_not_for_salespeople(self):
        settings = self._as(self.seller)["res.config.settings"]
        with self.assertRaises(AccessError):
            settings.action_refresh_figures()

    def test_summary_tells_of_what_is_left_out_or_went_wrong(self):
        individual = self._create_customer("Individual", is_company=False)
        self._create_order(individual, "2026-11-20", 1)
        self.env["res.currency.rate"].search(
            [("currency_id", "=", self.dollar.id)]
        ).unlink()
        self._create_order(individual, "2026-11-20", 1, self.dollar)
        self._refresh()
        summary = self._get_summary()
        self.assertIn("Left out: 1 individual.", summary)
        self.assertIn("1 order in another currency has no rate to trust", summary)
        self.assertNotIn("failed", summary)
        self.env["crm.metric.refresh"]._store_error(self.company, ValueError("Oh no"))
        self.assertIn("The last attempt failed: Oh no", self._get_summary())
