# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmDashboardTilePreference(models.Model):
    """How one user likes a dashboard: scope, tabs, order of tiles, hidden tiles."""

    _name = "crm.dashboard.tile.preference"
    _description = "Dashboard Preference"
    _rec_name = "dashboard"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    dashboard = fields.Char(required=True)
    settings = fields.Json(help="{scope, order, hidden} as the dashboard saved them.")

    _user_dashboard_uniq = models.UniqueIndex(
        "(user_id, dashboard)", "One preference per user and dashboard."
    )

    def _get_settings(self, dashboard):
        """Return what the current user saved for ``dashboard``, empty if nothing."""
        return self._get_own(dashboard).settings or {}

    def _update_settings(self, dashboard, values):
        """Merge ``values`` into what the current user saved for ``dashboard``."""
        own = self._get_own(dashboard)
        if own:
            own.settings = {**(own.settings or {}), **values}
        else:
            self.create(
                {"user_id": self.env.uid, "dashboard": dashboard, "settings": values}
            )

    def _get_own(self, dashboard):
        return self.search(
            [("user_id", "=", self.env.uid), ("dashboard", "=", dashboard)]
        )
