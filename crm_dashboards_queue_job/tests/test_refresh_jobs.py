# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import nullcontext, suppress
from unittest.mock import patch

from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.controllers.main import RunJobController
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job
from odoo.addons.queue_job.tests.common import trap_jobs


@tagged("post_install", "-at_install")
class TestRefreshJobs(TransactionCase):
    def setUp(self):
        super().setUp()
        self.refresh = self.env["crm.metric.refresh"]

    def _runner(self, there):
        return patch.object(type(self.refresh), "_has_job_runner", return_value=there)

    def test_cron_enqueues_one_job_a_company(self):
        other = self.env["res.company"].create({"name": "Second"})
        with self._runner(True), trap_jobs() as trap:
            self.refresh._cron_refresh_metrics()
            companies = self.env["res.company"].search([])
            trap.assert_jobs_count(len(companies))
            trap.assert_enqueued_job(
                self.refresh._get_refresh(other)._run_refresh_job,
                args=(other.id,),
                properties={"identity_key": f"crm_dashboards_refresh_{other.id}"},
            )

    def test_without_a_runner_the_figures_are_made_at_once(self):
        cron = type(self.env["ir.cron"])
        with (
            self._runner(False),
            patch.object(cron, "_commit_progress", return_value=60),
            trap_jobs() as trap,
        ):
            self.refresh._cron_refresh_metrics()
            trap.assert_jobs_count(0)
        made = self.refresh.search([("company_id", "=", self.env.company.id)])
        self.assertTrue(made.as_of)

    def test_job_makes_the_figures(self):
        self.refresh._run_refresh_job(self.env.company.id)
        made = self.refresh.search([("company_id", "=", self.env.company.id)])
        self.assertTrue(made.as_of)

    def test_job_is_tried_again_while_figures_are_made(self):
        with (
            patch.object(type(self.refresh), "_try_lock", return_value=False),
            self.assertRaises(RetryableJobError),
        ):
            self.refresh._run_refresh_job(self.env.company.id)

    def _enqueue(self):
        """Return the refresh of the company, and its job in the queue."""
        with self._runner(True):
            self.refresh._cron_refresh_metrics()
        refresh = self.refresh._get_refresh(self.env.company)
        (record,) = self._find_jobs(refresh)
        return refresh, Job.load(self.env, record.uuid)

    def _find_jobs(self, refresh):
        return self.env["queue.job"].search(
            [("identity_key", "=", refresh._get_job_key())]
        )

    @freeze_time("2026-11-21 12:00:00")
    def test_failed_job_is_noted_as_a_failed_night_is(self):
        refresh, job = self._enqueue()
        refresh.write({"error": False, "attempted_at": "2026-11-20 12:00:00"})
        broken = ValueError("an amount is broken")
        with (
            patch.object(type(refresh), "_refresh_company", side_effect=broken),
            patch.object(Job, "in_temporary_env", lambda job: nullcontext()),
            mute_logger("odoo.addons.queue_job.controllers.main"),
            suppress(ValueError),  # assertRaises would roll back what was noted
        ):
            RunJobController._runjob(self.env, job)
        self.assertEqual(refresh.error, "an amount is broken")
        self.assertEqual(str(refresh.attempted_at), "2026-11-21 12:00:00")

    def test_failure_of_a_deleted_company_is_no_error(self):
        refresh, job = self._enqueue()
        refresh.unlink()
        job.on_fail({"exc_name": "ValueError", "exc_message": "", "exc_info": ""})

    def test_company_whose_job_waits_or_runs_gets_no_second_one(self):
        refresh, job = self._enqueue()
        for state in ("pending", "enqueued", "started"):
            job.state = state
            job.store()
            self.env.flush_all()
            with self.subTest(state=state), self._runner(True):
                self.refresh._cron_refresh_metrics()
                self.assertEqual(len(self._find_jobs(refresh)), 1)
        job.set_done()
        job.store()
        with self._runner(True):
            self.refresh._cron_refresh_metrics()
        self.assertEqual(len(self._find_jobs(refresh)), 2)

    def test_deleted_company_is_no_error(self):
        company = self.env["res.company"].create({"name": "Gone"})
        gone = company.id
        company.unlink()
        self.assertIsNone(self.refresh._run_refresh_job(gone))
