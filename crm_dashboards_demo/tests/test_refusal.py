# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError

from ..hooks import PARAMETER, pre_init_hook, uninstall_hook
from .common import DemoCase


class TestRefusal(DemoCase):
    """A database that somebody works with is left alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("database.is_neutralized", False)
        cls.env["ir.config_parameter"].set_param(PARAMETER, False)
        cls.env.ref("base.module_base").demo = False

    def forget_wholesaler(self):
        """Let the orders and invoices be somebody else's."""
        self.env["ir.model.data"].search([("name", "=", "company_main")]).unlink()

    def test_orders_of_others_are_refused(self):
        self.forget_wholesaler()
        with self.assertRaises(UserError) as refusal:
            pre_init_hook(self.env)
        self.assertIn(PARAMETER, str(refusal.exception))

    def test_neutralized_copy_is_fine(self):
        self.forget_wholesaler()
        self.env["ir.config_parameter"].set_param("database.is_neutralized", "true")
        pre_init_hook(self.env)

    def test_demo_data_of_odoo_is_fine(self):
        self.forget_wholesaler()
        self.env.ref("base.module_base").demo = True
        pre_init_hook(self.env)

    def test_whoever_says_so_is_believed(self):
        self.forget_wholesaler()
        self.env["ir.config_parameter"].set_param(PARAMETER, "1")
        pre_init_hook(self.env)

    def test_demo_that_was_removed_may_come_back(self):
        pre_init_hook(self.env)

    def test_removal_closes_the_logins_until_the_demo_comes_back(self):
        users = self.wholesaler.sellers + self.wholesaler.accountants
        self.assertEqual(len(users), 7)
        uninstall_hook(self.env)
        self.assertEqual(set(users.mapped("active")), {False})
        self.assertTrue(self.env.ref("base.user_admin").active)
        pre_init_hook(self.env)
        self.assertEqual(set(users.mapped("active")), {True})
