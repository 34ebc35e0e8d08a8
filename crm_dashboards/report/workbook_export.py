from odoo import api, models
from odoo.exceptions import ValidationError

from .report_request import parse_report_request


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    @api.readonly
    def export_dashboard(self, dashboard, scope=None):
        """Return the action that downloads a dashboard's workbook.

        :param str dashboard: account_manager or customer
        :param scope: as for ``get_tiles``
        :return: dict, an action
        :raise AccessError: neither salesperson nor invoicing nor accounting reader
        :raise ValidationError: no such dashboard, or the scope is not readable
        """
        self._check_dashboard_access()
        self._check_dashboard(dashboard)
        self._parse_dashboard_scope(dashboard, scope)
        return self._get_workbook_action(
            "crm_dashboards.crm_dashboard_tile_action_workbook",
            {"dashboard": dashboard, "scope": scope},
        )

    @api.model
    @api.readonly
    def export_report(self, report_code, options=None):
        """Return the action that downloads the workbook of a report's list.

        :param str report_code: code of a report, see ``_get_report_definition``
        :param options: dict with any of ``domain`` (of the list), ``group_by`` (list of
            field names, dates with their granularity) and ``facets`` (list of str)
        :return: dict, an action
        :raise AccessError: no access to dashboards or to the report's records
        :raise ValidationError: unknown report, options not readable, or more records
            than a sheet holds
        """
        self._check_dashboard_access()
        parse_report_request(self, report_code, options).check_size(self.env)
        return self._get_workbook_action(
            "crm_dashboards.crm_dashboard_tile_action_report_workbook",
            {"report_code": report_code, "options": options or {}},
        )

    @api.model
    def _get_workbook_action(self, xmlid, data):
        report = self.env.ref(xmlid).sudo()
        return report.report_action([], data=data, config=False)

    @api.model
    def _check_dashboard(self, dashboard):
        names = dict(self._fields["dashboard"]._description_selection(self.env))
        if not isinstance(dashboard, str) or dashboard not in names:
            raise ValidationError(self.env._("There is no such dashboard."))

    @api.model
    def _get_report_definition(self, code):
        """Return the ReportDefinition of a report, None where there is none.

        Each report's file, and each addon, adds its own.
        """
        return None
