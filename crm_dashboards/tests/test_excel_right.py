# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged

from .common import DASHBOARD, NOW
from .workbook_common import WorkbookCase

SETTING = "crm_dashboards.excel_needs_right"
DATA = {"report_code": "rfm", "options": {}}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestExcelRight(WorkbookCase, HttpCase):
    """The setting *Excel only for those who may export*."""

    def _need_right(self):
        settings = self.env["res.config.settings"].create(
            {"crm_excel_needs_right": True}
        )
        settings.execute()

    def _get_exports(self, user):
        env = self._as(user)
        tile, report = env["crm.dashboard.tile"], env["ir.actions.report"]
        return (
            lambda: tile.export_dashboard(DASHBOARD, {}),
            lambda: tile.export_report("rfm", {}),
            lambda: report._render_xlsx(
                "crm_dashboards.report_workbook", None, data=DATA
            ),
            lambda: report._render_xlsx(
                "crm_dashboards.dashboard_workbook", None, data={"dashboard": DASHBOARD}
            ),
        )

    def _may_export(self, user):
        header = self._as(user)["crm.dashboard.tile"].get_dashboard(DASHBOARD)
        return header["can_export"]

    def test_by_default_whoever_sees_a_tile_gets_it(self):
        self.assertTrue(self._may_export(self.seller))
        for export in self._get_exports(self.seller):
            self.assertTrue(export())

    def test_with_the_setting_only_exporters_get_it(self):
        self._need_right()
        self.assertFalse(self._may_export(self.seller))
        for number, export in enumerate(self._get_exports(self.seller)):
            with self.subTest(number=number), self.assertRaises(AccessError):
                export()
        self.seller.group_ids += self.env.ref("base.group_allow_export")
        self.assertTrue(self._may_export(self.seller))
        for export in self._get_exports(self.seller):
            self.assertTrue(export())

    def test_lists_have_no_button_without_the_right(self):
        for needed, expected in ((False, True), (True, False)):
            if needed:
                self._need_right()
            self.authenticate(self.seller.login, self.seller.login)
            session = self.make_jsonrpc_request("/web/session/get_session_info", {})
            self.assertEqual(session["crm_dashboards_excel"], expected)
