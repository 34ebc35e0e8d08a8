# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from .common import NOW
from .leaks_common import LeakCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeaks(LeakCase):
    def test_no_model_tells_more_than_one_may_know(self):
        filled = self._check_models()
        self.assertLessEqual(
            {
                "crm.customer.metric",
                "crm.segment.change",
                "crm.engagement",
                "crm.alert.action",
                "crm.customer.event",
            },
            filled,
        )

    def test_no_field_tells_a_stranger_of_figures(self):
        checked = self._check_fields()
        self.assertIn("res.partner.crm_rfm_segment", checked)

    def test_no_path_leads_to_figures(self):
        self.assertGreater(self._check_paths(), 50)

    def test_no_route_tells_a_stranger_of_figures(self):
        self.assertIn("/report/<converter>/<reportname>", self._check_routes())
