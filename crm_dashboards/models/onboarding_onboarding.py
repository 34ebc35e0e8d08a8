# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .crm_dashboard_setup import ONBOARDING
from .rpc import rpc


class OnboardingOnboarding(models.Model):
    _inherit = "onboarding.onboarding"

    @api.model
    @rpc
    def action_close_panel_crm_dashboards(self):
        """Close the set-up panel above the dashboard, for the current company.

        :raise AccessError: no administrator
        """
        self.check_access("write")
        self.env.ref(ONBOARDING)._search_or_create_progress().action_close()
