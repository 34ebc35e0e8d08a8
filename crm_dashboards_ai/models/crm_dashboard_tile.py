# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.crm_dashboards.models.rpc import rpc


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    @rpc
    def write_summary(self, code, customer_id):
        """Return the written summary of a customer, by a model if there is one.

        It may take as long as the model may, so the tiles do not wait for it.

        :param str code: of the tile that the summary stands on
        :param int customer_id: a partner, maybe a contact of the customer
        :return: ``{text, source_label, generated}``; text False for those who may
            not see the customer's stored figures
        :raise ValidationError: the tile has no summary
        """
        tile, scope = self._enter_tile(code, {"customer_id": customer_id})
        model = tile._get_tile_model(scope.env)
        if not hasattr(model, "_write_summary"):
            raise ValidationError(self.env._("This tile has no summary."))
        return model._write_summary(scope)
