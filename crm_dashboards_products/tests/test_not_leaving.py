# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .lines_common import LinesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNotLeaving(LinesCase):
    """What looks like a line that leaves, and is none."""

    def _check_nothing_leaves(self):
        self._refresh()
        self.assertFalse(self._get_lines())
        self.assertEqual(self._get_tile("leaving_quietly")["state"], "empty")

    def test_the_story_itself_leaves(self):
        self._refresh()
        self.assertEqual(self._get_lines().partner_id, self.baker)

    def test_a_product_archived_for_all(self):
        self.salt.product_tmpl_id.action_archive()
        self._check_nothing_leaves()
        self.assertFalse(self._get_lines("fading"))

    def test_a_product_that_is_not_for_sale_any_more(self):
        self.salt.sale_ok = False
        self._check_nothing_leaves()

    def test_advent_goods_in_january(self):
        """Everybody stopped buying them: they fade, which is no customer's news."""
        stars = self._create_product("Straw Stars")
        with freeze_time("2027-01-30 12:00:00"):
            for back in range(111, 50, -10):  # until 10 December
                self._buy(self.baker, back - 70, {stars: 30})
                self._buy(self.cook, back - 70, {stars: 30})
            for back in range(-9, -70, -10):
                self._buy(self.baker, back, {self.flour: 100})
                self._buy(self.cook, back, {self.salt: 10})
            self._refresh()
            leaving = self._get_lines().product_tmpl_id
            self.assertNotIn(stars.product_tmpl_id, leaving)
            fading = self._get_lines("fading")
            self.assertEqual(
                fading.filtered(
                    lambda line: line.product_tmpl_id == stars.product_tmpl_id
                ).partner_id,
                self.baker | self.cook,
            )

    def test_advent_goods_of_the_second_year_are_seasonal(self):
        stars = self._create_product("Straw Stars")
        with freeze_time("2027-01-30 12:00:00"):
            for years in (0, 365):
                for back in range(111, 50, -10):
                    self._buy(self.baker, back - 70 + years, {stars: 30})
            for back in range(-9, -70, -10):
                self._buy(self.baker, back, {self.flour: 100})
                self._buy(self.cook, back, {stars: 10})
            self._refresh()
            lines = self._get_lines() | self._get_lines("fading")
            self.assertNotIn(stars.product_tmpl_id, lines.product_tmpl_id)

    def test_a_renamed_product(self):
        """The same product by another name is bought on, under which name ever."""
        for back in range(61, 0, -10):
            if back == 31:
                self.salt.name = "Table Salt"
            self._buy(self.baker, back, {self.salt: 30})
        self._check_nothing_leaves()

    def test_a_product_replaced_by_its_successor(self):
        fine_salt = self._create_product("Fine Salt")
        self.salt.product_tmpl_id.crm_replaced_by_id = fine_salt.product_tmpl_id
        for back in range(61, 0, -10):
            self._buy(self.baker, back, {fine_salt: 30})
        self._check_nothing_leaves()

    def test_what_leaves_is_the_successor_where_nobody_told_the_customer(self):
        fine_salt = self._create_product("Fine Salt")
        self.salt.product_tmpl_id.crm_replaced_by_id = fine_salt.product_tmpl_id
        self.salt.product_tmpl_id.action_archive()
        self._refresh()
        (line,) = self._get_lines()
        self.assertEqual(line.product_tmpl_id, fine_salt.product_tmpl_id)

    def test_another_variant_of_the_product(self):
        attribute = self.env["product.attribute"].create({"name": "Grain"})
        values = self.env["product.attribute.value"].create(
            [
                {"name": name, "attribute_id": attribute.id}
                for name in ("fine", "coarse")
            ]
        )
        template = self.env["product.template"].create(
            {
                "name": "Sea Salt",
                "type": "service",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(values.ids)],
                        }
                    )
                ],
            }
        )
        fine, coarse = template.product_variant_ids
        for back in range(181, 0, -10):
            self._buy(self.baker, back, {fine if back > 61 else coarse: 30})
            self._buy(self.cook, back, {fine: 30})
        self._refresh()
        self.assertNotIn(template, self._get_lines().product_tmpl_id)

    def test_a_box_instead_of_units(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        for back in (51, 1):
            self._buy(self.baker, back, {self.salt: 360}, unit=dozen)
        self._check_nothing_leaves()

    def test_what_everybody_left(self):
        spice = self._create_product("Spice")
        for back in range(181, 71, -10):
            self._buy(self.baker, back, {spice: 30})
            self._buy(self.cook, back, {spice: 30})
        self._refresh()
        self.assertNotIn(spice.product_tmpl_id, self._get_lines().product_tmpl_id)
        self.assertIn(spice.product_tmpl_id, self._get_lines("fading").product_tmpl_id)

    def test_a_customer_who_does_not_order_any_more(self):
        """That is a missing order, and no line of its own."""
        for order in self.env["sale.order"].search(
            [("partner_id", "=", self.baker.id), ("date_order", ">", "2026-10-10")]
        ):
            order.write({"state": "cancel"})
        self.env.flush_all()
        self._check_nothing_leaves()

    def test_gifts_and_down_payments_are_no_purchases(self):
        """Nor do they keep a line from leaving."""
        self._buy(self.baker, 5, {self.salt: 0})
        order = self._buy(self.baker, 5, {self.salt: 30})
        order.order_line.is_downpayment = True
        self._refresh()
        self.assertEqual(self._get_lines().partner_id, self.baker)
