# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A report's list on a sheet: all of its records, or as many as there is room for."""

from dataclasses import replace

from ...tiles.report import Term
from .list_columns import get_explanations, make_field_column, make_sheet_columns
from .record_reader import RecordReader
from .record_sheet import RecordSheet, get_id


def write_records(sheet, request, row_count, is_below=False):
    """Write the first ``row_count`` records of a report.

    :param Sheet sheet: with its top written
    :param ReportRequest request:
    :param row_count: if less than all, totals are left out: they would be of others
    :param is_below: the list does not have the sheet for itself
    """
    model, report = request.model, request.report
    columns = make_sheet_columns(request.report_list, request.columns, request.domain)
    if row_count < request.count:
        columns = [replace(column, totals={}) for column in columns]
    if "company_id" not in request.columns and len(get_companies(request)) > 1:
        columns.append(make_field_column(model, "company_id"))
    records = RecordSheet(sheet, columns, model.env.company.currency_id.id, is_below)
    reader = RecordReader(model, _get_field_names(report, columns))
    records.fill(
        reader.read_batches(request.domain, _get_order(request), row_count),
        row_count,
        _get_link_maker(report, model),
    )


def get_companies(request):
    """Return the companies of the records, the current one first.

    Records without company are the current one's.
    """
    own = request.model.env.company
    if "company_id" not in request.model._fields:
        return own
    groups = request.model._read_group(request.domain, ["company_id"])
    companies = own.browse().union(*(company or own for (company,) in groups))
    return (own & companies) | companies


def get_terms(request):
    """Return the terms of the report, and of its columns what their fields say."""
    explanations = get_explanations(request.report_list, request.columns)
    return [
        *request.report.terms,
        *(Term(label, meaning) for label, meaning in explanations.items()),
    ]


def _get_field_names(report, columns):
    names = {column.name for column in columns}
    names |= {column.currency for column in columns if column.currency}
    names |= {report.link_field} if report.link_field else set()
    return sorted(names)


def _get_order(request):
    """Return the order of the records: groups together, as in the grouped list."""
    fields = request.model._fields
    names = [name.partition(":")[0] for name in request.group_by]
    sortable = [
        name for name in names if fields[name]._description_sortable(request.model.env)
    ]
    # A list of records names each field only once.
    own = [part for part in request.order.split(",") if part.split()[0] not in sortable]
    return ",".join([*sortable, *own])


def _get_link_maker(report, model):
    """Return the function that gives the address of a record as read."""
    base_url = model.get_base_url()
    field = report.link_field
    if not field:
        return lambda values: f"{base_url}/odoo/{model._name}/{values['id']}"
    target = model._fields[field].comodel_name
    return lambda values: f"{base_url}/odoo/{target}/{get_id(values[field])}"
