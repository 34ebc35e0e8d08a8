from dataclasses import replace

from odoo import api, models

from ..nightly.periods import get_viewer_zone
from .record_reader import RecordReader
from .report_columns import make_sheet_columns
from .report_definition import Column
from .report_request import parse_report_request
from .report_summary import write_summary
from .xlsx.definition_sheet import write_definitions
from .xlsx.record_sheet import RecordSheet, get_id
from .xlsx.sheet import Sheet


class ReportCrmDashboardsReportWorkbook(models.AbstractModel):
    """A report's list as its filters are, with summaries and definitions."""

    _name = "report.crm_dashboards.report_workbook"
    _inherit = "report.crm_dashboards.workbook"
    _description = "Report Workbook"

    def get_workbook_options(self):
        # Rows go to disk at once: 100 000 of them fit in any worker.
        return {**super().get_workbook_options(), "constant_memory": True}

    @api.model
    def _get_title(self, data):
        return self._parse(data).definition.title

    @api.model
    def _parse(self, data):
        return parse_report_request(
            self.env["crm.dashboard.tile"], data.get("report_code"), data.get("options")
        )

    def _fill_workbook(self, book, data):
        # Months of groups follow the context's zone only.
        self = self.with_context(tz=get_viewer_zone(self.env).zone)
        request = self._parse(data)
        companies = self._get_record_companies(request)
        if len(companies) > 1:
            request = self._add_company_column(request)
        definition = request.definition
        describe_rates = definition.describe_rates
        top = self._get_top(
            definition.reading_note,
            request.facets,
            describe_rates(request.domain) if describe_rates else "",
            definition.is_stored,
            companies=companies,
        )
        self._add_records(book, request, top)
        for group_by in self._get_groupings(request):
            write_summary(book, self.env, request, group_by, top)
        write_definitions(book, top, definition.terms)

    @api.model
    def _get_record_companies(self, request):
        """Return the companies of the records, the current one first.

        Records without company are the current one's.
        """
        own = self.env.company
        model = self.env[request.definition.model]
        if "company_id" not in model._fields:
            return own
        groups = model._read_group(request.domain, ["company_id"])
        companies = own.browse().union(*(company or own for (company,) in groups))
        return (own & companies) | companies

    @api.model
    def _add_company_column(self, request):
        """Return the request with a column that tells its companies apart."""
        definition = request.definition
        columns = (*definition.columns, Column("company_id", width=26))
        return replace(request, definition=replace(definition, columns=columns))

    @api.model
    def _get_groupings(self, request):
        """Return the groupings of the summary sheets: the report's and the list's."""
        groupings = [[request.definition.group_by]]
        if request.group_by and request.group_by not in groupings:
            groupings.append(request.group_by)
        return groupings

    @api.model
    def _add_records(self, book, request, top):
        definition = request.definition
        sheet = Sheet(book, definition.title)
        sheet.write_top(definition.title, top)
        columns = make_sheet_columns(self.env, definition, request.domain)
        count = request.check_size(self.env)
        records = RecordSheet(sheet, columns, self.env.company.currency_id.id)
        reader = self._make_reader(definition, columns)
        records.fill(
            reader.read_batches(request.domain, self._get_order(request)),
            count,
            self._get_link_maker(definition),
        )

    @api.model
    def _make_reader(self, definition, columns):
        names = {column.name for column in columns}
        names |= {column.currency for column in columns if column.currency}
        names |= {definition.link_field} if definition.link_field else set()
        return RecordReader(self.env[definition.model], sorted(names))

    @api.model
    def _get_order(self, request):
        """Return the order of the records: groups together, as in the grouped list."""
        fields = self.env[request.definition.model]._fields
        names = [name.partition(":")[0] for name in request.group_by]
        sortable = [
            name for name in names if fields[name]._description_sortable(self.env)
        ]
        # A list of records names each field only once.
        own = [
            part
            for part in request.definition.order.split(", ")
            if part.split()[0] not in sortable
        ]
        return ", ".join([*sortable, *own])

    @api.model
    def _get_link_maker(self, definition):
        """Return the function that gives the address of a record as read."""
        model = self.env[definition.model]
        base_url = model.get_base_url()
        field = definition.link_field
        if not field:
            return lambda values: f"{base_url}/odoo/{model._name}/{values['id']}"
        target = model._fields[field].comodel_name
        return lambda values: f"{base_url}/odoo/{target}/{get_id(values[field])}"
