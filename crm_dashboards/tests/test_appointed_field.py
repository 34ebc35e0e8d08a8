# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path

from .appointment_common import FIELD, PARTNER, AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointedField(AppointmentCase):
    """Nobody writes the right to figures, by no way in."""

    def _get_attempts(self):
        values = {FIELD: self.seller.id}
        named = {"name": "New", **values}
        category = self.env["res.partner.category"].create(
            {"name": "Bakers", "partner_ids": [Command.link(self.big.id)]}
        )
        self.env.flush_all()
        return {
            "write": (PARTNER, "write", self.big.ids, values),
            "web_save": (PARTNER, "web_save", self.big.ids, values, {}),
            "create": (PARTNER, "create", [named]),
            "child_ids": (
                PARTNER,
                "write",
                self.mine.ids,
                {"child_ids": [Command.update(self.big.id, values)]},
            ),
            "new one of child_ids": (
                PARTNER,
                "write",
                self.big.ids,
                {"child_ids": [Command.create(named)]},
            ),
            "other model": (
                "res.partner.category",
                "write",
                category.ids,
                {"partner_ids": [Command.update(self.big.id, values)]},
            ),
        }

    def test_calls(self):
        attempts = self._get_attempts()
        admin = self._create_user(
            "admin", "base.group_system,sales_team.group_sale_manager"
        )
        for user in (self.seller, self.manager, admin):
            self._sign_in(user)
            for name, (model, method, *args) in attempts.items():
                with self.subTest(user=user.name, way=name):
                    self._check_refused(model, method, *args)
            with self.subTest(user=user.name, way="default of the context"):
                self._check_refused(
                    PARTNER,
                    "create",
                    [{"name": "New"}],
                    context={f"default_{FIELD}": self.seller.id},
                )
            with self.subTest(user=user.name, way="load"):
                rows = [[str(self.big.id), str(self.seller.id)]]
                result = self._do(PARTNER, "load", [".id", f"{FIELD}/.id"], rows)
                self.assertFalse(result["ids"])
        self.env.invalidate_all()
        self.assertEqual(self.big[FIELD], self.rival)
        self.assertFalse(self.env[PARTNER].search([("name", "=", "New")]))

    def test_default_of_ones_own(self):
        env = self.env(user=self.seller)
        env["ir.default"].set(PARTNER, FIELD, self.seller.id, user_id=True)
        self.env.flush_all()
        self._sign_in(self.seller)
        self.assertFalse(self._create(name="New")[FIELD])

    def test_of_a_user_s_partner(self):
        admin = self._create_user(
            "admin", "base.group_system,sales_team.group_sale_manager"
        )
        self._sign_in(admin)
        values = {FIELD: self.seller.id}
        self._check_refused("res.users", "write", self.rival.ids, values)

    def test_duplicates_start_anew(self):
        self._sign_in(self.seller)
        copy = self.env[PARTNER].browse(self._do(PARTNER, "copy", self.big.ids))
        self.assertEqual(copy[FIELD], copy.user_id)
        self.assertFalse(self._get_metric(copy))

    def test_readers(self):
        clerk = self._create_user("clerk", "base.group_partner_manager")
        for user in (self.seller, self.manager):
            self.assertEqual(self.big.with_user(user)[FIELD], self.rival)
        self._sign_in(clerk)
        self._check_refused(PARTNER, "read", self.big.ids, [FIELD])
        self._check_refused(PARTNER, "search", [(FIELD, "=", self.rival.id)])


@tagged("post_install", "-at_install")
class TestAppointmentInBulk(AppointmentCase):
    """Imports of many ask the database as often as those of a few."""

    def _count_queries(self, method, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        method(*args)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _check(self, few, many, warm):
        """Compare two calls, made after one that fills the caches of the server."""
        self._count_queries(*warm)
        self.assertEqual(self._count_queries(*few), self._count_queries(*many))

    def test_create(self):
        for user in (self.seller, self.colleague):
            create = self.env[PARTNER].with_user(user).create
            rows = [{"name": f"New {n}", "user_id": user.id} for n in range(40)]
            with self.subTest(user=user.name):
                self._check((create, rows[:4]), (create, rows), (create, rows[:1]))

    def test_write(self):
        for user in (self.seller, self.colleague):
            customers = self.env[PARTNER].create(
                [{"name": f"New {n}", "is_company": True} for n in range(80)]
            )
            parts = (customers[:4], customers[4:76], customers[76:])
            values = {"user_id": user.id}
            with self.subTest(user=user.name):
                self._check(*((part.with_user(user).write, values) for part in parts))
                self.assertEqual(customers[FIELD], user)


@tagged("post_install", "-at_install")
class TestRulesOfAnInstalledDatabase(TransactionCase):
    """Whoever updates gets the rules of the new version."""

    def test_migration(self):
        rules = self.env["ir.model.data"].search(
            [("module", "=", "crm_dashboards"), ("model", "=", "ir.rule")]
        )
        self.assertIn("crm_customer_metric_rule_own", rules.mapped("name"))
        self.assertEqual(set(rules.mapped("noupdate")), {False})
        rules.noupdate = True  # as the first version left them
        self.env.flush_all()
        path = file_path("crm_dashboards/migrations/19.0.2.0.0/pre-rules.py")
        load_script(path, "pre_rules").migrate(self.env.cr, "19.0.1.0.0")
        rules.invalidate_recordset()
        self.assertEqual(set(rules.mapped("noupdate")), {False})
