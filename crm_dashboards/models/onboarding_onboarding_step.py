# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .rpc import rpc


class OnboardingOnboardingStep(models.Model):
    """What the buttons of the set-up panel do; its steps name these methods."""

    _inherit = "onboarding.onboarding.step"

    @api.model
    @rpc
    def action_open_crm_settings(self):
        """Open the settings of the dashboards.

        :raise AccessError: no administrator
        """
        self.check_access("write")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_dashboards.res_config_settings_action"
        )

    @api.model
    @rpc
    def action_open_crm_assignment(self):
        """Open the dialog that assigns account managers.

        :raise AccessError: no administrator, or no sales manager
        """
        self.check_access("write")
        self.env["crm.assignment.wizard"].check_access("create")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_dashboards.crm_assignment_wizard_action"
        )

    @api.model
    @rpc
    def action_make_crm_figures(self):
        """Have the first figures made as soon as the server gets to it.

        :raise AccessError: no administrator
        """
        self.check_access("write")
        self.env.ref("crm_dashboards.ir_cron_refresh_metrics").sudo()._trigger()
        return False
