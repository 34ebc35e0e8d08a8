# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from unittest.mock import patch
from urllib.parse import quote

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..tiles.report import Report
from .common import DASHBOARD, NOW
from .workbook_common import WorkbookCase

WORKBOOKS = {
    "crm_dashboards.dashboard_workbook": {"dashboard": DASHBOARD, "scope": {}},
    "crm_dashboards.report_workbook": {"report_code": "rfm", "options": {}},
}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestWorkbookAccess(WorkbookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.internal = cls._create_user("internal", "base.group_user")
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.reader = cls._create_user(
            "reader", "base.group_user,account.group_account_readonly"
        )

    def test_strangers_get_no_workbook_whatever_way(self):
        for user in (self.internal, self.portal):
            env = self._as(user)
            tile = env["crm.dashboard.tile"]
            for export in (
                lambda tile=tile: tile.export_dashboard(DASHBOARD, {}),
                lambda tile=tile: tile.export_report("rfm", {}),
                lambda tile=tile: tile.export_report("orders", {}),
            ):
                with self.subTest(user=user.name), self.assertRaises(AccessError):
                    export()
            for name, data in WORKBOOKS.items():
                report = env["ir.actions.report"]
                with self.subTest(user=user.name), self.assertRaises(AccessError):
                    report._render_xlsx(name, None, data=data)

    def test_a_report_opens_no_other_doors(self):
        report = Report("Jobs", "base.ir_cron_act", "user_id", measure="priority")
        tile = self.env.registry["crm.tile.rfm"]
        with (
            patch.object(tile, "_get_report", lambda self: report),
            self.assertRaises(AccessError),
        ):
            self._export_report("rfm", self.seller)

    def test_accounting_readers_get_the_whole_dashboard(self):
        sheets = self._open(self._export_dashboard(self.reader)).sheetnames
        self.assertIn("Orders", sheets)
        self.assertIn("RFM Analysis", sheets)


@tagged("post_install", "-at_install")
class TestWorkbookDownload(WorkbookCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        customer = cls._create_customer("Baker", cls.seller)
        cls._create_order(customer, "2026-11-03", 100.0)
        cls._refresh()

    def _download(self, name, data, login):
        """Get a workbook by the route of the client's download."""
        self.authenticate(login, login)
        url = f"/report/xlsx/{name}?options={quote(json.dumps(data))}&context=%7B%7D"
        return self.url_open(
            "/report/download",
            data={
                "data": json.dumps([url, "xlsx"]),
                "context": "{}",
                "csrf_token": http.Request.csrf_token(self),
            },
        )

    def test_files_are_named_after_what_is_in_them(self):
        for name, title in (
            ("crm_dashboards.dashboard_workbook", "Account Manager Dashboard"),
            ("crm_dashboards.report_workbook", "RFM Analysis"),
        ):
            response = self._download(name, WORKBOOKS[name], self.manager.login)
            self.assertEqual(response.status_code, 200)
            self.assertEqual(response.headers["Content-Type"], EXCEL)
            self.assertRegex(
                response.headers["Content-Disposition"],
                rf"filename\*=UTF-8''{quote(title)}%20\d{{4}}-\d\d-\d\d\.xlsx$",
            )
            self.assertIn("Definitions", self._open(response.content).sheetnames)

    @mute_logger("odoo.http", "odoo.addons.report_xlsx.controllers.main")
    def test_the_route_refuses_strangers(self):
        portal = self._create_user("portal", "base.group_portal")
        internal = self._create_user("internal", "base.group_user")
        for user in (portal, internal):
            self.authenticate(user.login, user.login)
            for name, data in WORKBOOKS.items():
                for query in ("", f"?options={quote(json.dumps(data))}"):
                    response = self.url_open(f"/report/xlsx/{name}{query}")
                    self.assertEqual(response.status_code, 403)
                    self.assertNotEqual(response.headers["Content-Type"], EXCEL)
                response = self._download(name, data, user.login)
                self.assertNotEqual(response.headers["Content-Type"], EXCEL)
                self.assertNotIn("Baker", response.text)
