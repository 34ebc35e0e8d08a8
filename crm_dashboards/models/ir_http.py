from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell lists whether the user gets Excel of them."""
        return {
            **super().session_info(),
            "crm_dashboards_excel": self.env.user._may_export_crm_workbooks(),
        }
