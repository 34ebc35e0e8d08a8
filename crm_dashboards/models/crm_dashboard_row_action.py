from odoo import api, models
from odoo.exceptions import ValidationError


class CrmDashboardTile(models.Model):
    """Buttons of a tile's rows.

    A row carries ``actions``, each with a key; the tile's method
    ``_row_action_<code>_<key>(row_id, scope)`` does what is behind it.
    """

    _inherit = "crm.dashboard.tile"

    @api.model
    def run_row_action(self, code, action, row_id, scope=None):
        """Do what a button of a tile's row says, or return the dialog that asks more.

        :param str code: code of the tile
        :param str action: key of the button, as the row carried it
        :param int row_id: id of the row, as the tile gave it
        :param scope: as for :meth:`get_tiles`
        :return: dict, an action; False where all is done
        :raise AccessError: no such tile, or not for this user
        :raise ValidationError: the tile's rows have no such button
        """
        self._check_dashboard_access()
        tile = self._get_tile(code)
        scope = self._parse_dashboard_scope(tile.sudo().dashboard, scope)
        tile = tile._with_scope(scope)
        method = isinstance(action, str) and getattr(
            tile, f"_row_action_{code}_{action}", None
        )
        if not method or not self._is_row_id(row_id):
            raise ValidationError(self.env._("This cannot be done with the row."))
        return method(row_id, scope) or False
