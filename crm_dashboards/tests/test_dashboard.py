# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DASHBOARD, NOW, DashboardCase

TILE = "odoo.addons.crm_dashboards.models.crm_dashboard_tile"


@tagged("post_install", "-at_install")
class TestDashboardHeader(DashboardCase):
    def _get_header(self, user=None, companies=None):
        env = self._as(user or self.manager, companies)
        return env["crm.dashboard.tile"].get_dashboard(DASHBOARD)

    def test_header_names_company_and_the_others(self):
        self.manager.company_ids += self.sister
        header = self._get_header(companies=self.company | self.sister)
        self.assertEqual(
            header["company"],
            {
                "id": self.company.id,
                "name": "Wholesale",
                "currency_id": self.euro.id,
            },
        )
        self.assertEqual(header["companies"], ["Sister"])
        self.assertFalse(self._get_header()["companies"])

    def test_as_of_is_the_moment_of_the_figures(self):
        self.assertFalse(self._get_header()["as_of"]["date"])
        self._refresh()
        as_of = self._get_header()["as_of"]
        self.assertEqual(as_of["date"], NOW)
        self.assertTrue(as_of["label"].startswith("Segments as of"))
        self.assertFalse(as_of["zone"])

    def test_as_of_tells_the_time_as_the_viewer_does(self):
        self._refresh()
        self.assertRegex(self._get_header()["as_of"]["label"], r"Nov 21, 12:00\sPM$")
        self.env["res.lang"]._activate_lang("fr_FR")
        header = self._as(self.manager)["crm.dashboard.tile"].with_context(lang="fr_FR")
        label = header.get_dashboard("account_manager")["as_of"]["label"]
        self.assertTrue(label.endswith("21 nov., 12:00"), label)

    def test_as_of_is_short_where_there_is_little_room(self):
        self.assertEqual(
            self._get_header()["as_of"]["short"], "Segments not computed yet"
        )
        self._refresh()
        short = self._get_header()["as_of"]["short"]
        self.assertRegex(short, r"^As of today, 12:00\sPM$")
        with freeze_time("2026-11-22 12:00:00"):
            short = self._get_header()["as_of"]["short"]
        self.assertRegex(short, r"^As of Nov 21, 12:00\sPM$")

    def test_as_of_names_the_zone_where_the_viewer_has_another(self):
        self._refresh()
        self.company.crm_figures_tz = "Europe/Brussels"
        self.assertEqual(self._get_header()["as_of"]["zone"], "Europe/Brussels")
        self.manager.tz = "Europe/Brussels"
        self.assertFalse(self._get_header()["as_of"]["zone"])

    def test_database_without_orders_invites_to_the_next_step(self):
        for _night in range(2):  # before and after the first night
            invitation = self._get_header()["empty"]
            self.assertEqual(invitation["action"]["res_model"], "sale.order")
            self.assertEqual(invitation["action_label"], "New quotation")
            self._refresh()
        order = self._create_order(self._create_customer("First"), "2026-11-20", 1)
        self.assertFalse(self._get_header()["empty"])
        order._action_cancel()
        self.assertTrue(self._get_header()["empty"])

    def test_invoicing_user_is_not_invited_to_what_is_not_allowed(self):
        invoicing = self._create_user(
            "invoicing", "base.group_user,account.group_account_invoice"
        )
        invitation = self._get_header(invoicing)["empty"]
        self.assertTrue(invitation["title"])
        self.assertFalse(invitation["action"])

    def test_tiles_have_size_and_report(self):
        tiles = {tile["code"]: tile for tile in self._get_header()["tiles"]}
        self.assertEqual(tiles["orders"]["name"], "Orders")
        for code in ("orders", "twelve_months", "rfm"):
            self.assertTrue(tiles[code]["see_more"])
            self.assertIn(tiles[code]["size"], (3, 4, 6, 8, 12))


@tagged("post_install", "-at_install")
class TestOneTileFails(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_order(cls._create_customer("Customer"), "2026-11-02", 5)

    def _get_tiles(self, error):
        """Return two tiles, the one of which fails with ``error``."""
        tile = self._as(self.manager)["crm.dashboard.tile"]
        model = self.env.registry["crm.tile.orders"]
        with patch.object(model, "_get_content", side_effect=error):
            return tile.get_tiles(
                DASHBOARD, ["orders", "twelve_months"], {"account_manager": "all"}
            )

    def test_others_are_untouched(self):
        with self.assertLogs(TILE, "ERROR") as logs:
            tiles = self._get_tiles(ZeroDivisionError("no"))
        self.assertEqual(tiles["orders"]["state"], "failed")
        self.assertEqual(tiles["orders"]["message"], "This tile could not be computed.")
        self.assertFalse(tiles["orders"]["blocks"])
        self.assertEqual(tiles["twelve_months"]["state"], "ready")
        self.assertIn("ZeroDivisionError", logs.output[0])

    def test_others_are_untouched_by_what_it_announces(self):
        def fail(tile, _scope):
            tile.env.cr.execute("SELECT 1 / 0")

        tile = self._as(self.manager)["crm.dashboard.tile"]
        model = self.env.registry["crm.tile.orders"]
        with (
            patch.object(model, "_get_customer_sums", fail),
            mute_logger(TILE, "odoo.sql_db"),
        ):
            tiles = tile.get_tiles(
                DASHBOARD, ["orders", "twelve_months"], {"account_manager": "all"}
            )
        self.assertEqual(tiles["orders"]["state"], "failed")
        self.assertEqual(tiles["twelve_months"]["state"], "ready")

    def test_error_of_the_database_does_not_spoil_the_next_tile(self):
        def fail(tile, _scope):
            tile.env.cr.execute("SELECT 1 / 0")

        tile = self._as(self.manager)["crm.dashboard.tile"]
        with (
            patch.object(self.env.registry["crm.tile.orders"], "_get_content", fail),
            mute_logger(TILE, "odoo.sql_db"),
        ):
            tiles = tile.get_tiles(
                DASHBOARD, ["orders", "twelve_months"], {"account_manager": "all"}
            )
        self.assertEqual(tiles["orders"]["state"], "failed")
        self.assertEqual(tiles["twelve_months"]["state"], "ready")

    def test_tile_without_access_is_absent(self):
        tiles = self._get_tiles(AccessError("no"))
        self.assertNotIn("orders", tiles)
        self.assertEqual(tiles["twelve_months"]["state"], "ready")

    def test_what_odoo_tries_again_goes_up(self):
        for error in (
            psycopg2.errors.SerializationFailure("retry"),
            psycopg2.errors.ReadOnlySqlTransaction("write on a replica"),
            psycopg2.OperationalError("connection"),
        ):
            with self.subTest(error=error), self.assertRaises(type(error)):
                self._get_tiles(error)
