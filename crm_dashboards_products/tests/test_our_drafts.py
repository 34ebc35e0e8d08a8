# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .proposals_common import ProposalsCase
from .quotations_common import MOMENT, QuotationsCase

CODE = "quotes_to_follow_up"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOurDrafts(ProposalsCase, QuotationsCase):
    """What we proposed: nobody asked for it, and nobody waits for it until it is sent.

    A draft that the seller made by hand, also two days ago, is one to send.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._refresh()
        cls.by_hand = cls._quote(2, 50, sent=False)

    def _add_to_quotation(self):
        proposal = self.env["crm.product.proposal"].search(
            [("partner_id", "=", self.florist.id)]
        )
        action = proposal.with_user(self.seller).action_add_to_quotation()
        return self.env["sale.order"].browse(action["res_id"])

    def _propose_usual_order(self):
        dialogue = self._as(self.seller)["crm.usual.order"]
        line = {
            "product_id": self.flour.id,
            "unit_id": self.flour.uom_id.id,
            "quantity": 3,
        }
        action = dialogue.create_quotation(self.baker.id, [line])
        return self.env["sale.order"].browse(action["res_id"])

    def _count(self):
        """Numbers of what was sent and of what was not."""
        self.env.flush_all()
        self.env.invalidate_all()
        tile = self._get_tile(CODE, self.seller)
        figures = {
            each["drill"]["key"]: each["cell"]["value"]
            for each in self._get_block(tile, "figure")["figures"]
        }
        return figures["all"], figures.get("not_sent", 0)

    def _check_ours(self, order):
        self.assertTrue(order.crm_is_usual_order)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET create_date = %s WHERE id = %s",
            [MOMENT - timedelta(days=2), order.id],
        )
        asked_for = order.order_line._get_asked_for_domain()
        self.assertFalse(order.order_line.filtered_domain(asked_for))
        self.assertEqual(self._count(), (0, 1), "The one made by hand alone.")
        self.assertFalse(order.crm_follow_up)
        order.action_quotation_sent()
        self.assertEqual(order.order_line.filtered_domain(asked_for), order.order_line)
        self.assertEqual(self._count(), (1, 1))
        self.assertEqual(order.crm_follow_up, "sent")

    def test_of_what_the_customer_could_buy(self):
        self._check_ours(self._add_to_quotation())

    def test_of_what_the_customer_usually_orders(self):
        self._check_ours(self._propose_usual_order())

    def test_a_draft_that_is_there_stays_what_it_was(self):
        mine = self._quote(
            2, 10, sent=False, partner_id=self.florist.id, user_id=self.seller.id
        )
        self.assertEqual(self._add_to_quotation(), mine)
        self.assertFalse(mine.crm_is_usual_order)
        self.assertEqual(self._count(), (0, 2))

    def test_in_no_chance_before_it_is_sent(self):
        """The chance is of quotations that were sent: those of ours, too, then."""
        with freeze_time(MOMENT - timedelta(days=365)):
            ours = [self._quote(365, 1, sent=False) for _number in range(30)]
        for order in ours:
            order.crm_is_usual_order = True
        chances = self.env["crm.quotation.chance"]
        self._refresh()
        self.assertFalse(chances.search([("company_id", "=", self.company.id)]))
        with freeze_time(MOMENT - timedelta(days=364)):
            for order in ours:
                order.action_quotation_sent()
        self._refresh()
        chance = chances.search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual((chance.ordered_count, chance.open_count), (0, 30))
