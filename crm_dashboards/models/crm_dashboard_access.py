from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

from .figure_selections import READER_GROUPS

MAX_CODES = 50


class CrmDashboardTile(models.Model):
    """Who may see a dashboard, and which of its tiles."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _check_dashboard_access(self):
        """Let salespeople, invoicing and accounting readers in, nobody else."""
        if not self._is_dashboard_user():
            raise AccessError(
                self.env._(
                    "Dashboards are for salespeople, invoicing and accounting readers. "
                    "Please ask your administrator for access."
                )
            )

    @api.model
    def _is_dashboard_user(self):
        groups = READER_GROUPS.split(",")
        return any(self.env.user.has_group(group) for group in groups)

    @api.model
    def _sees_all(self):
        """Whether the user may look at other account managers' customers."""
        groups = READER_GROUPS.replace(
            "group_sale_salesman", "group_sale_salesman_all_leads"
        )
        return any(self.env.user.has_group(group) for group in groups.split(","))

    @api.model
    def _get_allowed_tiles(self, dashboard):
        tiles = self.sudo().search([("dashboard", "=", dashboard)])
        return tiles.filtered(lambda tile: tile._is_allowed()).sudo(False)

    def _is_allowed(self):
        return not self.group_ids or bool(self.group_ids & self.env.user.all_group_ids)

    @api.model
    def _get_visible_tiles(self, dashboard, saved):
        """Return the tiles a user has not hidden, in the user's own order."""
        hidden = saved.get("hidden", [])
        order = saved.get("order", [])
        tiles = self._get_allowed_tiles(dashboard).filtered(
            lambda tile: tile.code not in hidden
        )
        places = {code: place for place, code in enumerate(order)}
        return tiles.sorted(lambda tile: places.get(tile.code, len(places)))

    @api.model
    def _get_tile(self, code):
        tile = self.browse().sudo()
        if isinstance(code, str):
            tile = tile.search([("code", "=", code)])
        if not tile or not tile._is_allowed():
            raise AccessError(self.env._("You have no access to this tile."))
        return tile.sudo(False)

    @api.model
    def _check_dashboard(self, dashboard):
        known = dict(self._fields["dashboard"].selection)
        if not isinstance(dashboard, str) or dashboard not in known:
            raise ValidationError(self.env._("There is no such dashboard."))

    @api.model
    def _check_codes(self, codes):
        if codes is None or codes is False:
            return None
        if (
            not isinstance(codes, list)
            or len(codes) > MAX_CODES
            or not all(isinstance(code, str) for code in codes)
        ):
            raise ValidationError(self.env._("The list of tiles is not readable."))
        return codes
