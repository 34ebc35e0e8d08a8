# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ...nightly.periods import get_viewer_zone
from ...tiles.blocks import words
from .definition_sheet import write_definitions
from .record_list import get_companies, get_terms, write_records
from .report_request import parse_report_request
from .report_summary import write_summary
from .sheet import Sheet


class ReportCrmDashboardsReportWorkbook(models.AbstractModel):
    """A report's list as it is seen, with summaries and definitions."""

    _name = "report.crm_dashboards.report_workbook"
    _inherit = "report.crm_dashboards.workbook"
    _description = "Report Workbook"

    def _get_title(self, data):
        return self._parse(data).report.title

    def _parse(self, data):
        return parse_report_request(
            self.env, data.get("report_code"), data.get("options")
        )

    def _check_request(self, data):
        """Make sure that a workbook can be made of what was asked for.

        :raise ValidationError: it cannot, or it would have too many rows
        """
        self._parse(data).check_size()

    def _fill_workbook(self, book, data):
        # Months of groups follow the context's zone only.
        self = self.with_context(tz=get_viewer_zone(self.env).name)
        request = self._parse(data)
        report = request.report
        top = self._get_top(
            report.reading_note,
            request.facets,
            report.describe_rates(request.domain) if report.describe_rates else "",
            report.is_stored,
            companies=get_companies(request),
        )
        request.check_size()
        self._add_records(book, request, top)
        for group_by in self._get_groupings(request):
            write_summary(book, self.env, request, group_by, top)
        write_definitions(book, top, get_terms(request))

    def _get_groupings(self, request):
        """Return the groupings of the summary sheets: the report's and the list's."""
        groupings = [[request.report.group_by]]
        if request.group_by and request.group_by not in groupings:
            groupings.append(request.group_by)
        return groupings

    def _add_records(self, book, request, top):
        sheet = Sheet(book, request.report.title)
        lines = top + self._get_left_out_lines(request)
        sheet.write_top(request.report.title, lines)
        write_records(sheet, request, request.count)

    def _get_left_out_lines(self, request):
        """Name the columns of the list that no cell can hold."""
        labels = request.report_list.left_out.values()
        if not labels:
            return []
        return [(self.env._("Not in Excel"), words(", ".join(labels)))]
