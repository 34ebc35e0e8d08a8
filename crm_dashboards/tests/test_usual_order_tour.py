# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .usual_order_common import UsualOrderCase


@tagged("post_install", "-at_install")
class TestUsualOrderTour(UsualOrderCase, HttpCase):
    """From a tile to a sent quotation in the browser, whose clock is not frozen."""

    freeze_time = None

    def test_three_clicks_of_somebody_with_own_documents(self):
        today = fields.Date.today()
        self.shop.email = "shop@example.com"
        busy = self._create_customer("Busy", self.manager)
        for days in range(0, 400, 7):
            day = str(today - timedelta(days=days))
            self._buy(day, (self.lights, 1, 13), customer=busy)
        for days in range(150, 400, 30):
            day = str(today - timedelta(days=days))
            self._buy(day, (self.cards, 12, 7), user_id=self.seller.id)
        self._refresh()
        self.start_tour(
            "/odoo/account-manager-dashboard",
            "crm_dashboards_usual_order",
            login=self.seller.login,
            timeout=180,
        )
        order = self.env["sale.order"].search(
            [("partner_id", "=", self.shop.id)], order="id DESC", limit=1
        )
        self.assertTrue(order.crm_is_usual_order)
        self.assertEqual((order.state, order.user_id), ("sent", self.seller))
        line = order.order_line
        self.assertEqual((line.product_id, line.product_uom_qty), (self.cards, 12))
        self.assertEqual((line.product_uom_id, line.price_unit), (self.units, 8))
