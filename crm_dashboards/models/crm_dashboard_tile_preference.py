# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmDashboardTilePreference(models.Model):
    """How one user likes a dashboard: scope, tabs, order of tiles, hidden tiles.

    Users have it written by the dashboard alone, which checks it. It is checked again
    when it is read, since another version may have written it.
    """

    _name = "crm.dashboard.tile.preference"
    _description = "Dashboard Preference"
    _rec_name = "dashboard"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    dashboard = fields.Char(required=True)
    settings = fields.Json(
        help="{scope, order, hidden} as the dashboard saved them; start_answered once "
        "the user said whether to start there."
    )

    _user_dashboard_uniq = models.UniqueIndex(
        "(user_id, dashboard)", "One preference per user and dashboard."
    )

    def _get_settings(self, dashboard):
        """Return what the current user saved for ``dashboard``, empty if nothing.

        :return: dict with any of ``scope`` (not checked yet), ``start_answered``,
            ``order`` and ``hidden`` (lists of str)
        """
        saved = self._get_saved(self._get_own(dashboard))
        kept = {key: saved[key] for key in ("scope", "start_answered") if key in saved}
        for key in ("order", "hidden"):
            codes = saved.get(key)
            if isinstance(codes, list):
                kept[key] = [code for code in codes if isinstance(code, str)]
        return kept

    def _update_settings(self, dashboard, values):
        """Merge ``values`` into what the current user saved for ``dashboard``."""
        own = self._get_own(dashboard).sudo()
        if own:
            own.settings = {**self._get_saved(own), **values}
        else:
            own.create(
                {"user_id": self.env.uid, "dashboard": dashboard, "settings": values}
            )

    def _get_saved(self, own):
        return own.settings if isinstance(own.settings, dict) else {}

    def _get_own(self, dashboard):
        return self.search(
            [("user_id", "=", self.env.uid), ("dashboard", "=", dashboard)]
        )
