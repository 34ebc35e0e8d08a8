# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase, tagged

from ..hooks import uninstall_hook

VISIT = "crm_dashboards.mail_activity_type_visit"
SENT = "crm_dashboards.mail_activity_type_quotation_sent"


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    def test_types_of_activities_that_were_done_stay(self):
        """Odoo removes what has an external id of the addon, and cannot these."""
        visit, sent = self.env.ref(VISIT), self.env.ref(SENT)
        self.env["mail.activity"].search(
            [("activity_type_id", "in", (visit | sent).ids)]
        ).unlink()
        partner = self.env["res.partner"].create({"name": "Visited"})
        activity = partner.activity_schedule(VISIT)
        activity.action_feedback()
        uninstall_hook(self.env)
        self.assertFalse(self.env.ref(VISIT, raise_if_not_found=False))
        self.assertTrue(visit.exists())
        self.assertEqual(self.env.ref(SENT), sent)
