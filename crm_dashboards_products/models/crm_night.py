# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CrmNight(models.Model):
    _inherit = "crm.night"

    def _get_phase_labels(self):
        return {
            **super()._get_phase_labels(),
            "order_lines": self.env._("Products"),
            "quotation_chances": self.env._("Chances of quotations by age"),
        }
