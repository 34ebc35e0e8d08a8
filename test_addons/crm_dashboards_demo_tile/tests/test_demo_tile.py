# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools.misc import file_path

from odoo.addons.crm_dashboards.tests.common import DASHBOARD, DashboardCase

CODE = "demo_quotations"


@tagged("post_install", "-at_install")
class TestDemoTile(DashboardCase):
    """A tile of another addon: one record, one method, no JavaScript."""

    def _get_header_tile(self, user):
        header = self._as(user)["crm.dashboard.tile"].get_dashboard(DASHBOARD)
        return {tile["code"]: tile for tile in header["tiles"]}.get(CODE)

    def test_addon_has_no_files_for_the_browser(self):
        with self.assertRaises(FileNotFoundError):
            file_path("crm_dashboards_demo_tile/static/src")
        module = self.env.ref("base.module_crm_dashboards_demo_tile")
        manifest = module.get_module_info(module.name)
        self.assertFalse(manifest.get("assets"))

    def test_tile_stands_on_the_dashboard(self):
        self.assertEqual(
            self._get_header_tile(self.manager),
            {
                "code": CODE,
                "name": "Open Quotations",
                "size": 3,
                "see_more": True,
                "follows_period": False,
            },
        )

    def test_tile_shows_its_figures(self):
        tile = self._get_tile(CODE)
        self.assertEqual(
            (tile["state"], tile["message"]), ("empty", "No open quotation.")
        )
        mine = self._create_customer("Mine", self.seller)
        others = self._create_customer("Other", self.colleague)
        rows = [
            (mine, "2026-11-01", 10),
            (mine, "2026-11-02", 20),
            (others, "2026-11-03", 400),
        ]
        self._create_orders(rows, state="draft")
        self._create_order(mine, "2026-11-04", 8000)  # an order already
        for user, value, number in ((self.manager, 430, 3), (self.seller, 30, 2)):
            tile = self._get_tile(CODE, user)
            (figure,) = self._get_block(tile, "figure")["figures"]
            self.assertEqual(tile["title"], "Open Quotations")
            self.assertEqual(figure["cell"]["value"], value)
            self.assertEqual(figure["label"], f"in {number} quotations")

    def test_see_more_opens_the_report_of_the_record(self):
        action = self._as(self.manager)["crm.dashboard.tile"].open_report(CODE)
        self.assertEqual(action["res_model"], "sale.order")
        self.assertEqual(action["xml_id"], "sale.action_quotations")

    def test_administrators_restrict_it_without_code(self):
        tile = self.env.ref(
            "crm_dashboards_demo_tile.crm_dashboard_tile_demo_quotations"
        )
        tile.group_ids = self.env.ref("sales_team.group_sale_manager")
        self.assertTrue(self._get_header_tile(self.manager))
        self.assertIsNone(self._get_header_tile(self.seller))
        self.assertIsNone(self._get_tile(CODE, self.seller))
