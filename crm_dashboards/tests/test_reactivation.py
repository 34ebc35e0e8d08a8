# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..wizards import crm_reactivation_wizard
from .missing_order_common import MissingOrderCase

MISSING = ("Late", "Gone", "Nobody's")


@tagged("post_install", "-at_install")
class TestReactivation(MissingOrderCase):
    """Customers are won back once for each missing order."""

    def _reactivate(self, *names, user=None, company=None, **answer):
        user = user or self.manager
        metrics = self._get_metrics(*names, company=company)
        action = metrics.with_env(self._as(user)).action_reactivate()
        return self._answer(action, user, **answer)

    def _get_activities(self, *names):
        ids = [self.customers[name].id for name in names]
        return self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", ids)], order="id"
        )

    def _get_leads(self, *names):
        ids = [self.customers[name].id for name in names]
        return self.env["crm.lead"].search([("partner_id", "in", ids)], order="id")

    def test_activity_for_each_account_manager(self):
        result = self._reactivate(*MISSING)
        self.assertEqual(
            result["params"]["message"], "3 customers are in the campaign."
        )
        activities = self._get_activities(*MISSING)
        self.assertEqual(
            [(each.res_name, each.user_id) for each in activities],
            [
                ("Late", self.seller),
                ("Gone", self.colleague),
                ("Nobody's", self.manager),  # who began the campaign
            ],
        )
        self.assertEqual(set(activities.mapped("summary")), {"Reactivate customer"})
        self.assertEqual(set(activities.mapped("date_deadline")), {date(2026, 11, 24)})
        self.assertIn("Usually every 14 days, now 40", activities[0].note)
        self.assertFalse(self._get_leads(*MISSING))

    def test_opportunity_for_each_customer(self):
        self._reactivate(*MISSING, kind="opportunity", summary="Win back")
        leads = self._get_leads(*MISSING)
        self.assertEqual(
            [
                (lead.name, lead.user_id, lead.expected_revenue, lead.type)
                for lead in leads
            ],
            [
                ("Win back: Late", self.seller, 100, "opportunity"),
                ("Win back: Gone", self.colleague, 200, "opportunity"),
                ("Win back: Nobody's", self.manager, 50, "opportunity"),
            ],
        )
        self.assertEqual(leads.company_id, self.company)
        self.assertFalse(self._get_activities(*MISSING))

    def test_never_twice_for_the_same_alert(self):
        self._reactivate("Late")
        with self.assertRaisesRegex(UserError, "in such a campaign already"):
            self._reactivate("Late", user=self.seller)
        result = self._reactivate(*MISSING)
        self.assertEqual(
            result["params"]["message"], "2 customers are in the campaign."
        )
        self.assertEqual(len(self._get_activities("Late")), 1)
        self.assertEqual(len(self._get_activities("Gone", "Nobody's")), 2)
        with self.assertRaises(UserError):
            self._reactivate(*MISSING)
        self.assertEqual(len(self._get_activities(*MISSING)), 3)

    def test_dialog_says_who_is_left_out(self):
        self._reactivate("Late")
        wizard = self._as(self.manager)["crm.reactivation.wizard"].create(
            {"metric_ids": self._get_metrics(*MISSING).ids}
        )
        self.assertEqual(
            wizard.message,
            "Left out, in such a campaign already: Late.",
        )
        wizard.kind = "opportunity"
        self.assertFalse(wizard.message)

    def test_reason_is_that_of_each_customer(self):
        self._reactivate("Late")
        never = self._create_customer("Never", self.seller)
        metric = self.env["crm.customer.metric"].create(
            {"partner_id": never.id, "company_id": self.company.id}
        )
        wizard = self._as(self.manager)["crm.reactivation.wizard"].create(
            {"metric_ids": (self._get_metrics("Late") | metric).ids}
        )
        with self.assertRaises(UserError) as refused:
            wizard.action_confirm()
        self.assertEqual(
            str(refused.exception),
            "Left out, for they have no order: Never.\n"
            "Left out, in such a campaign already: Late.",
        )

    def test_customer_deleted_in_another_tab_is_a_sentence(self):
        metrics = self._get_metrics("Late", "Gone")
        wizards = self._as(self.manager)["crm.reactivation.wizard"]
        action = metrics.with_env(wizards.env).action_reactivate()
        opened = wizards.create({"metric_ids": metrics.ids})
        self._get_metrics("Gone").unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        words = "they were merged or deleted meanwhile"
        with self.assertRaisesRegex(UserError, words):
            wizards.create({"metric_ids": action["context"]["default_metric_ids"]})
        values = wizards.with_context(**action["context"]).default_get(["metric_ids"])
        (command,) = values["metric_ids"]
        self.assertEqual(command, Command.set(self._get_metrics("Late").ids))
        opened.metric_ids -= opened.metric_ids
        with self.assertRaisesRegex(UserError, words):
            opened.action_confirm()

    def test_unknown_campaign_is_refused(self):
        for kind in ("call", "lottery"):
            with self.subTest(kind=kind), self.assertRaises(ValidationError):
                self._reactivate("Late", kind=kind)

    def test_at_most_five_are_named(self):
        self._reactivate(*MISSING)
        chosen = self._get_metrics(*MISSING)
        wizard = self._as(self.manager)["crm.reactivation.wizard"]
        with patch.object(crm_reactivation_wizard, "MOST_NAMED", 2):
            message = wizard.create({"metric_ids": chosen.ids}).message
        first, second = chosen[:2].partner_id.mapped("name")
        self.assertEqual(
            message,
            f"Left out, in such a campaign already: {first}, {second} and 1 more.",
        )

    def test_other_kind_and_other_company_are_campaigns_of_their_own(self):
        self._reactivate("Late")
        self._reactivate("Late", kind="opportunity")
        self.assertEqual(len(self._get_leads("Late")), 1)
        viewer = self._as(self.manager, self.sister)
        metric = self._get_metrics("Late", company=self.sister).with_env(viewer)
        self._answer(metric.action_reactivate(), companies=self.sister)
        self.assertEqual(len(self._get_activities("Late")), 2)
        companies = self.env["crm.reactivation"].search(
            [("partner_id", "=", self.customers["Late"].id), ("kind", "=", "activity")]
        )
        self.assertEqual(companies.company_id, self.company | self.sister)

    def test_who_ordered_meanwhile_is_left_out(self):
        self._create_order(self.customers["Late"], "2026-11-19", 100)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "their order is not late: Late"):
            self._reactivate("Late")
        self._reactivate(*MISSING)
        self.assertFalse(self._get_activities("Late"))
        self.assertEqual(len(self._get_activities("Gone", "Nobody's")), 2)

    def test_again_after_a_new_alert(self):
        self._reactivate("Late")
        with freeze_time("2027-01-25 12:00:00"):
            self._create_order(self.customers["Late"], "2026-12-11", 100)
            self._refresh()
            self.env.invalidate_all()
            self.assertTrue(self._get_metrics("Late").is_missing)
            self._reactivate("Late")
            with self.assertRaises(UserError):
                self._reactivate("Late")
        self.assertEqual(
            self._get_activities("Late").mapped("date_deadline"),
            [date(2026, 11, 24), date(2027, 1, 28)],
        )

    def test_salesperson_reactivates_own_customers_only(self):
        self._reactivate("Late", user=self.seller)
        self.assertEqual(self._get_activities("Late").user_id, self.seller)
        with self.assertRaises(AccessError):
            self._reactivate("Gone", user=self.seller)
        with self.assertRaises(AccessError):
            self._as(self.seller)["crm.reactivation.wizard"].create(
                {"metric_ids": self._get_metrics("Gone").ids}
            ).action_confirm()
        self.assertFalse(self._get_activities("Gone"))

    @mute_logger("odoo.sql_db")
    def test_two_people_at_once_do_not_begin_twice(self):
        self._reactivate("Late")
        began = self.env["crm.reactivation"].search(
            [("partner_id", "=", self.customers["Late"].id)]
        )
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            began.copy()
