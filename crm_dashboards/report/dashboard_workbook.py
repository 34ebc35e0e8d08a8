from odoo import api, models

from .xlsx.block_sheets import write_tile
from .xlsx.definition_sheet import write_definitions
from .xlsx.sheet import Sheet

# Tiles of the account manager that follow *All active companies*
SEVERAL_COMPANIES_CODES = {"orders", "twelve_months"}


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
        title = self.env._("%(name)s Dashboard", name=names[dashboard])
        scope = tile._parse_scope(data.get("scope"))
        if not scope.customer_id:
            return title
        customer = tile._get_customer(scope).display_name
        return self.env._("%(customer)s – %(title)s", customer=customer, title=title)

    def _fill_workbook(self, book, data):
        tile = self.env["crm.dashboard.tile"]
        dashboard = data["dashboard"]
        scope = tile._parse_scope(data.get("scope"))
        saved = self.env["crm.dashboard.tile.preference"]._get_settings(dashboard)
        codes = tile._get_visible_tiles(dashboard, saved).sudo().mapped("code")
        tiles = tile.get_tiles(dashboard, codes, data.get("scope"))
        for code in codes:
            if code in tiles and self._is_shown(tiles[code], dashboard):
                self._add_tile(book, code, tiles[code], scope)
        terms = tile._get_dashboard_terms(dashboard)
        write_definitions(book, self._get_dashboard_top(scope), terms)

    @api.model
    def _is_shown(self, tile, dashboard):
        """Whether a tile has a sheet: a customer's empty ones are not drawn either."""
        return dashboard != "customer" or tile["state"] != "empty"

    @api.model
    def _add_tile(self, book, code, tile, scope):
        tabs = [tab["label"] for tab in tile["tabs"] if tab["active"]]
        companies = self._get_tile_companies(code, scope)
        sheet = Sheet(book, tile["title"])
        sheet.write_top(tile["title"], self._get_dashboard_top(scope, tabs, companies))
        write_tile(sheet, tile)

    @api.model
    def _get_tile_companies(self, code, scope):
        """Return the companies that a tile adds up."""
        tile = self.env["crm.dashboard.tile"]
        adds_up = code in SEVERAL_COMPANIES_CODES
        return tile._get_companies(scope) if adds_up else self.env.company

    @api.model
    def _get_dashboard_top(self, scope, filters=(), companies=()):
        """Return the lines on top: the customer, or whose customers these are."""
        tile = self.env["crm.dashboard.tile"]
        if not scope.customer_id:
            words = self._describe_scope(scope)
            return self._get_top(words, filters, companies=companies)
        if scope.all_sales:
            filters = [tile._get_all_sales_toggle(scope)["hint"], *filters]
        customer = tile._get_customer(scope).display_name
        return self._get_top(customer, filters, scope_label=self.env._("Customer"))

    @api.model
    def _describe_scope(self, scope):
        """Return whose figures these are, in words."""
        choices = self.env["crm.dashboard.tile"]._get_scope_choices(scope)
        labels = {choice["value"]: choice["label"] for choice in choices}
        label = labels[scope.account_manager]
        if scope.account_manager == "me":
            return f"{label} ({self.env.user.name})"
        return label
