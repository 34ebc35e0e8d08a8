# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Have figures made soon: alerts follow orders from the first ones of this version.

    Until then an alert is what the last night of the version before said.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.ref("crm_dashboards.ir_cron_refresh_metrics")._trigger()
