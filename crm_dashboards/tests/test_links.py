# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.tests import HttpCase, freeze_time, tagged

from .client_reads import find_drills, read_as_client
from .common import NOW
from .history_common import HistoryCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLinks(HistoryCase, HttpCase):
    """Whatever can be clicked opens, whoever clicks it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoicing = cls._create_user(
            "invoicing", "base.group_user,account.group_account_invoice"
        )
        books = cls._create_books(cls.company)
        cls._create_paid(books, cls.customer, "2026-11-12", 40)
        cls.env.flush_all()

    def test_every_link_of_every_tile_opens(self):
        kinds = set()
        for user in (
            self.manager,
            self.colleague,
            self.seller,
            self.invoicing,
            self.reader,
        ):
            self.authenticate(user.login, user.login)
            scopes = [("account_manager", {"account_manager": "all"})]
            scopes += [
                ("customer", {"customer_id": customer.id})
                for customer in self._get_history_customers()
            ]
            for dashboard, scope in scopes:
                kinds |= self._click_all(user, dashboard, scope)
        clicked = {key for _code, key in kinds}
        self.assertLessEqual({"customer", "invoice", "order", "lead"}, clicked)

    def test_invoice_is_a_page_for_who_has_no_accounting(self):
        """Odoo's form reads payments, which are not a salesperson's."""
        invoice = self.env["account.move"].search(
            [
                ("partner_id", "=", self.customer.id),
                ("move_type", "=", "out_invoice"),
                ("company_id", "=", self.company.id),
            ],
            limit=1,
        )
        drill = {"key": "invoice", "value": invoice.id}
        action = self._click("customer_events", drill, self.seller)
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.authenticate(self.seller.login, self.seller.login)
        self.assertIn(invoice.name, self.url_open(action["url"]).text)
        action = self._click("customer_events", drill, self.invoicing)
        self.assertEqual(action["res_id"], invoice.id)

    def _click_all(self, user, dashboard, scope):
        """Click whatever a dashboard offers, and See More of each tile.

        :return: set of (code, key)
        """
        env = self._as(user)
        tiles = self._request(env, dashboard, scope)
        clicked = set()
        for code, tile in tiles.items():
            drills = {json.dumps(drill): drill for drill in find_drills(tile["blocks"])}
            if self._has_report(code):
                drills[""] = False
            for drill in drills.values():
                with self.subTest(user=user.name, tile=code, drill=drill, **scope):
                    self.env.invalidate_all()
                    action = env["crm.dashboard.tile"].open_report(code, scope, drill)
                    self._open(env, action)
                clicked.add((code, drill and drill["key"]))
        return clicked

    def _request(self, env, dashboard, scope):
        self.env.flush_all()
        self.env.invalidate_all()
        return env["crm.dashboard.tile"].get_tiles(dashboard, False, scope)

    def _has_report(self, code):
        return bool(self.env[f"crm.tile.{code}"]._report_action)

    def _open(self, env, action):
        if action["type"] == "ir.actions.act_url":
            self.assertEqual(self.url_open(action["url"]).status_code, 200)
        elif action["type"] == "ir.actions.act_window":
            read_as_client(env, action)
