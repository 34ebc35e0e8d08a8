# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """Have the figures of order lines made soon, not only in the night."""
    env.ref("crm_dashboards.ir_cron_refresh_metrics")._trigger()
