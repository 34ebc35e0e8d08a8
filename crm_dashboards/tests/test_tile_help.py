# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import file_open

from .common import DASHBOARD, NOW, DashboardCase

GUIDE = "crm_dashboards/static/guide/index.html"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTileHelp(DashboardCase):
    """What stands behind the ⓘ of a tile, and the one notice above all of them."""

    def _explain(self, code, user=None):
        return self._as(user or self.manager)["crm.dashboard.tile"].explain_tile(code)

    def test_every_tile_says_what_it_shows_and_where_it_is_from(self):
        tiles = self.env["crm.dashboard.tile"].search([])
        self.assertTrue(tiles)
        for tile in tiles:
            with self.subTest(code=tile.code):
                told = tile._get_tile_model(self.env)._explain()
                self.assertTrue(told["purpose"])
                sources = {"Live figures", "As of"}
                self.assertIn(told["terms"][-1]["name"], sources)
                self.assertTrue(all(term["meaning"] for term in told["terms"]))

    def test_the_guide_has_a_place_for_every_tile(self):
        with file_open(GUIDE) as page:
            guide = page.read()
        tiles = self.env["crm.dashboard.tile"].search([])
        for tile in tiles.filtered(lambda tile: "demo" not in tile.code):
            with self.subTest(code=tile.code):
                url = tile._get_tile_model(self.env)._explain()["guide"]
                self.assertEqual(url, f"/{GUIDE}#{tile.code}")
                self.assertIn(f'id="{tile.code}"', guide)

    def test_terms_are_those_of_the_definitions_without_segments(self):
        told = self._explain("missing_orders")
        self.assertEqual(
            told["purpose"], "Who should have ordered by now, by their own rhythm."
        )
        names = [term["name"] for term in told["terms"]]
        self.assertIn("Value at risk", names)
        self.assertNotIn("Champions", names)
        model = self._as(self.manager)["crm.tile.missing_orders"]
        terms = {term.name: term.meaning for term in model._get_terms()}
        self.assertIn("Champions", terms)
        for term in told["terms"]:
            self.assertEqual(term["meaning"], terms[term["name"]])

    def test_who_may_not_see_a_tile_is_told_nothing(self):
        tile = self.env.ref("crm_dashboards.crm_dashboard_tile_rfm")
        tile.group_ids = self.env.ref("base.group_system")
        with self.assertRaises(AccessError):
            self._explain("rfm")
        for odd in ("nothing", False, 5, ["rfm"], {}):
            with self.subTest(odd=odd), self.assertRaises(AccessError):
                self._explain(odd)

    def test_it_speaks_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("de_DE")
        told = self._as(self.manager)["crm.dashboard.tile"].with_context(lang="de_DE")
        self.assertNotEqual(
            told.explain_tile("orders")["purpose"], self._explain("orders")["purpose"]
        )

    def test_own_documents_are_told_once_and_by_each_tile(self):
        customer = self._create_customer("A", self.seller)
        self._create_order(customer, "2026-11-05", 10, user_id=self.seller.id)
        tile = self._as(self.seller)["crm.dashboard.tile"]
        header = tile.get_dashboard(DASHBOARD)
        self.assertEqual(
            header["reading"],
            "Your own customers, and the documents that you may read.",
        )
        orders = tile.get_tiles(DASHBOARD, ["orders"])["orders"]
        self.assertEqual(
            self._get_blocks(orders, "reading"),
            [
                {
                    "type": "reading",
                    "text": "Of the orders you may read.",
                    "tone": "muted",
                    "link": False,
                }
            ],
        )
        scope = {"customer_id": customer.id}
        header = tile.get_dashboard("customer", scope)
        self.assertEqual(header["reading"], "Of the documents that you may read.")
        for user in (self.manager, self.colleague):
            header = self._as(user)["crm.dashboard.tile"].get_dashboard(DASHBOARD)
            self.assertFalse(header["reading"])
