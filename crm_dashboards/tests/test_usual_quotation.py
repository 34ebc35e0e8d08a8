# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW
from .usual_order_common import UsualOrderCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestUsualQuotation(UsualOrderCase):
    """The quotation that is made of what was chosen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._buy("2026-10-01", (cls.cards, 24, 7), (cls.lights, 2, 12))
        cls._buy("2026-11-01", (cls.cards, 2, 80, {"product_uom_id": cls.dozens.id}))

    def test_a_quotation_of_what_is_ticked(self):
        order = self._create()
        self.assertEqual((order.state, order.partner_id), ("draft", self.shop))
        self.assertEqual(
            [
                (line.product_id, line.product_uom_qty, line.product_uom_id)
                for line in order.order_line
            ],
            [(self.cards, 2, self.dozens), (self.lights, 2, self.units)],
        )
        # today's prices, whatever they were
        self.assertEqual(order.order_line.mapped("price_unit"), [96, 13])
        self.assertEqual(order.amount_untaxed, 2 * 96 + 2 * 13)
        self.assertEqual(order.company_id, self.company)

    def test_whoever_has_own_documents_only_is_its_salesperson(self):
        self.shop.user_id = self.colleague
        self.assertEqual(self._create().user_id, self.seller)
        self.assertEqual(self._create(user=self.manager).user_id, self.colleague)

    def test_for_a_contact(self):
        buyer = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.shop.id}
        )
        self.assertEqual(self._create(customer=buyer).partner_id, buyer)

    def test_what_cannot_be_sold_is_refused(self):
        combo = self.env["product.combo"].create(
            {
                "name": "Choice",
                "combo_item_ids": [Command.create({"product_id": self.lights.id})],
            }
        )
        for values in (
            {"active": False},
            {"sale_ok": False},
            {"company_id": self.sister.id},
            {"type": "combo", "combo_ids": [Command.set(combo.ids)]},
        ):
            product = self._create_product("Other", 8, **values)
            with self.subTest(values=values), self.assertRaises(UserError):
                self._create([self._choose(product)])

    def test_what_is_unreadable_is_refused(self):
        kilos = self.env.ref("uom.product_uom_kgm")
        line = self._choose(self.cards)
        for lines in (
            [],
            "x",
            [1],
            [line, line],
            [{**line, "price_unit": 1}],
            [{**line, "product_id": "1"}],
            [{**line, "product_id": 2**31 - 1}],
            [{**line, "unit_id": kilos.id}],
            [{**line, "unit_id": 2**31 - 1}],
            [{**line, "quantity": 0}],
            [{**line, "quantity": -1}],
            [{**line, "quantity": True}],
            [{**line, "quantity": 1e300}],
            [{"product_id": self.cards.id}],
            [self._choose(self.cards)] * 201,
        ):
            with self.subTest(lines=lines), self.assertRaises(UserError):
                self._create(lines)
        for customer_id in (0, "1", None, 2**31 - 1):
            with self.assertRaises(UserError):
                self._dialogue().create_quotation(customer_id, [line])

    def test_a_product_that_was_never_ordered(self):
        vase = self._create_product("Vase", 5)
        line = self._dialogue().get_line(self.shop.id, vase.id)
        self.assertEqual((line["quantity"], line["subtotal"]), (1, 5))
        self.assertEqual((line["evidence"], line["ticked"]), ("never ordered", True))
        known = self._dialogue().get_line(self.shop.id, self.cards.id)
        self.assertEqual((known["unit"], known["quantity"]), ("Dozens", 2))
        vase.sale_ok = False
        for product_id in (vase.id, 0, "1", None):
            with self.assertRaises(UserError):
                self._dialogue().get_line(self.shop.id, product_id)

    def test_a_draft_is_added_to(self):
        self.assertFalse(self._propose()["draft"])
        self._buy("2026-11-02", (self.cards, 9, 9), state="sent")
        draft = self._buy(
            "2026-11-02", (self.cards, 9, 9), state="draft", user_id=self.seller.id
        )
        known = self._propose()["draft"]
        self.assertEqual((known["id"], known["name"]), (draft.id, draft.name))
        self.assertIn("is still a draft (81.00\xa0€)", known["text"])
        self.assertEqual(self._create(order_id=draft.id), draft)
        # what stood there stays as it was
        self.assertEqual(draft.order_line.product_id, self.cards | self.lights)
        self.assertEqual(draft.order_line.mapped("product_uom_qty"), [9, 2])
        self.assertFalse(draft.crm_is_usual_order)
        draft.action_quotation_sent()
        for order_id in (draft.id, 2**31 - 1, "1", [1]):
            with self.assertRaises(UserError):
                self._create(order_id=order_id)

    def test_a_draft_of_somebody_else_is_not_for_those_with_own_documents(self):
        draft = self._buy(
            "2026-11-02", (self.cards, 9, 9), state="draft", user_id=self.colleague.id
        )
        self.assertFalse(self._propose()["draft"])
        with self.assertRaises(UserError):
            self._create(order_id=draft.id)
        self.assertTrue(self._propose(self.manager)["draft"])

    def test_credit_limit(self):
        self.company.account_use_credit_limit = True
        self.shop.with_company(self.company).write(
            {"use_partner_credit_limit": True, "credit_limit": 200}
        )
        self.env["sale.order"].search([("partner_id", "=", self.shop.id)]).write(
            {"state": "cancel"}
        )
        self._buy("2026-11-03", (self.cards, 1, 8))
        lines = [
            self._choose(self.cards, 10, True),
            self._choose(self.lights, 99, False),
        ]
        answer = self._dialogue().get_prices(self.shop.id, lines)
        # 8 ordered and 80 ticked; what is not ticked is not asked about
        self.assertEqual(answer["notices"], [])
        self.assertEqual(answer["prices"][1]["subtotal"], 99 * 13)
        lines[0]["quantity"] = 24.5
        (words,) = self._dialogue().get_prices(self.shop.id, lines)["notices"]
        self.assertIn("Shop has reached its credit limit of: 200.00", words)

    def test_the_mark_is_ours_alone(self):
        order = self._create()
        self.assertTrue(order.crm_is_usual_order)
        self.assertFalse(order.copy().crm_is_usual_order)
        with self.assertRaises(AccessError):
            order.with_user(self.seller).crm_is_usual_order = False
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(self.seller).create(
                {"partner_id": self.shop.id, "crm_is_usual_order": True}
            )

    def test_nothing_was_asked_for_before_it_is_sent(self):
        order = self._create()
        asked_for = order.order_line._get_asked_for_domain()
        self.assertFalse(order.order_line.filtered_domain(asked_for))
        order.action_quotation_sent()
        self.assertEqual(order.order_line.filtered_domain(asked_for), order.order_line)

    def test_in_the_sister_company(self):
        self.seller.company_ids |= self.sister
        companies = self.sister | self.company
        own = self._create_product("Own", 8, company_id=self.sister.id)
        lines = [self._choose(own)]
        with self.assertRaises(UserError):
            self._create(lines)
        order = self._create(lines, companies=companies)
        self.assertEqual(order.company_id, self.sister)
        self.assertEqual(order.user_id, self.seller)
