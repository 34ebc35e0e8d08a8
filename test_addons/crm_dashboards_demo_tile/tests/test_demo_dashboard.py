# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.crm_dashboards.tests.workbook_common import WorkbookCase

CODE, TILE = "demo_catalogue", "demo_products"


@tagged("post_install", "-at_install")
class TestDemoDashboard(WorkbookCase):
    """A dashboard of another addon: a record, an action, a menu and a tile."""

    def _get_expected(self):
        return self.env["product.product"].search_count([("sale_ok", "=", True)])

    def test_it_shows_its_tile_and_none_of_others(self):
        tile = self._as(self.seller)["crm.dashboard.tile"]
        header = tile.get_dashboard(CODE)
        self.assertEqual([each["code"] for each in header["tiles"]], [TILE])
        (shown,) = tile.get_tiles(CODE, False).values()
        (figure,) = self._get_block(shown, "figure")["figures"]
        self.assertEqual(figure["cell"]["value"], self._get_expected())
        self.assertNotIn(TILE, tile.get_tiles("account_manager", False))

    def test_preferences_are_its_own(self):
        tile = self._as(self.seller)["crm.dashboard.tile"]
        tile.save_preference(CODE, {"hidden": [TILE, "orders"]})
        self.assertFalse(tile.get_dashboard(CODE)["tiles"])
        self.assertTrue(tile.get_dashboard("account_manager")["tiles"])

    def test_report_and_workbooks_have_the_same_number(self):
        env = self._as(self.manager)
        tile = env["crm.dashboard.tile"]
        action = tile.open_report(TILE)
        found = env[action["res_model"]].search_count(action["domain"])
        self.assertEqual(found, self._get_expected())
        book = self._open(self._export_report(TILE))
        self.assertEqual(len(self._read_records(book["Products"], "Name")), found)
        book = self._open(self._render(env, tile.export_dashboard(CODE)))
        self.assertEqual(book.sheetnames, ["Products", "Definitions"])
        self.assertIn("Catalogue Dashboard", book["Products"].parent.properties.title)

    def test_groups_of_the_record_close_it(self):
        dashboard = self.env.ref("crm_dashboards_demo_tile.crm_dashboard_demo")
        dashboard.group_ids = self.env.ref("sales_team.group_sale_manager")
        self.assertTrue(
            self._as(self.manager)["crm.dashboard.tile"].get_dashboard(CODE)
        )
        tile = self._as(self.seller)["crm.dashboard.tile"]
        for call in (
            lambda: tile.get_dashboard(CODE),
            lambda: tile.get_tiles(CODE, False),
            lambda: tile.export_dashboard(CODE),
        ):
            with self.assertRaises(ValidationError):
                call()
        with self.assertRaises(AccessError):
            tile.open_report(TILE)
