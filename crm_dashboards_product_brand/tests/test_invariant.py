# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.crm_dashboards.tests.invariant_common import InvariantCase
from odoo.addons.crm_dashboards.tests.tile_checks import ORDERS, TileCheck

from .brands_common import NO_BRAND, BrandsCase


def compare_brands(view):
    """Bars are lines of quotations; a lapsed brand opens what was ordered of it."""
    (share,) = view.get_blocks("share")
    total = sum(item["cell"]["value"] for item in share["items"])
    for item in share["items"]:
        if item["drill"]["key"] == "lapsed":
            before = view.compare_report(item["drill"], {})
            view.case.assertGreater(before.aggregate(ORDERS)[ORDERS], 0)
        else:
            view.compare_report(item["drill"], {ORDERS: item["cell"]["value"]})
    report = view.compare_see_more({ORDERS: total})
    note, _numbers = view.get_note()
    view.case.assertTrue(note["text"].startswith(view.format(total)))
    (block,) = view.get_blocks("figure")
    compare_conversion(view, report, block["figures"][0])
    for figure in block["figures"]:
        if figure["drill"]:
            before = view.compare_report(figure["drill"], {})
            before = float(before.aggregate(ORDERS)[ORDERS])
            change = (total - before) / before
            view.assert_same(figure["cell"]["value"], change, "change")


def compare_conversion(view, report, figure):
    """How many of the report's quotations were ordered."""
    orders = report.search().order_id
    ordered = orders.filtered(lambda order: order.state == "sale")
    share = len(ordered) / len(orders)
    view.assert_same(figure["cell"]["value"], share, "share ordered")


@tagged("post_install", "-at_install")
class TestInvariant(InvariantCase, BrandsCase):
    """Quotes by Brand: tile, report and workbook have the same number."""

    module = "crm_dashboards_product_brand"
    checks = {"customer_brands": TileCheck(compare_brands)}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for company, factor in ((cls.company, 1), (cls.sister, 10)):
            for made, amounts, values in (
                ("2026-10-01", {NO_BRAND: 500}, {"state": "sent"}),
                ("2026-06-01", {"Lago": 200, "Muuto": 400}, {"user_id": cls.seller.id}),
                ("2026-05-01", {"Muuto": 50}, {"user_id": cls.colleague.id}),
                ("2026-03-10", {"Lago": 600, "Vitra": 300}, {"state": "sale"}),
                ("2025-05-05", {"Vitra": 1000, "Kartell": 600}, {"state": "sale"}),
            ):
                amounts = {name: amount * factor for name, amount in amounts.items()}
                day = {"date_order": f"{made} 12:00:00", "pricelist_id": False}
                cls._create_quotation(
                    made, amounts, cls.contact, company, **day, **values
                )

    def test_every_tile_has_a_check(self):
        self._check_every_tile_has_a_check()

    def test_everybody_has_one_number(self):
        self._check_everybody()

    def test_all_companies_have_one_number(self):
        self._check_all_companies()

    def test_numbers_by_hand(self):
        for company, user, amount in (
            (self.company, self.manager, 450),
            (self.company, self.seller, 400),
            (self.sister, self.manager, 4500),
            (self.sister, self.seller, 4000),
        ):
            tile = self._get_brands(user, company)
            self.assertEqual(self._get_values(tile)["Muuto"], amount)
