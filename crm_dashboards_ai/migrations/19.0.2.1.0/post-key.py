# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api

KEY = "crm_dashboards_ai.key"


def migrate(cr, version):
    """Seal the key for the address that is set up; forget what was written freely."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    parameters = env["ir.config_parameter"]
    plain = parameters.get_param(KEY)
    if plain:
        parameters.set_param(KEY, False)
        parameters.set_param(KEY, plain)
    cr.execute("DELETE FROM crm_written_summary")
