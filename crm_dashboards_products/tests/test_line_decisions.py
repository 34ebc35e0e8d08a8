# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .lines_common import LinesCase

CODE = "leaving_quietly"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLineDecisions(LinesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._refresh()

    def _press(self, key, user=None):
        env = self._as(user or self.seller)
        row = self._get_block(self._get_tile(CODE), "rows")["rows"][0]
        return env, env["crm.dashboard.tile"].run_row_action(CODE, key, row["id"])

    def _decide(self, key, **answer):
        env, action = self._press(key)
        model = env[action["res_model"]].with_context(**action["context"])
        with Form(model) as form:
            for name, value in answer.items():
                setattr(form, name, value)
        form.record.action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()
        return form.record

    def test_snoozed_until_a_day(self):
        wizard = self._decide("snooze", choice="day", date="2026-11-25")
        self.assertEqual(wizard.metric_ids.partner_id, self.baker)
        self.assertEqual(wizard.leaving_line_ids, self._get_lines())
        self.assertEqual(self._get_tile(CODE)["state"], "empty")
        with freeze_time("2026-11-25 12:00:00"):
            self.assertEqual(self._get_tile(CODE)["state"], "ready")
        self.assertFalse(
            self.env["crm.missing.order.decision"].search(
                [("partner_id", "=", self.baker.id)]
            ),
            "It is about the line, not about the customer's orders.",
        )

    def test_undone_at_once(self):
        for key, answer, message in (
            ("snooze", {"choice": "week"}, "Baker: Salt is snoozed until Nov 28."),
            ("not_a_loss", {"reason": "Ill"}, "Baker: Salt is no loss."),
        ):
            env, action = self._press(key)
            self.assertIn("Salt, Baker", action["name"])
            wizard = env[action["res_model"]].with_context(**action["context"])
            done = wizard.create(answer).action_confirm()["params"]
            self.assertEqual(done["message"], message)
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self._get_tile(CODE)["state"], "empty")
            env[done["undo"]["model"]].browse(done["undo"]["ids"]).action_undo()
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self._get_tile(CODE)["state"], "ready")

    def test_not_a_loss_until_it_is_bought_again(self):
        self._decide("not_a_loss", reason="Grows his own")
        self.assertEqual(self._get_tile(CODE)["state"], "empty")
        with freeze_time("2027-01-20 12:00:00"):
            self.assertEqual(self._get_tile(CODE)["state"], "empty")

    def test_a_decision_is_about_the_line_alone(self):
        sugar = self._create_product("Sugar")
        for back in range(181, 61, -10):
            self._buy(self.baker, back, {sugar: 20})
        for back in range(181, 0, -10):
            self._buy(self.cook, back, {sugar: 1})
        self._decide("not_a_loss", reason="Grows his own")
        self._refresh()
        (row,) = self._get_block(self._get_tile(CODE), "rows")["rows"]
        self.assertIn("Sugar", row["subtitle"])

    def test_schedule(self):
        _env, action = self._press("schedule")
        self.assertEqual(action["res_model"], "crm.call.wizard")
        self.assertEqual(action["context"]["default_partner_ids"], self.baker.ids)

    def test_others_customers_lines_are_refused(self):
        line = self._get_lines()
        stranger = self._create_user("stranger", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            line.with_user(stranger).action_snooze()
        with self.assertRaises(AccessError):
            self._press("snooze", stranger)

    def test_nobody_writes_figures_or_decisions(self):
        env = self._as(self.manager)
        line = env["crm.leaving.line"].search([("partner_id", "=", self.baker.id)])
        with self.assertRaises(AccessError):
            line.write({"absent_count": 1})
        with self.assertRaises(AccessError):
            env["crm.leaving.decision"].create(
                {
                    "partner_id": self.baker.id,
                    "product_tmpl_id": self.salt.product_tmpl_id.id,
                    "company_id": self.company.id,
                    "decision": "not_a_loss",
                    "last_date": "2026-11-01",
                }
            )

    def test_a_line_that_is_gone_meanwhile(self):
        _env, action = self._press("snooze")
        env = self._as(self.seller)
        wizard = (
            env[action["res_model"]]
            .with_context(**action["context"])
            .create({"choice": "day", "date": "2026-11-25"})
        )
        self._get_lines().unlink()
        with self.assertRaises(UserError):
            wizard.action_confirm()

    def test_a_customer_without_lines_any_more(self):
        row = self._get_block(self._get_tile(CODE), "rows")["rows"][0]
        self._buy(self.baker, 0, {self.salt: 30})
        self.env.flush_all()
        tile = self._as(self.seller)["crm.dashboard.tile"]
        with self.assertRaises(ValidationError):
            tile.run_row_action(CODE, "snooze", row["id"])
