# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ...tiles.report import Term
from ...tiles.scope import parse_scope
from ...tiles.words import format_count
from .block_sheets import write_content
from .colors import LABEL
from .definition_sheet import write_definitions
from .record_list import get_terms, write_records
from .see_more import get_rooms, read_see_more
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
        env = self.env["crm.dashboard.tile"]._get_reading_env()
        scope = parse_scope(env, data.get("scope"), dashboard.is_of_customer)
        return dashboard, scope

    def _fill_workbook(self, book, data):
        dashboard, scope = self._parse(data)
        pages = [
            (tile, content)
            for tile, content in dashboard._get_visible_tiles()._get_contents(scope)
            # A customer's empty tiles are not drawn either.
            if not dashboard.is_of_customer or content.state != "empty"
        ]
        models = [tile._get_tile_model(scope.env) for tile, _content in pages]
        lists = [
            None if content.state == "failed" else read_see_more(model, scope)
            for model, (_tile, content) in zip(models, pages, strict=True)
        ]
        rooms = get_rooms(lists)
        terms, columns = [], []
        for (tile, content), model, request, room in zip(
            pages, models, lists, rooms, strict=True
        ):
            sheet = self._add_tile(book, tile.name, model, content, scope, request)
            terms += [Term(tile.name, model._get_purpose()), *model._get_terms()]
            if request:
                self._add_list(sheet, request, room)
                columns += get_terms(request)
        if not dashboard.is_of_customer:
            terms.insert(0, self.env["crm.tile"]._get_scope_term())
        write_definitions(book, self._get_dashboard_top(scope), terms + columns)

    def _add_tile(self, book, title, model, content, scope, request):
        """Add the sheet of what a tile shows.

        :param request: ReportRequest of the list that follows it, None without one
        """
        tabs = [tab.label for tab in content.tabs if tab.active]
        companies = scope.companies if model._adds_up_companies else scope.company
        sheet = Sheet(book, title, keeps_filter=bool(request))
        period = ""
        if model._follows_period and not scope.customer_id:
            period = scope.period.describe(self.env)
        top = self._get_dashboard_top(scope, tabs, companies, period)
        sheet.write_top(title, top)
        write_content(sheet, content)
        return sheet

    def _add_list(self, sheet, request, room):
        """Add the list behind See More below what the tile shows.

        :param room: how many of its records there is room for
        """
        sheet.row = max(sheet.row, sheet.chart_row) + 1
        names = {
            "title": request.report.title,
            "count": format_count(self.env, request.count),
            "most": format_count(self.env, room),
        }
        if room < request.count:
            words = self.env._(
                "%(title)s: the first %(most)s of %(count)s rows. The Excel of the "
                "report behind See More has all of them.",
                **names,
            )
        else:
            words = self.env._("%(title)s: all rows (%(count)s)", **names)
        sheet.write_line(words, bold=True, font_size=12)
        sheet.write_line(" · ".join(request.facets), font_color=LABEL)
        write_records(sheet, request, room, is_below=True)

    def _get_dashboard_top(self, scope, filters=(), companies=(), period=""):
        """Return the lines on top: the customer, or whose customers these are."""
        if not scope.customer_id:
            words = self._describe_scope(scope)
            if scope.search:
                label = self.env._("Customers with “%(text)s”", text=scope.search)
                filters = [label, *filters]
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
