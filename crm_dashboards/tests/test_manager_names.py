# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from werkzeug.urls import url_encode

from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import DASHBOARD, NOW, DashboardCase

WORKBOOK = "/report/xlsx/crm_dashboards.dashboard_workbook"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestManagerNames(DashboardCase, HttpCase):
    """The id of an account manager is no way to a name that one may not read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls._create_user("stranger", "base.group_portal", cls.sister)
        gone = cls._create_user("gone", "sales_team.group_sale_salesman")
        cls.gone_id = gone.id
        gone.unlink()

    def _tile(self, user=None):
        return self._as(user or self.manager)["crm.dashboard.tile"]

    def _get_calls(self, manager):
        tile, scope = self._tile(), {"account_manager": manager}
        return [
            lambda: tile.get_dashboard(DASHBOARD, scope),
            lambda: tile.get_tiles(DASHBOARD, False, scope),
            lambda: tile.open_report("orders", scope),
            lambda: tile.run_row_action("missing_orders", "snooze", 1, scope),
            lambda: tile.save_preference(DASHBOARD, {"scope": scope}),
            lambda: tile.export_dashboard(DASHBOARD, scope),
        ]

    def test_forged_id_is_refused_like_one_that_there_is_not(self):
        self.assertFalse(self.stranger.with_user(self.manager).has_access("read"))
        for manager in (self.stranger.id, self.gone_id):
            for number, call in enumerate(self._get_calls(manager)):
                with (
                    self.subTest(manager=manager, call=number),
                    self.assertRaises(ValidationError) as refusal,
                ):
                    call()
                self.assertEqual(
                    str(refusal.exception), "There is no such account manager."
                )

    def test_workbook_names_nobody_either(self):
        self.env.flush_all()
        self.authenticate(self.manager.login, self.manager.login)
        for manager in (self.stranger.id, self.gone_id):
            options = {"dashboard": DASHBOARD, "scope": {"account_manager": manager}}
            query = url_encode({"options": json.dumps(options)})
            with mute_logger("odoo.http"):
                answer = self.url_open(f"{WORKBOOK}?{query}")
            self.assertEqual(answer.status_code, 422)
            self.assertIn("There is no such account manager.", answer.text)
            self.assertNotIn(self.stranger.name, answer.text)

    def test_colleague_and_manager_of_a_customer_stay_choices(self):
        header = self._tile().get_dashboard(
            DASHBOARD, {"account_manager": self.seller.id}
        )
        self.assertIn("Seller", [choice["label"] for choice in header["scopes"]])
        # whoever reads a customer reads who its account manager is
        customer = self._create_customer("Azure", self.stranger)
        self._create_order(customer, "2026-11-02", 10)
        self._refresh()
        header = self._tile().get_dashboard(
            DASHBOARD, {"account_manager": self.stranger.id}
        )
        self.assertIn("Stranger", [choice["label"] for choice in header["scopes"]])

    def test_salesperson_of_own_customers_is_told_of_nobody(self):
        header = self._tile(self.seller).get_dashboard(
            DASHBOARD, {"account_manager": self.stranger.id}
        )
        self.assertEqual([each["value"] for each in header["scopes"]], ["me"])

    def test_saved_id_that_is_none_any_more_is_forgotten(self):
        self._tile().save_preference(
            DASHBOARD, {"scope": {"account_manager": "all", "all_sales": True}}
        )
        saved = self.env["crm.dashboard.tile.preference"].search(
            [("user_id", "=", self.manager.id)]
        )
        for manager in (self.stranger.id, self.gone_id):
            saved.settings = {"scope": {"account_manager": manager, "all_sales": True}}
            header = self._tile().get_dashboard(DASHBOARD)
            self.assertEqual(header["scope"]["account_manager"], "all")
            self.assertTrue(header["scope"]["all_sales"])
            self.assertNotIn(manager, [each["value"] for each in header["scopes"]])

    def test_product_of_another_company_is_not_named_by_a_facet(self):
        foreign = self.env["product.product"].create(
            {"name": "Secret", "company_id": self.sister.id}
        )
        customer = self._create_customer("Azure")
        scope = {"customer_id": customer.id}
        drill = {"key": "product", "value": foreign.id}
        with self.assertRaises(UserError):
            self._tile().open_report("customer_products", scope, drill)
        drill["value"] = self.product.id
        action = self._tile().open_report("customer_products", scope, drill)
        facet = action["context"]["search_default_product_id"]
        self.assertEqual(facet, self.product.id)
