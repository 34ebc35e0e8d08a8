# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ...tiles.report import Term
from ...tiles.scope import parse_scope
from .block_sheets import write_content
from .definition_sheet import write_definitions
from .sheet import Sheet


class ReportCrmDashboardsDashboardWorkbook(models.AbstractModel):
    """A dashboard with a sheet a tile, made of the same blocks as in the browser."""

    _name = "report.crm_dashboards.dashboard_workbook"
    _inherit = "report.crm_dashboards.workbook"
    _description = "Dashboard Workbook"

    def _get_title(self, data):
        dashboard, scope = self._parse(data)
        title = self.env._("%(name)s Dashboard", name=dashboard.name)
        if not scope.customer_id:
            return title
        customer = scope.customer.display_name
        return self.env._("%(customer)s – %(title)s", customer=customer, title=title)

    def _parse(self, data):
        """Return (crm.dashboard as superuser, Scope) of what was asked for."""
        dashboard = self.env["crm.dashboard"]._find(data.get("dashboard"))
        scope = parse_scope(self.env, data.get("scope"), dashboard.is_of_customer)
        return dashboard, scope

    def _fill_workbook(self, book, data):
        dashboard, scope = self._parse(data)
        terms = []
        for tile, content in dashboard._get_visible_tiles()._get_contents(scope):
            # A customer's empty tiles are not drawn either.
            if dashboard.is_of_customer and content.state == "empty":
                continue
            model = tile._get_tile_model(scope.env)
            self._add_tile(book, tile.name, model, content, scope)
            terms += [Term(tile.name, model._get_purpose()), *model._get_terms()]
        if not dashboard.is_of_customer:
            terms.insert(0, self.env["crm.tile"]._get_scope_term())
        write_definitions(book, self._get_dashboard_top(scope), terms)

    def _add_tile(self, book, title, model, content, scope):
        tabs = [tab.label for tab in content.tabs if tab.active]
        companies = scope.companies if model._adds_up_companies else scope.company
        sheet = Sheet(book, title)
        period = ""
        if model._follows_period and not scope.customer_id:
            period = scope.period.describe(self.env)
        top = self._get_dashboard_top(scope, tabs, companies, period)
        sheet.write_top(title, top)
        write_content(sheet, content)

    def _get_dashboard_top(self, scope, filters=(), companies=(), period=""):
        """Return the lines on top: the customer, or whose customers these are."""
        if not scope.customer_id:
            words = self._describe_scope(scope)
            return self._get_top(words, filters, companies=companies, period=period)
        if scope.all_sales:
            header = scope.env["crm.customer.header"]
            filters = [header._get_all_sales_toggle(scope)["hint"], *filters]
        customer = scope.customer.display_name
        return self._get_top(customer, filters, scope_label=self.env._("Customer"))

    def _describe_scope(self, scope):
        """Return whose figures these are, in words."""
        choices = self.env["crm.dashboard"]._get_scope_choices(scope)
        labels = {choice["value"]: choice["label"] for choice in choices}
        label = labels[scope.account_manager]
        if scope.account_manager == "me":
            return f"{label} ({self.env.user.name})"
        return label
