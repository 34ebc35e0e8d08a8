from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs


@tagged("post_install", "-at_install")
class TestRefreshJobs(TransactionCase):
    def setUp(self):
        super().setUp()
        self.refresh = self.env["crm.metric.refresh"]

    def test_cron_enqueues_one_job_a_company(self):
        other = self.env["res.company"].create({"name": "Second"})
        with trap_jobs() as trap:
            self.refresh._cron_refresh_metrics()
            companies = self.env["res.company"].search([])
            trap.assert_jobs_count(len(companies), only=self.refresh._run_refresh_job)
            trap.assert_enqueued_job(
                self.refresh._run_refresh_job,
                args=(other.id,),
                properties={"identity_key": f"crm_dashboards_refresh_{other.id}"},
            )

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
