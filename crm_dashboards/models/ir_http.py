# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell lists whether the user gets Excel of them."""
        return {
            **super().session_info(),
            "crm_dashboards_excel": self.env.user._may_export_crm_workbooks(),
        }
