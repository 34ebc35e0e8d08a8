# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..usual_order.successors import get_stem
from .common import NOW
from .usual_order_common import UsualOrderCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestUsualOrderPrices(UsualOrderCase):
    """Units, prices and currencies of what is proposed."""

    def test_the_pricelist_has_the_price_and_the_discount(self):
        discounts = self.env.ref("sale.group_discount_per_so_line")
        self.env.ref("base.group_user").implied_ids |= discounts
        shop = self.shop.with_company(self.company)
        shop.property_product_pricelist = self.env["product.pricelist"].create(
            {
                "name": "Shops",
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": 10,
                            "min_quantity": 20,
                        }
                    )
                ],
            }
        )
        self._buy("2026-11-01", (self.cards, 12, 7), (self.lights, 24, 13))
        proposal = self._propose()
        cards, lights = (self._get_line(name, proposal) for name in ("Cards", "Lights"))
        self.assertEqual((cards["unit_price"], cards["discount"]), (8, 0))
        self.assertAlmostEqual(lights["unit_price"], 11.7)
        self.assertEqual((lights["discount"], lights["last_price"]), (10, 13))
        asked = {
            "product_id": self.cards.id,
            "unit_id": self.units.id,
            "quantity": 30,
            "ticked": True,
        }
        answer = self._dialogue().get_prices(self.shop.id, [asked])
        (price,) = answer["prices"]
        self.assertAlmostEqual(price["subtotal"], 30 * 7.2)
        self.assertEqual((answer["notices"], price["discount"]), ([], 10))

    def test_the_unit_is_the_one_of_last_time(self):
        self._buy("2026-10-01", (self.cards, 24, 7))
        self._buy("2026-11-01", (self.cards, 3, 90, {"product_uom_id": self.dozens.id}))
        cards = self._get_line("Cards")
        self.assertEqual((cards["unit"], cards["unit_id"]), ("Dozens", self.dozens.id))
        # 2 and 3 dozens: the median of whole ones is a whole one
        self.assertEqual(cards["quantity"], 3)
        self.assertEqual(cards["unit_price"], 12 * 8)
        self.assertEqual(cards["last_price"], 90)
        self.assertIn("last Nov 1, 3 Dozens", cards["evidence"])

    def test_quantities_are_rounded_as_units_are(self):
        self.env["decimal.precision"].search([("name", "=", "Product Unit")]).digits = 1
        kilos = self.env.ref("uom.product_uom_kgm")
        sand = self._create_product("Sand", 2, uom_id=kilos.id)
        for day, quantity in (("2026-10-01", 0.3), ("2026-11-01", 0.6)):
            self._buy(day, (sand, quantity, 2))
        self.assertEqual(self._get_line("Sand")["quantity"], 0.5)

    def test_a_unit_of_another_kind_is_asked_about(self):
        kilos = self.env.ref("uom.product_uom_kgm")
        self._buy("2026-11-01", (self.cards, 5, 8, {"product_uom_id": kilos.id}))
        cards = self._get_line("Cards")
        self.assertFalse(cards["ticked"])
        self.assertEqual((cards["unit"], cards["quantity"]), ("Units", 1))
        self.assertEqual(cards["warning"], "Unit changed? It was ordered in kg.")
        self._buy("2026-11-02", (self.cards, 6, 8))
        cards = self._get_line("Cards")
        self.assertEqual((cards["quantity"], cards["warning"]), (6, False))
        self.assertIn("in 2 of the last 2 orders", cards["evidence"])

    def test_a_unit_renamed_one_to_one_is_asked_about(self):
        self._buy("2026-11-01", (self.cards, 24, 8))
        self.cards.product_tmpl_id.uom_id = self.dozens
        self.env.flush_all()
        self.cards.list_price = 96
        cards = self._get_line("Cards")
        # Odoo has made 24 dozens of 24 pieces
        self.assertEqual((cards["unit"], cards["quantity"]), ("Dozens", 24))
        self.assertFalse(cards["ticked"])
        self.assertEqual(
            cards["warning"],
            "Unit or price changed? Usually 192.00\xa0€, now 2,304.00\xa0€.",
        )

    def test_a_price_ten_times_as_high_or_low_is_asked_about(self):
        self._buy("2026-11-01", (self.cards, 12, 8))
        for price, is_doubtful in ((80, True), (24, False), (24.1, True), (0.8, True)):
            self.cards.list_price = price
            cards = self._get_line("Cards")
            self.assertEqual(bool(cards["warning"]), is_doubtful, price)
            self.assertEqual(cards["ticked"], not is_doubtful)

    def test_currencies(self):
        self._create_rate("2020-01-01", 2)
        dollars = self._create_prices(self.dollar)
        dollars.item_ids = [
            Command.create(
                {
                    "applied_on": "0_product_variant",
                    "product_id": product.id,
                    "compute_price": "fixed",
                    "fixed_price": price,
                }
            )
            for product, price in ((self.cards, 16), (self.lights, 26))
        ]
        self.shop.with_company(self.company).property_product_pricelist = dollars
        # 8 euros and 14 dollars apiece
        self._buy("2026-10-01", (self.cards, 12, 8))
        self._buy("2026-11-01", (self.cards, 12, 14), pricelist_id=dollars.id)
        proposal = self._propose()
        self.assertEqual(proposal["currency_id"], self.dollar.id)
        cards = self._get_line("Cards", proposal)
        self.assertEqual((cards["unit_price"], cards["last_price"]), (16, 14))
        self.assertFalse(cards["warning"])
        # (96 + 84) / 2 euros
        self.assertEqual(proposal["usual"], "An order is usually about $\xa0180.")
        self._buy("2026-11-02", (self.lights, 1, 12))
        # 12 euros were 24 dollars, 13 are 26
        self.assertEqual(self._get_line("Lights")["last_price"], 24)

    def test_tax_stands_on_top_of_what_is_shown(self):
        group = self.env["account.tax.group"].create(
            {"name": "VAT", "company_id": self.company.id}
        )
        self.cards.taxes_id = self.env["account.tax"].create(
            {
                "name": "20 %",
                "amount": 20,
                "company_id": self.company.id,
                "tax_group_id": group.id,
                "price_include_override": "tax_included",
                "country_id": self.env.ref("base.be").id,
            }
        )
        self._buy("2026-11-01", (self.cards, 12, 6))
        cards = self._get_line("Cards")
        self.assertAlmostEqual(cards["unit_price"], 8 / 1.2, 2)
        self.assertAlmostEqual(cards["subtotal"], 80)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestUsualOrderSuccessors(UsualOrderCase):
    """What is sold, and what took the place of what is not."""

    def _check_gone(self, name, successor=None):
        """``name`` is no longer sold; its successor has its history."""
        proposal = self._propose()
        self.assertNotIn(name, self._get_lines(proposal))
        notes = {each["name"]: each["note"] for each in proposal["gone"]}
        words = "last Nov 1"
        if successor:
            words += f" · replaced by {successor}"
            line = self._get_line(successor, proposal)
            self.assertEqual(line["quantity"], 12)
            self.assertIn("last Nov 1, 12 Units", line["evidence"])
        self.assertEqual(notes[name], words)

    def test_only_what_can_be_sold_is_proposed(self):
        self.seller.company_ids |= self.sister
        archived, unsold, foreign = (
            self._create_product(name, 8) for name in ("Archived", "Unsold", "Foreign")
        )
        gone = archived | unsold | foreign
        self._buy("2026-11-01", *((each, 12, 8) for each in gone))
        self._buy("2026-11-02", (self.cards, 12, 8))
        archived.active = unsold.sale_ok = False
        self.env.flush_all()
        # Odoo refuses it by now, but did not always
        self.env.cr.execute(
            "UPDATE product_template SET company_id = %s WHERE id = %s",
            [self.sister.id, foreign.product_tmpl_id.id],
        )
        self.env.invalidate_all()
        both = self._propose(companies=self.company | self.sister)
        for proposal, names in (
            (both, {"Archived", "Unsold", "Foreign"}),
            # of a company that the user is not in there is not even a name
            (self._propose(), {"Archived", "Unsold"}),
        ):
            self.assertEqual(list(self._get_lines(proposal)), ["Cards"])
            self.assertEqual({each["name"] for each in proposal["gone"]}, names)

    def test_combos_are_no_products(self):
        combo = self.env["product.combo"].create(
            {
                "name": "Choice",
                "combo_item_ids": [Command.create({"product_id": self.lights.id})],
            }
        )
        menu = self._create_product(
            "Menu", 20, type="combo", combo_ids=[Command.set(combo.ids)]
        )
        order = self._buy("2026-11-01", (self.cards, 1, 8), (menu, 1, 0))
        order.order_line = [
            Command.create(
                {
                    "product_id": self.lights.id,
                    "product_uom_qty": 1,
                    "price_unit": 20,
                    "combo_item_id": combo.combo_item_ids.id,
                    "linked_line_id": order.order_line[1].id,
                }
            )
        ]
        self.assertEqual(list(self._get_lines(self._propose())), ["Cards"])

    def test_a_named_successor(self):
        newest = self._create_product("Newest", 8)
        newer = self._create_product("Newer", 8, active=False)
        newer.product_tmpl_id.crm_replaced_by_id = newest.product_tmpl_id
        self.cards.product_tmpl_id.crm_replaced_by_id = newer.product_tmpl_id
        self._buy("2026-11-01", (self.cards, 12, 8))
        self.assertEqual(list(self._get_lines(self._propose())), ["Cards"])
        self.cards.product_tmpl_id.action_archive()
        self._check_gone("Cards", "Newest")
        # two that replace each other lead nowhere
        newer.product_tmpl_id.crm_replaced_by_id = self.cards.product_tmpl_id
        self._check_gone("Cards")

    def test_the_other_variant(self):
        red, blue = self._create_shirt("Red", "Blue").product_variant_ids
        self._buy("2026-11-01", (red, 12, 8))
        red.action_archive()
        self._check_gone("Shirt (Red)", "Shirt (Blue)")

    def test_several_other_variants_are_no_successor(self):
        red, *_others = self._create_shirt("Red", "Blue", "Green").product_variant_ids
        self._buy("2026-11-01", (red, 12, 8))
        red.action_archive()
        self._check_gone("Shirt (Red)")

    def test_the_same_variant_of_a_named_successor(self):
        red, _blue = self._create_shirt("Red", "Blue").product_variant_ids
        blouse = self._create_shirt("Red", "Blue", name="Blouse")
        red.product_tmpl_id.crm_replaced_by_id = blouse
        self._buy("2026-11-01", (red, 12, 8))
        red.product_tmpl_id.action_archive()
        self._check_gone("Shirt (Red)", "Blouse (Red)")

    def test_the_same_barcode(self):
        self._buy("2026-11-01", (self.cards, 12, 8))
        self.cards.barcode = "4006381333931"
        self.cards.action_archive()
        self.env.flush_all()
        self.cards.barcode = False
        new = self._create_product("New cards", 8, barcode="4006381333931")
        self.env.cr.execute(
            "UPDATE product_product SET barcode = %s WHERE id = %s",
            [new.barcode, self.cards.id],
        )
        self.cards.invalidate_recordset()
        self._check_gone("Cards", "New cards")

    def test_another_edition_of_the_same_reference(self):
        self.cards.default_code = "GW-100A"
        self._buy("2026-11-01", (self.cards, 12, 8))
        self.cards.action_archive()
        self._create_product("New cards", 8, default_code="GW-100B")
        self._create_product("Others", 8, default_code="GW-1000")
        self._check_gone("[GW-100A] Cards", "[GW-100B] New cards")
        self._create_product("Newer cards", 8, default_code="GW-100-v3")
        self._check_gone("[GW-100A] Cards")

    def test_stems_of_references(self):
        for reference, stem in (
            ("85123A", "85123"),
            ("85123", "85123"),
            ("GW-100-v2", "GW-100"),
            ("GW_100.B", "GW_100"),
            ("10.20", "10.20"),
            ("E-COM10", "E-COM10"),
            ("GW", ""),
            (" ", ""),
            (False, ""),
        ):
            self.assertEqual(get_stem(reference), stem, reference)

    def test_a_successor_goes_on_with_the_history(self):
        new = self._create_product("New cards", 8)
        self.cards.product_tmpl_id.crm_replaced_by_id = new.product_tmpl_id
        for day, product, quantity in (
            ("2026-08-01", self.cards, 12),
            ("2026-09-01", self.cards, 14),
            ("2026-10-01", new, 40),
        ):
            self._buy(day, (product, quantity, 8))
        self.cards.product_tmpl_id.action_archive()
        line = self._get_line("New cards")
        self.assertEqual(line["quantity"], 14)
        self.assertIn("in 3 of the last 3 orders · last Oct 1, 40", line["evidence"])

    def test_variants_are_one_product_that_is_ordered_as_last_time(self):
        red, blue, green = self._create_shirt(
            "Red", "Blue", "Green"
        ).product_variant_ids
        for day, shirts in (
            ("2026-08-01", (red,)),
            ("2026-09-01", (green, red)),
            ("2026-10-01", (blue, green)),
        ):
            self._buy(day, (self.cards, 1, 8), *((shirt, 4, 10) for shirt in shirts))
        proposal = self._propose()
        usual = self._get_lines(proposal)
        self.assertEqual(list(usual), ["Cards", "Shirt (Blue)", "Shirt (Green)"])
        self.assertIn("in 3 of the last 3 orders", usual["Shirt (Blue)"]["evidence"])
        self.assertIn("last Oct 1, 4 Units", usual["Shirt (Green)"]["evidence"])
        self.assertFalse(self._get_lines(proposal, "sometimes"))
