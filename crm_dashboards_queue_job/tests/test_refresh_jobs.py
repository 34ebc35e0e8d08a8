# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.queue_job.exception import RetryableJobError
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
            trap.assert_jobs_count(len(companies), only=self.refresh._run_refresh_job)
            trap.assert_enqueued_job(
                self.refresh._run_refresh_job,
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

    def test_deleted_company_is_no_error(self):
        company = self.env["res.company"].create({"name": "Gone"})
        gone = company.id
        company.unlink()
        self.assertIsNone(self.refresh._run_refresh_job(gone))
