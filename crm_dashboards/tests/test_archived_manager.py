# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import DASHBOARD
from .missing_order_common import MissingOrderCase

NOBODY = {"account_manager": "none"}


@tagged("post_install", "-at_install")
class TestArchivedManager(MissingOrderCase):
    """Customers of an archived account manager are unassigned, wherever they count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # account manager of Late, Slow, Regular and Lost; Nobody's has none
        cls.seller.action_archive()

    def test_tiles_of_the_unassigned(self):
        self.assertEqual(set(self._get_alerts(scope=NOBODY)), {"Late", "Nobody's"})
        row = self._get_row("Late", scope=NOBODY)
        self.assertEqual(row["avatar"]["name"], "Unassigned")
        tile = self._get_tile("orders", scope=NOBODY)
        figure = self._get_block(tile, "figure")["figures"][0]
        everybody = self._get_block(self._get_tile("orders"), "figure")["figures"][0]
        # the colleague's one customer did not order this month
        self.assertEqual(figure["cell"]["value"], everybody["cell"]["value"])
        self.assertGreaterEqual(figure["cell"]["value"], 100)  # Slow 70, Regular 30

    def test_nobody_looks_for_the_archived_one(self):
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        header = tiles.get_dashboard(DASHBOARD, {"account_manager": "all"})
        values = [choice["value"] for choice in header["scopes"]]
        self.assertEqual(values, ["me", "team", "all", "none", self.colleague.id])
        scope = {"account_manager": self.seller.id}
        self.assertFalse(self._get_alerts(scope=scope))

    def test_reports_group_them_with_the_unassigned(self):
        env = self._as(self.manager)
        for model, manager, count in (
            ("crm.customer.metric", "user_id", 1),
            ("sale.order", "crm_account_manager_id", 6),
        ):
            domain = [("company_id", "=", self.company.id)]
            groups = dict(env[model]._read_group(domain, [manager], ["__count"]))
            nobody = env["res.users"]
            self.assertEqual(set(groups), {nobody, self.colleague.with_env(env)})
            self.assertEqual(groups[self.colleague.with_env(env)], count)
            found = env[model].search([*domain, (manager, "=", False)])
            self.assertEqual(len(found), groups[nobody])
            self.assertFalse(found.mapped(manager))

    def test_lead_without_customer_of_the_archived_one(self):
        lead = self.env["crm.lead"].create(
            {"name": "Nobody follows", "user_id": self.seller.id}
        )
        self.assertFalse(lead.crm_account_manager_id)
        self.assertIn(
            lead, self.env["crm.lead"].search([("crm_account_manager_id", "=", False)])
        )

    def test_recorded_as_nobody_s(self):
        self._refresh()
        change = self.env["crm.account.manager.change"].search(
            [("partner_id", "=", self.customers["Late"].id)], order="id DESC", limit=1
        )
        self.assertTrue(change)
        self.assertFalse(change.user_id)
        self._create_order(self.customers["Late"], "2026-10-14", 100)
        self._refresh()
        alert = self.env["crm.alert"].search(
            [("partner_id", "=", self.customers["Late"].id)], order="id DESC", limit=1
        )
        self.assertEqual(str(alert.last_order_date), "2026-10-14")
        self.assertFalse(alert.user_id)

    def test_back_at_work(self):
        self.seller.action_unarchive()
        self.assertEqual(self._get_alerts(scope=NOBODY), ["Nobody's"])
        scope = {"account_manager": self.seller.id}
        self.assertEqual(self._get_alerts(scope=scope), ["Late"])
