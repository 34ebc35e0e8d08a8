# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pkgutil
import threading
from contextlib import ExitStack
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..hooks import post_init_hook
from .common import DashboardCase

ADDON = "odoo.addons.crm_dashboards"
JOB = f"{ADDON}.models.crm_metric_refresh"
STORE = f"{ADDON}.nightly.store.MetricStore.save"
BESIDE = {  # what is made while the night waits for the database
    "order_rows": "OrderHistory.from_columns",
    "night": "make_turnover",
    "figures": "make_columns",
    "backtests": "monthly_alert_backtests",
    "copy_rows": "_lay_out",
}


@tagged("post_install", "-at_install")
class TestNightlyJob(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("crm_dashboards.ir_cron_refresh_metrics")
        cls.job = cls.env["crm.metric.refresh"]
        cls.customer = cls._create_customer("Customer")
        cls._create_order(cls.customer, "2026-11-01", 100)
        cls._create_order(cls.customer, "2026-11-01", 5, company=cls.sister)
        # the database's other companies have had their turn, these two have not
        for company in cls.env["res.company"].search([]) - cls.company - cls.sister:
            cls._attempt(company, "2026-11-21 11:00:00")

    @classmethod
    def _attempt(cls, company, moment):
        cls.job._get_refresh(company).attempted_at = moment

    def _run(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def _get_refresh(self, company):
        return self.job.search([("company_id", "=", company.id)])

    def _run_and_watch(self, seconds_left=1000.0):
        """Run the job with so much time left, return the companies it came to."""
        seen = []
        with (
            patch.object(
                type(self.job),
                "_refresh_company_safely",
                lambda job, company: seen.append(company.id),
            ),
            patch.object(
                type(self.env["ir.cron"]),
                "_commit_progress",
                lambda *args, **kwargs: seconds_left,
            ),
        ):
            self.job._cron_refresh_metrics()
        return self.env["res.company"].browse(seen)

    def test_job_makes_every_company_s_figures(self):
        self._run()
        self.assertEqual(self._get_metric(self.customer).order_value, 100)
        self.assertEqual(self._get_metric(self.customer, self.sister).order_value, 5)
        for company in (self.company, self.sister):
            refresh = self._get_refresh(company)
            self.assertTrue(refresh.as_of)
            self.assertEqual(refresh.attempted_at, refresh.as_of)
            self.assertFalse(refresh.error)
            self.assertEqual(
                [name for name, _seconds in refresh.phase_times][:11],
                [
                    "engagements",
                    "figures",
                    "broken",
                    "backtest",
                    "assignment",
                    "account_managers",
                    "alerts",
                    "what_followed",
                    "campaigns",
                    "quotations",
                    "month_end",
                ],
            )

    def test_error_of_one_company_is_stored_and_the_next_goes_on(self):
        settings = type(self.job)._get_settings

        def fail(job, company, now):
            if company == self.company:
                job.env.cr.execute("SELECT 1 / 0")  # aborts the transaction, too
            return settings(job, company, now)

        with (
            patch.object(type(self.job), "_get_settings", fail),
            mute_logger(JOB, "odoo.sql_db"),
        ):
            self._run()
        refresh = self._get_refresh(self.company)
        self.assertIn("division by zero", refresh.error)
        self.assertTrue(refresh.attempted_at)
        self.assertFalse(refresh.as_of)
        self.assertFalse(self._get_metric(self.customer))
        self.assertEqual(self._get_metric(self.customer, self.sister).order_value, 5)
        self._run()
        self.assertFalse(self._get_refresh(self.company).error)
        self.assertEqual(self._get_metric(self.customer).order_value, 100)

    def test_failed_night_leaves_yesterday_s_figures(self):
        self._run()
        self._create_order(self.customer, "2026-11-02", 900)
        with (
            patch(STORE, side_effect=ZeroDivisionError("no")),
            mute_logger(JOB),
        ):
            self._run()
        self.assertEqual(self._get_metric(self.customer).order_value, 100)
        self.assertEqual(self._get_refresh(self.company).error, "no")
        self.assertTrue(self._get_refresh(self.company).as_of)

    def test_what_needs_no_database_is_made_beside(self):
        """No statement comes from there, and it is at an end with the night."""
        threads = {"SQL": set()}

        def watched(name, call):
            def run(*args, **kwargs):
                threads.setdefault(name, set()).add(threading.current_thread().name)
                return call(*args, **kwargs)

            return run

        with ExitStack() as stack:
            for module, name in BESIDE.items():
                target = f"{ADDON}.nightly.{module}.{name}"
                call = pkgutil.resolve_name(target)
                stack.enter_context(patch(target, watched(module, call)))
            execute = watched("SQL", Cursor.execute)
            stack.enter_context(patch.object(Cursor, "execute", execute))
            self._run()
        self.assertEqual(threads.pop("SQL"), {threading.current_thread().name})
        beside = {name.split("_")[0] for names in threads.values() for name in names}
        self.assertEqual((set(threads), beside), (set(BESIDE), {"crm-night"}))
        names = [thread.name for thread in threading.enumerate()]
        self.assertFalse([name for name in names if name.startswith("crm-night")])
        self.assertEqual(self._get_metric(self.customer).order_value, 100)

    def test_what_fails_beside_fails_the_night(self):
        self._run()
        self._create_order(self.customer, "2026-11-02", 900)
        failing = f"{ADDON}.nightly.figures.make_columns"
        with (
            patch(failing, side_effect=ZeroDivisionError("beside")),
            mute_logger(JOB),
        ):
            self._run()
        self.assertEqual(self._get_metric(self.customer).order_value, 100)
        self.assertEqual(self._get_refresh(self.company).error, "beside")

    def test_company_that_waited_longest_comes_first(self):
        self._attempt(self.company, "2026-11-20 01:00:00")
        self._attempt(self.sister, "2026-11-19 01:00:00")
        third = self._create_company("Third")  # never had figures
        self.cron.nextcall = "2026-11-21 01:15:00"
        self.assertEqual(
            self._run_and_watch().ids, [third.id, self.sister.id, self.company.id]
        )

    def test_break_for_time_goes_on_where_it_stopped(self):
        self._attempt(self.company, "2026-11-20 01:00:00")
        self._attempt(self.sister, "2026-11-19 01:00:00")
        self.cron.nextcall = "2026-11-21 01:15:00"
        self.assertEqual(self._run_and_watch(seconds_left=0), self.sister)
        self._attempt(self.sister, "2026-11-21 01:16:00")
        self.assertEqual(self._run_and_watch(seconds_left=0), self.company)
        self._attempt(self.company, "2026-11-21 01:17:00")
        self.assertFalse(self._run_and_watch(seconds_left=0))

    def test_run_by_hand_does_all_companies(self):
        self.cron.nextcall = "2026-11-22 01:15:00"
        self._attempt(self.company, "2026-11-21 11:59:00")
        self._attempt(self.sister, "2026-11-21 11:58:00")
        companies = self._run_and_watch(seconds_left=0)
        self.assertEqual(companies, self.env["res.company"].search([]))

    def test_first_figures_follow_the_installation_soon(self):
        triggers = self.env["ir.cron.trigger"]
        domain = [("cron_id", "=", self.cron.id)]
        triggers.search(domain).unlink()
        self.env.ref("base.user_admin").tz = "Europe/Brussels"
        self.env.user.tz = False
        post_init_hook(self.env)
        self.assertEqual(triggers.search_count(domain), 1)
        self.assertEqual(self.company.crm_figures_tz, "Europe/Brussels")
