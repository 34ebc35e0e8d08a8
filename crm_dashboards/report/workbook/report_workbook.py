# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ...nightly.periods import get_viewer_zone
from ...tiles.blocks import words
from ...tiles.report import Term
from .definition_sheet import write_definitions
from .list_columns import get_explanations, make_field_column, make_sheet_columns
from .record_reader import RecordReader
from .record_sheet import RecordSheet, get_id
from .report_request import parse_report_request
from .report_summary import write_summary
from .sheet import Sheet


class ReportCrmDashboardsReportWorkbook(models.AbstractModel):
    """A report's list as it is seen, with summaries and definitions."""

    _name = "report.crm_dashboards.report_workbook"
    _inherit = "report.crm_dashboards.workbook"
    _description = "Report Workbook"

    @api.private
    def get_workbook_options(self):
        # Rows go to disk at once: 100 000 of them fit in any worker.
        return {**super().get_workbook_options(), "constant_memory": True}

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
        companies = self._get_record_companies(request)
        top = self._get_top(
            report.reading_note,
            request.facets,
            report.describe_rates(request.domain) if report.describe_rates else "",
            report.is_stored,
            companies=companies,
        )
        self._add_records(book, request, top, companies)
        for group_by in self._get_groupings(request):
            write_summary(book, self.env, request, group_by, top)
        write_definitions(book, top, self._get_terms(request))

    def _get_record_companies(self, request):
        """Return the companies of the records, the current one first.

        Records without company are the current one's.
        """
        own = self.env.company
        if "company_id" not in request.model._fields:
            return own
        groups = request.model._read_group(request.domain, ["company_id"])
        companies = own.browse().union(*(company or own for (company,) in groups))
        return (own & companies) | companies

    def _get_groupings(self, request):
        """Return the groupings of the summary sheets: the report's and the list's."""
        groupings = [[request.report.group_by]]
        if request.group_by and request.group_by not in groupings:
            groupings.append(request.group_by)
        return groupings

    def _add_records(self, book, request, top, companies):
        report, model = request.report, request.model
        columns = make_sheet_columns(
            request.report_list, request.columns, request.domain
        )
        if len(companies) > 1 and "company_id" not in request.columns:
            columns.append(make_field_column(model, "company_id"))
        sheet = Sheet(book, report.title)
        sheet.write_top(report.title, top + self._get_left_out_lines(request))
        records = RecordSheet(sheet, columns, self.env.company.currency_id.id)
        reader = RecordReader(model, self._get_field_names(report, columns))
        records.fill(
            reader.read_batches(request.domain, self._get_order(request)),
            request.check_size(),
            self._get_link_maker(report, model),
        )

    def _get_left_out_lines(self, request):
        """Name the columns of the list that no cell can hold."""
        labels = request.report_list.left_out.values()
        if not labels:
            return []
        return [(self.env._("Not in Excel"), words(", ".join(labels)))]

    def _get_field_names(self, report, columns):
        names = {column.name for column in columns}
        names |= {column.currency for column in columns if column.currency}
        names |= {report.link_field} if report.link_field else set()
        return sorted(names)

    def _get_order(self, request):
        """Return the order of the records: groups together, as in the grouped list."""
        fields = request.model._fields
        names = [name.partition(":")[0] for name in request.group_by]
        sortable = [
            name for name in names if fields[name]._description_sortable(self.env)
        ]
        # A list of records names each field only once.
        own = [
            part for part in request.order.split(",") if part.split()[0] not in sortable
        ]
        return ",".join([*sortable, *own])

    def _get_link_maker(self, report, model):
        """Return the function that gives the address of a record as read."""
        base_url = model.get_base_url()
        field = report.link_field
        if not field:
            return lambda values: f"{base_url}/odoo/{model._name}/{values['id']}"
        target = model._fields[field].comodel_name
        return lambda values: f"{base_url}/odoo/{target}/{get_id(values[field])}"

    def _get_terms(self, request):
        """Return the terms of the report, and of its columns what their fields say."""
        explanations = get_explanations(request.report_list, request.columns)
        return [
            *request.report.terms,
            *(Term(label, meaning) for label, meaning in explanations.items()),
        ]
