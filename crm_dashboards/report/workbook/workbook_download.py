# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.exceptions import ValidationError
from odoo.http import content_disposition, request, route

from odoo.addons.report_xlsx.controllers.main import ReportController

from ...models.plain import is_plain
from ...models.rpc import check_context

WORKBOOKS = (
    "crm_dashboards.dashboard_workbook",
    "crm_dashboards.report_workbook",
)


class WorkbookDownload(ReportController):
    """Names a workbook after what is in it and the day it was made."""

    @route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        if converter != "xlsx" or reportname not in WORKBOOKS:
            return super().report_routes(reportname, docids, converter, **data)
        options = self._read_json(data.get("options"))
        context = {**request.env.context, **self._read_json(data.get("context"))}
        check_context(request.env(context=context))
        # A workbook is not of records: what its address says of some is left out.
        response = super().report_routes(reportname, None, converter, **data)
        workbook = request.env[f"report.{reportname}"].with_context(**context)
        name = workbook._get_file_name({**data, **options})
        response.headers["Content-Disposition"] = content_disposition(name)
        return response

    def _read_json(self, text):
        """Return the dict that a part of the address holds, empty if left out."""
        try:
            values = json.loads(text or "{}")
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict) or not is_plain(values):
            raise ValidationError(request.env._("The request is not readable."))
        return values
