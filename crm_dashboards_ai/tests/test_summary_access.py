# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .common import TILE, SummaryCase

NOTHING = {"text": False, "source_label": False, "generated": False}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSummaryAccess(SummaryCase):
    def test_own_account_manager_gets_it(self):
        self.assertTrue(self._write_summary(user=self.seller)["generated"])

    def test_other_salespeople_with_own_documents_get_nothing(self):
        other = self._create_user("other", "sales_team.group_sale_salesman")
        self.assertEqual(self._write_summary(user=other), NOTHING)
        self.assertEqual(self.server.requests, [])

    def test_another_company_gets_nothing(self):
        abroad = self._create_user(
            "abroad", "sales_team.group_sale_manager", self.sister
        )
        self.assertEqual(self._write_summary(user=abroad), NOTHING)
        self.assertEqual(self.server.requests, [])

    def test_nobody_else_gets_in(self):
        for login, group in (
            ("internal", "base.group_user"),
            ("portal", "base.group_portal"),
        ):
            user = self._create_user(login, group)
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._write_summary(user=user)
        self.assertEqual(self.server.requests, [])

    def test_those_who_may_not_see_the_tile_get_nothing(self):
        tile = self.env.ref("crm_dashboards.crm_dashboard_tile_customer_sales_trend")
        tile.group_ids = self.env.ref("base.group_system")
        with self.assertRaises(AccessError):
            self._write_summary()

    def test_unreadable_customers_are_refused(self):
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        for wrong in (False, None, 0, -1, 2**40, "1", [1], {"id": 1}):
            with self.subTest(wrong=wrong), self.assertRaises(ValidationError):
                tiles.write_summary(TILE, wrong)

    def test_tiles_without_a_summary_are_refused(self):
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        with self.assertRaises(ValidationError):
            tiles.write_summary("customer_months", self.customer.id)
        for wrong in (None, False, 1, "no_such_tile", ["customer_months"]):
            with self.subTest(wrong=wrong), self.assertRaises(AccessError):
                tiles.write_summary(wrong, self.customer.id)

    def test_what_is_kept_is_not_for_users(self):
        self._write_summary()
        for user in (self.manager, self.seller):
            with self.assertRaises(AccessError):
                self._as(user)["crm.written.summary"].search([])
