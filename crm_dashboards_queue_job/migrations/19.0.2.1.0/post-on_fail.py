# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Have failures noted: the function of the jobs is data that no update changes."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    function = env.ref(
        "crm_dashboards_queue_job.job_function_refresh", raise_if_not_found=False
    )
    if function:
        function.on_fail_method = "_store_job_failure"
