# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..wizards import crm_reactivation_wizard
from .missing_order_common import MissingOrderCase

MISSING = ("Late", "Gone", "Nobody's")


@tagged("post_install", "-at_install")
class TestHoldOut(MissingOrderCase):
    """Who is drawn by lot is left out of campaigns, where the company wants that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.crm_hold_out = True

    def setUp(self):
        super().setUp()
        self.drawn = {self.customers["Late"].id}
        draw = patch.object(
            crm_reactivation_wizard,
            "is_held_out",
            lambda customer, year: year == 2026 and customer in self.drawn,
        )
        self.startPatcher(draw)

    def _create_wizard(self, *names, **values):
        return self._as(self.manager)["crm.reactivation.wizard"].create(
            {"metric_ids": self._get_metrics(*names).ids, **values}
        )

    def _get_activities(self):
        customers = [customer.id for customer in self.customers.values()]
        return self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", customers)]
        )

    def _get_rows(self):
        return {
            row.partner_id.name: (row.is_held_out, row.has_hold_out, row.interval_days)
            for row in self.env["crm.reactivation"].search([])
        }

    def test_who_is_drawn_is_named_noted_and_left_alone(self):
        wizard = self._create_wizard(*MISSING)
        self.assertEqual(
            wizard.message,
            "Held out by lot, so that the effect of campaigns can be told: Late.",
        )
        done = wizard.action_confirm()
        self.assertEqual(done["params"]["message"], "2 customers are in the campaign.")
        self.assertEqual(
            self._get_rows(),
            {
                "Late": (True, True, 14),
                "Gone": (False, True, 14),
                "Nobody's": (False, True, 14),
            },
        )
        self.assertEqual(
            set(self._get_activities().mapped("res_name")), {"Gone", "Nobody's"}
        )
        self.assertFalse(self._get_metrics("Late").follow_up)

    def test_off_unless_the_company_wants_it(self):
        self.assertFalse(self.sister.crm_hold_out)
        self.company.crm_hold_out = False
        wizard = self._create_wizard(*MISSING)
        self.assertFalse(wizard.message)
        wizard.action_confirm()
        self.assertEqual(len(self._get_activities()), 3)
        self.assertEqual(self._get_rows()["Late"], (False, False, 14))

    def test_who_could_not_be_in_it_is_not_drawn(self):
        self.drawn.add(self.customers["Regular"].id)
        wizard = self._create_wizard("Regular", "Gone")
        self.assertEqual(
            wizard.message, "Left out, for their order is not late: Regular."
        )
        wizard.action_confirm()
        self.assertEqual(list(self._get_rows()), ["Gone"])

    def test_alone_it_is_noted_and_told(self):
        done = self._create_wizard("Late").action_confirm()
        self.assertEqual(
            done["params"]["message"],
            "Held out by lot: Late. Nobody is in the campaign.",
        )
        self.assertEqual(self._get_rows(), {"Late": (True, True, 14)})
        with self.assertRaisesRegex(UserError, "Held out by lot"):
            self._create_wizard("Late").action_confirm()
        self.assertEqual(len(self.env["crm.reactivation"].search([])), 1)

    def test_same_order_is_held_out_next_year_and_without_the_setting(self):
        self._create_wizard("Late").action_confirm()
        self.company.crm_hold_out = False
        with freeze_time("2027-01-10"):
            done = self._create_wizard("Late", kind="opportunity").action_confirm()
        self.assertIn("Held out by lot: Late.", done["params"]["message"])
        self.assertFalse(self._get_activities())

    def test_undo(self):
        done = self._create_wizard(*MISSING).action_confirm()
        undo = done["params"]["undo"]
        dialog = self._as(self.manager)[undo["model"]].browse(undo["ids"])
        getattr(dialog, undo["method"])()
        self.assertFalse(self.env["crm.reactivation"].search([]))

    def test_held_out_is_no_action_about_an_alert(self):
        self._create_wizard(*MISSING).action_confirm()
        with freeze_time("2026-11-23 12:00:00"):
            self._refresh()
        actions = self.env["crm.alert.action"].search([("kind", "=", "campaign")])
        self.assertEqual(
            set(actions.alert_id.partner_id.mapped("name")), {"Gone", "Nobody's"}
        )
