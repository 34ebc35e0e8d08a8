# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import config

from odoo.addons.crm_dashboards.models.crm_metric_refresh import PASSING_ERRORS
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import STARTED


class CrmMetricRefresh(models.Model):
    _inherit = "crm.metric.refresh"

    def _cron_refresh_metrics(self):
        """Enqueue one job a company, the one that waited longest first.

        A company whose job still waits or runs gets no second one. Where no runner
        would ever take the jobs, the scheduled action makes the figures itself.
        """
        if not self._has_job_runner():
            return super()._cron_refresh_metrics()
        for company in self._get_companies_by_age():
            refresh = self._get_refresh(company)
            if not refresh._is_job_started():
                refresh.with_delay(
                    description=self.env._(
                        "Customer figures of %(company)s", company=company.name
                    ),
                    identity_key=refresh._get_job_key(),
                )._run_refresh_job(company.id)

    def _has_job_runner(self):
        """Whether this server runs jobs: queue_job is loaded server-wide then."""
        return "queue_job" in config["server_wide_modules"]

    def _get_job_key(self):
        """Return what a job that waits is known by: the queue adds no second one."""
        return f"crm_dashboards_refresh_{self.company_id.id}"

    def _is_job_started(self):
        """Whether a job of this company runs: the queue would add another one."""
        domain = Domain("identity_key", "=", self._get_job_key())
        domain &= Domain("state", "=", STARTED)
        return bool(self.env["queue.job"].sudo().search_count(domain, limit=1))

    def _run_refresh_job(self, company_id):
        """Refresh a company in a job of the queue.

        :param int company_id: id of a res.company
        :raise RetryableJobError: it is being refreshed, or data changed meanwhile
        """
        company = self.env["res.company"].browse(company_id).exists()
        if not company:
            return
        try:
            done = self._refresh_company(company)
        except PASSING_ERRORS as error:
            raise RetryableJobError(str(error)) from error
        if not done:
            raise RetryableJobError(self.env._("This company is being refreshed."))

    def _store_job_failure(self, exc_name, exc_message, **_failure):
        """Note a job that failed for good, as the scheduled action notes it.

        Called by the queue on the records of the job, outside its transaction.
        """
        for refresh in self.exists():
            refresh._store_error(refresh.company_id, exc_message or exc_name)
