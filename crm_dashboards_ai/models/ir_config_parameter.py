# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import AccessError

from .summary_parameters import KEY


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    def get_param(self, key, default=False):
        """Keep the model's key on the server; a rule hides its record as well."""
        if key == KEY and not self.env.su:
            raise AccessError(self.env._("The key is for the server alone."))
        return super().get_param(key, default)
