# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.http import content_disposition, request, route

from odoo.addons.report_xlsx.controllers.main import ReportController

WORKBOOKS = (
    "crm_dashboards.dashboard_workbook",
    "crm_dashboards.report_workbook",
)


class WorkbookDownload(ReportController):
    """Names a workbook after what is in it and the day it was made."""

    @route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        response = super().report_routes(reportname, docids, converter, **data)
        if converter == "xlsx" and reportname in WORKBOOKS:
            context = json.loads(data.get("context") or "{}")
            options = json.loads(data.get("options") or "{}")
            workbook = request.env[f"report.{reportname}"].with_context(**context)
            name = workbook._get_file_name({**data, **options})
            response.headers["Content-Disposition"] = content_disposition(name)
        return response
