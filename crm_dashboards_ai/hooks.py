# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from .models.summary_parameters import PARAMETERS


def uninstall_hook(env):
    """Leave no key behind: the rule that guards it goes with the addon."""
    env["ir.config_parameter"].search([("key", "in", list(PARAMETERS))]).unlink()
