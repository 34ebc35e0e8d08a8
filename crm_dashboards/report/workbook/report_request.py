# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a list sends to be exported, checked: it comes from outside."""

import json
from dataclasses import dataclass
from functools import cached_property

import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import mute_logger

from ...models.plain import is_plain, is_text
from ...tiles.report import Report
from ...tiles.words import format_count
from .list_columns import ReportList, read_report_list
from .record_sheet import MAX_ROWS

MAX_BYTES = 65536  # a hand-made filter can be long
ROWS_FOR_TOP = 20  # title, filters, totals and header
MAX_RECORDS = MAX_ROWS - ROWS_FOR_TOP
# What a filter of wrong values, or of values of a wrong type, comes to
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    psycopg2.DataError,
    psycopg2.ProgrammingError,
)
LISTS = ("columns", "group_by", "facets")
KEYS = {"domain", "order_by", *LISTS}


@dataclass(frozen=True)
class ReportRequest:
    """A report and what its list shows.

    Attributes: ``report``, ``report_list`` (the list view), ``columns`` (names of those
    to write), ``domain`` (the list's within the report's own), ``order``, ``group_by``
    (list of str) and ``facets`` (list of str, the filters in words).
    """

    report: Report
    report_list: ReportList
    columns: list
    domain: Domain
    order: str
    group_by: list
    facets: list

    @property
    def model(self):
        return self.report_list.model

    @cached_property
    def count(self):
        """Number of records."""
        return self.model.search_count(self.domain)

    def check_size(self):
        """Make sure that there are no more records than a sheet holds.

        :raise ValidationError: there are
        """
        count = self.count
        if count > MAX_RECORDS:
            raise ValidationError(
                self.model.env._(
                    "These are %(count)s records; an Excel sheet holds %(most)s. "
                    "Please add a filter.",
                    count=format_count(self.model.env, count),
                    most=format_count(self.model.env, MAX_RECORDS),
                )
            )


def parse_report_request(env, code, options):
    """Check what a list sent.

    Model, view and fixed domain are those of the report, whatever was sent. The domain
    is data like that of any list: it is searched with the user's own rights.

    :param code: of the tile that says what the report is
    :param options: dict with any of KEYS, or None
    :return: ReportRequest
    :raise AccessError: the user may not read the report's records
    :raise ValidationError: unknown report, or options not readable
    """
    tile = env.get(f"crm.tile.{code}") if is_text(code) else None
    report = None if tile is None else tile._get_report()
    if report is None:
        raise ValidationError(env._("There is no such report."))
    options = {} if options is None else options
    if not _is_readable(options):
        raise ValidationError(env._("The request is not readable."))
    report_list = read_report_list(env, report.action)
    model = report_list.model
    model.check_access("read")
    group_by = options.get("group_by") or []
    if not all(_is_groupable(model, name) for name in group_by):
        raise ValidationError(env._("The report cannot be grouped that way."))
    return ReportRequest(
        report=report,
        report_list=report_list,
        columns=report_list.choose(options.get("columns")),
        domain=report.domain & _parse_domain(model, options.get("domain") or []),
        order=_parse_order(model, options.get("order_by") or report_list.order),
        group_by=group_by,
        facets=options.get("facets") or [],
    )


def _is_readable(options):
    if not isinstance(options, dict) or set(options) - KEYS:
        return False
    try:
        if len(json.dumps(options)) > MAX_BYTES or not is_plain(options):
            return False
    except (TypeError, ValueError, RecursionError):
        return False
    if not isinstance(options.get("order_by") or "", str):
        return False
    texts = [options.get(key) or [] for key in LISTS]
    return all(isinstance(each, list) for each in texts) and all(
        isinstance(text, str) for each in texts for text in each
    )


def _parse_domain(model, domain):
    """Return a filter that the database can apply, as the user.

    Odoo lets through values that no column can be compared with.
    """
    if not isinstance(domain, list):
        raise ValidationError(model.env._("The filter is not readable."))
    try:
        domain = Domain(domain)
        domain.validate(model)
        with mute_logger("odoo.sql_db"), model.env.cr.savepoint(flush=False):
            model.search_count(domain, limit=1)
    except UNREADABLE as error:
        raise ValidationError(model.env._("The filter is not readable.")) from error
    return domain


def _parse_order(model, order):
    """Return ``order`` if Odoo can sort by it, as the user."""
    try:
        model._search(Domain.TRUE, order=order)
    except (ValueError, UserError) as error:
        message = model.env._("The report cannot be sorted that way.")
        raise ValidationError(message) from error
    return order


def _is_groupable(model, name):
    """Whether a list can be grouped by ``name``, such as ``date_order:month``."""
    fname, _colon, granularity = name.partition(":")
    field = model._fields.get(fname)
    if not field or not model._has_field_access(field, "read"):
        return False
    is_date = field.type in ("date", "datetime")
    if granularity and granularity not in ("day", "week", "month", "quarter", "year"):
        return False
    return bool(granularity) == is_date and field._description_groupable(model.env)
