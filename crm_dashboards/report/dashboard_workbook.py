from odoo import api, models

from .xlsx.block_sheets import write_tile
from .xlsx.definition_sheet import write_definitions
from .xlsx.sheet import Sheet


class ReportCrmDashboardsDashboardWorkbook(models.AbstractModel):
    """A dashboard with a sheet a tile, made of the same blocks as in the browser."""

    _name = "report.crm_dashboards.dashboard_workbook"
    _inherit = "report.crm_dashboards.workbook"
    _description = "Dashboard Workbook"

    @api.model
    def _get_title(self, data):
        tile = self.env["crm.dashboard.tile"]
        dashboard = data.get("dashboard")
        tile._check_dashboard(dashboard)
        names = dict(tile._fields["dashboard"]._description_selection(self.env))
        return self.env._("%(name)s Dashboard", name=names[dashboard])

    def _fill_workbook(self, book, data):
        tile = self.env["crm.dashboard.tile"]
        dashboard = data["dashboard"]
        scope = tile._parse_scope(data.get("scope"))
        saved = self.env["crm.dashboard.tile.preference"]._get_settings(dashboard)
        codes = tile._get_visible_tiles(dashboard, saved).sudo().mapped("code")
        tiles = tile.get_tiles(dashboard, codes, data.get("scope"))
        scope_label = self._describe_scope(scope)
        for code in codes:
            if code in tiles:
                self._add_tile(book, tiles[code], scope_label)
        terms = tile._get_dashboard_terms(dashboard)
        write_definitions(book, self._get_top(scope_label), terms)

    @api.model
    def _add_tile(self, book, tile, scope_label):
        tabs = [tab["label"] for tab in tile["tabs"] if tab["active"]]
        sheet = Sheet(book, tile["title"])
        sheet.write_top(tile["title"], self._get_top(scope_label, tabs))
        write_tile(sheet, tile)

    @api.model
    def _describe_scope(self, scope):
        """Return whose figures these are, in words."""
        if scope.customer_id:
            return self.env["res.partner"].browse(scope.customer_id).display_name
        choices = self.env["crm.dashboard.tile"]._get_scope_choices(scope)
        labels = {choice["value"]: choice["label"] for choice in choices}
        label = labels[scope.account_manager]
        if scope.account_manager == "me":
            return f"{label} ({self.env.user.name})"
        return label
