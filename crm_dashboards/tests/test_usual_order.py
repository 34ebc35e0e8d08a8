# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..models.crm_usual_order import Section
from ..tiles.words import format_amount
from .common import NOW
from .usual_order_common import UsualOrderCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestUsualOrder(UsualOrderCase):
    """What is proposed, and why."""

    def test_a_proposal_worked_by_hand(self):
        mirror, wreath, vase = (
            self._create_product(name, price)
            for name, price in (("Mirror", 74), ("Wreath", 23), ("Vase", 5))
        )
        self._buy("2026-08-20", (self.cards, 12, 7), (vase, 4, 5), (wreath, 2, 23))
        self._buy("2026-09-20", (self.cards, 24, 7), (self.lights, 6, 13))
        self._buy("2026-10-20", (self.cards, 12, 7.6), (mirror, 2, 70))
        self._buy("2026-11-18", (self.cards, 18, 7.6), (self.lights, 8, 13))
        self._buy("2026-11-18", (self.cards, 6, 7.6), (mirror, 5, 70))
        proposal = self._propose()
        self.assertEqual(
            proposal["subtitle"],
            "From the last 4 orders, at today's prices for this customer. Of the "
            "orders you may read.",
        )
        # orders of 3, 2, 2 and, on one day, 3 products: three are usual. Cards were in
        # all, lights 2 and 0 orders ago (1.81), the mirror 1 and 0 (1.9)
        usual = self._get_lines(proposal)
        self.assertEqual(list(usual), ["Cards", "Mirror", "Lights"])
        cards = usual["Cards"]
        # 24, 12 and 24 on the last three days
        self.assertEqual((cards["quantity"], cards["subtotal"]), (24, 24 * 8))
        self.assertEqual((cards["unit_price"], cards["discount"]), (8, 0))
        self.assertAlmostEqual(cards["last_price"], 7.6)
        self.assertTrue(cards["ticked"])
        # 12 24 12 24; gaps of 31, 30 and 29 days
        self.assertEqual(
            cards["evidence"],
            "in 4 of the last 4 orders · last Nov 18, 6 Units · usually 12 to 24",
        )
        self.assertEqual((cards["due"], cards["is_late"]), ("due Dec 18", False))
        lights = usual["Lights"]
        self.assertEqual((lights["quantity"], lights["last_price"]), (7, False))
        self.assertEqual(lights["due"], False)
        sometimes = self._get_lines(proposal, "sometimes")
        self.assertEqual(list(sometimes), ["Wreath", "Vase"])
        self.assertFalse(any(line["ticked"] for line in sometimes.values()))
        # 84+20+46, 168+78, 91.2+140, 136.8+104+45.6+350
        self.assertEqual(proposal["usual"], "An order is usually about 316\xa0€.")
        self.assertFalse(proposal["large"] or proposal["draft"] or proposal["message"])

    def test_due_ones_come_first_among_what_is_bought_sometimes(self):
        often, due, rare = (
            self._create_product(name, 10) for name in ("Often", "Due", "Rare")
        )
        for third, days in (
            (due, ("2026-10-01", "2026-10-11", "2026-10-21")),
            (rare, ("2026-10-22", "2026-11-05", "2026-11-12")),
            (often, ("2026-11-13", "2026-11-16", "2026-11-20")),
        ):
            for day in days:
                bought = (self.cards, self.lights, third)
                self._buy(day, *((product, 1, 10) for product in bought))
        lines = self._get_lines(self._propose(), "sometimes")
        # both in three of nine orders, but the one longer ago
        self.assertEqual(list(lines), ["Due", "Rare"])
        self.assertEqual(lines["Due"]["due"], "due since Oct 31")
        self.assertTrue(lines["Due"]["is_late"])
        # gaps of 14 and 7: 10.5 days, so 11
        self.assertEqual(lines["Rare"]["due"], "due Nov 23")

    def test_what_is_no_purchase_does_not_count(self):
        order = self._buy(
            "2026-11-01",
            (self.cards, 12, 8),
            (self._create_product("Sample", 5), 1, 5, {"discount": 100}),
            (self._create_product("Return", 5), -1, 5),
            (self._create_product("Nothing", 5), 0, 5),
        )
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Down Payments"}),
            Command.create(
                {
                    "name": "Down payment",
                    "is_downpayment": True,
                    "product_uom_qty": 0,
                    "price_unit": 50,
                }
            ),
            Command.create(
                {
                    "product_id": self._create_product("Advance", 50).id,
                    "is_downpayment": True,
                    "product_uom_qty": 1,
                    "price_unit": 50,
                }
            ),
        ]
        self._buy("2026-11-02", (self.lights, 1, 13), state="draft")
        self._buy("2026-11-02", (self.lights, 1, 13), state="cancel")
        self._buy("2026-12-24", (self.lights, 1, 13))
        proposal = self._propose()
        self.assertEqual([each["code"] for each in proposal["sections"]], ["usual"])
        self.assertEqual(list(self._get_lines(proposal)), ["Cards"])

    def test_a_day_is_that_of_the_person_who_looks(self):
        self._buy("2026-11-18", (self.cards, 1, 8), date_order="2026-11-18 23:30:00")
        self.seller.tz = "Europe/Brussels"
        self.assertIn("last Nov 19", self._get_line("Cards")["evidence"])

    def test_contacts_order_for_their_company(self):
        buyer = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.shop.id}
        )
        self._buy("2026-11-01", (self.cards, 12, 8), customer=buyer)
        for customer in (self.shop, buyer):
            lines = self._get_lines(self._propose(customer=customer))
            self.assertEqual(list(lines), ["Cards"])

    def test_own_documents_only(self):
        self._buy("2026-11-01", (self.cards, 12, 8), user_id=self.colleague.id)
        self._buy("2026-11-02", (self.lights, 12, 8), user_id=self.seller.id)
        self.assertEqual(list(self._get_lines(self._propose())), ["Lights"])
        proposal = self._propose(self.manager)
        self.assertEqual(set(self._get_lines(proposal)), {"Cards", "Lights"})
        self.assertNotIn("you may read", proposal["subtitle"])

    def test_orders_of_another_company_are_its_own(self):
        self._buy("2026-11-01", (self.cards, 12, 8))
        self._buy("2026-11-02", (self.lights, 12, 8), company=self.sister)
        self.seller.company_ids |= self.sister
        both = self.company | self.sister
        for companies, name in ((both, "Cards"), (both[::-1], "Lights")):
            lines = self._get_lines(self._propose(companies=companies))
            self.assertEqual(list(lines), [name])

    def test_the_last_large_order_where_sizes_differ(self):
        vases = [self._create_product(f"Vase {n}", 20) for n in range(12)]
        days = ("2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01")
        for day in days:
            self._buy(day, (self.cards, 10, 8))
        self._buy("2026-10-05", (self.cards, 40, 8), *((each, 5, 20) for each in vases))
        self._buy("2026-10-07", (self.lights, 40, 13))
        proposal = self._propose()
        # values 80 80 80 80 520 1520: quartiles 80 and 410, the newest above is 7 Oct
        self.assertEqual(proposal["large"], "As the large order of Oct 7 (1 product)")
        self._buy("2026-10-08", (self.cards, 40, 8), *((each, 5, 20) for each in vases))
        proposal = self._propose()
        self.assertEqual(proposal["large"], "As the large order of Oct 8 (13 products)")
        lines = {
            line["name"]: (section["code"], line["large_quantity"], line["ticked"])
            for section in proposal["sections"]
            for line in section["lines"]
        }
        self.assertEqual(lines["Cards"], ("usual", 40, True))
        self.assertNotIn("Lights", lines)
        # three are usual, six stand below them, the others are asked for
        codes = [code for code, _quantity, _ticked in lines.values()]
        counts = {code: codes.count(code) for code in codes}
        self.assertEqual(counts, {"usual": 3, "sometimes": 6, "large": 13 - 9})

    def test_who_may_not(self):
        self._buy("2026-11-01", (self.cards, 12, 8))
        for groups in ("base.group_user", "base.group_portal"):
            user = self._create_user(groups.replace(".", "_"), groups)
            with self.assertRaises(AccessError):
                self._propose(user)
        for groups in (
            "account.group_account_invoice",
            "account.group_account_readonly",
        ):
            user = self._create_user(groups.replace(".", "_"), groups)
            proposal = self._propose(user)
            self.assertFalse(proposal["can_create"])
            with self.assertRaises(AccessError):
                self._create(user=user)

    def test_nothing_to_propose_says_why(self):
        proposal = self._propose()
        self.assertEqual(
            proposal["message"],
            "There is no order of this customer that you may read.",
        )
        self._buy("2026-11-01", (self.cards, 12, 8))
        self.cards.action_archive()
        proposal = self._propose()
        self.assertEqual(
            proposal["message"],
            "Nothing that this customer ordered lately is sold any more.",
        )
        self.assertEqual([each["name"] for each in proposal["gone"]], ["Cards"])

    def test_what_an_order_usually_is_agrees_with_what_is_expected(self):
        self._keep_busy()
        self._create_rhythm(self.shop, "2026-11-10", 100)
        self._create_order(self.shop, "2026-11-11", 700)
        self._refresh()
        value = self._get_metric(self.shop).expected_order_value
        self.assertAlmostEqual(value, 1300 / 7, 2)
        self.assertIn(format_amount(value, self.euro), self._propose()["usual"])

    def test_a_section_of_an_addon(self):
        def get_special_sections(dialogue, scope, purchases):
            line = dialogue._make_line(scope, purchases, self.lights, ticked=False)
            return [Section("leaving", "Ask about it", (replace(line, due=None),))]

        self.patch(
            self.env.registry["crm.usual.order"],
            "_get_special_sections",
            get_special_sections,
        )
        self._buy("2026-11-01", (self.cards, 12, 8), (self.lights, 2, 13))
        proposal = self._propose()
        codes = [section["code"] for section in proposal["sections"]]
        self.assertEqual(codes, ["usual", "leaving"])
        self.assertEqual(list(self._get_lines(proposal)), ["Cards"])
        lights = self._get_lines(proposal, "leaving")["Lights"]
        self.assertEqual((lights["quantity"], lights["ticked"]), (2, False))

    def test_buttons_that_open_it(self):
        self._keep_busy()
        self._create_rhythm(self.shop, "2026-08-01", 100)
        self._refresh()
        expected = {"tag": "crm_dashboards.usual_order", "type": "ir.actions.client"}
        tiles = self._as(self.seller)["crm.dashboard.tile"]
        metric = self._get_metric(self.shop)
        tile = self._get_tile("missing_orders", self.seller, {"account_manager": "me"})
        (row,) = self._get_block(tile, "rows")["rows"]
        self.assertEqual(row["actions"][0]["key"], "usual_order")
        for action in (
            tiles.run_customer_action(self.shop.id, "usual_order"),
            tiles.run_row_action("missing_orders", "usual_order", row["id"]),
            metric.with_user(self.seller).action_usual_order(),
        ):
            self.assertEqual(action, action | expected)
            self.assertEqual(action["params"], {"customer_id": self.shop.id})
