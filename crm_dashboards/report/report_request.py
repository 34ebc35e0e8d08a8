"""What a list sends to be exported, checked: it comes from outside."""

import json
from dataclasses import dataclass

from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .report_definition import ReportDefinition
from .xlsx.record_sheet import MAX_ROWS

MAX_BYTES = 65536  # a hand-made filter can be long
ROWS_FOR_TOP = 20  # title, filters, totals and header
MAX_RECORDS = MAX_ROWS - ROWS_FOR_TOP
KEYS = {"domain", "group_by", "facets"}


@dataclass(frozen=True)
class ReportRequest:
    """A report and what its list shows.

    Attributes: ``code``, ``definition``, ``domain`` (the list's within the fixed one),
    ``group_by`` (list of str) and ``facets`` (list of str, the filters in words).
    """

    code: str
    definition: ReportDefinition
    domain: Domain
    group_by: list
    facets: list

    def check_size(self, env):
        """Return the number of records.

        :raise ValidationError: more than a sheet holds
        """
        count = env[self.definition.model].search_count(self.domain)
        if count > MAX_RECORDS:
            raise ValidationError(
                env._(
                    "These are %(count)s records; an Excel sheet holds %(most)s. "
                    "Please add a filter.",
                    count=f"{count:,}",
                    most=f"{MAX_RECORDS:,}",
                )
            )
        return count


def parse_report_request(tile, code, options):
    """Check what a list sent.

    The domain is data like that of any list: it is searched with the user's own rights
    and only among the records of the report's model.

    :param tile: crm.dashboard.tile as the user
    :param options: dict with any of KEYS, or None
    :return: ReportRequest
    :raise AccessError: the user may not read the report's records
    :raise ValidationError: unknown report, or options not readable
    """
    env = tile.env
    definition = tile._get_report_definition(code) if isinstance(code, str) else None
    if definition is None:
        raise ValidationError(env._("There is no such report."))
    model = env[definition.model]
    model.check_access("read")
    options = {} if options is None else options
    if not _is_readable(options):
        raise ValidationError(env._("The request is not readable."))
    domain = _parse_domain(model, options.get("domain") or [])
    group_by = options.get("group_by") or []
    if not all(_is_groupable(model, name) for name in group_by):
        raise ValidationError(env._("The report cannot be grouped that way."))
    facets = options.get("facets") or []
    return ReportRequest(
        code, definition, definition.fixed_domain & domain, group_by, facets
    )


def _is_readable(options):
    if not isinstance(options, dict) or set(options) - KEYS:
        return False
    try:
        if len(json.dumps(options)) > MAX_BYTES:
            return False
    except (TypeError, ValueError):
        return False
    texts = [options.get(key) or [] for key in ("group_by", "facets")]
    return all(isinstance(each, list) for each in texts) and all(
        isinstance(text, str) for each in texts for text in each
    )


def _parse_domain(model, domain):
    if not isinstance(domain, list):
        raise ValidationError(model.env._("The filter is not readable."))
    try:
        domain = Domain(domain)
        domain.validate(model)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValidationError(model.env._("The filter is not readable.")) from error
    return domain


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
