# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase, tagged

from ..hooks import uninstall_hook

VISIT = "crm_dashboards.mail_activity_type_visit"
SENT = "crm_dashboards.mail_activity_type_quotation_sent"


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    """Odoo removes what has an external id of the addon, and cannot what is in use."""

    def setUp(self):
        super().setUp()
        self.visit, self.sent = self.env.ref(VISIT), self.env.ref(SENT)
        self.env["mail.activity"].with_context(active_test=False).search(
            [("activity_type_id", "in", (self.visit | self.sent).ids)]
        ).unlink()
        self.partner = self.env["res.partner"].create({"name": "Visited"})

    def _check_only_visit_stays(self):
        uninstall_hook(self.env)
        self.assertFalse(self.env.ref(VISIT, raise_if_not_found=False))
        self.assertTrue(self.visit.exists())
        self.assertEqual(self.env.ref(SENT), self.sent)
        self.sent.unlink()
        self.env.flush_all()

    def test_types_of_activities_that_were_done_stay(self):
        self.partner.activity_schedule(VISIT).action_feedback()
        self._check_only_visit_stays()

    def test_types_of_planned_activities_stay(self):
        self.partner.activity_schedule(VISIT)
        self._check_only_visit_stays()

    def test_types_that_a_plan_or_another_type_names_stay(self):
        self.env["mail.activity.plan"].create(
            {
                "name": "First month",
                "res_model": "res.partner",
                "template_ids": [(0, 0, {"activity_type_id": self.visit.id})],
            }
        )
        self._check_only_visit_stays()

    def test_types_that_follow_another_stay(self):
        call = self.env.ref("mail.mail_activity_data_call")
        call.write(
            {"chaining_type": "trigger", "triggered_next_type_id": self.visit.id}
        )
        self._check_only_visit_stays()

    def test_bundles_of_the_addon_go(self):
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            "crm_dashboards.assets_dashboard", assets_params={}
        )
        attachment = bundle.js()
        foreign = self.env["ir.attachment"].create(
            {"name": "crm_dashboards.txt", "raw": b"mine", "public": True}
        )
        self.assertIn("/crm_dashboards.assets_dashboard", attachment.url)
        uninstall_hook(self.env)
        self.assertFalse(attachment.exists())
        self.assertTrue(foreign.exists())
