# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW
from odoo.addons.crm_dashboards.tests.forged_calls import ForgedCallCase
from odoo.addons.crm_dashboards.tests.leaks_common import LeakCase
from odoo.addons.crm_dashboards.tests.our_doors import get_our_methods


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeaks(LeakCase):
    """The walks of the main addon over whatever is installed beside it."""

    def test_no_model_tells_more_than_one_may_know(self):
        self._check_models()

    def test_no_field_tells_a_stranger_of_figures(self):
        self.assertTrue(self._check_fields())

    def test_no_path_leads_to_figures(self):
        self.assertTrue(self._check_paths())

    def test_no_route_tells_a_stranger_of_figures(self):
        self.assertTrue(self._check_routes())


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestForgedCalls(ForgedCallCase):
    def test_every_method_of_other_addons_answers_in_words(self):
        self._check_methods(but_of="crm_dashboards")

    def test_every_method_goes_through_the_door(self):
        for model, name in get_our_methods(self.env):
            method = getattr(self.env.registry[model], name)
            with self.subTest(model=model, method=name):
                self.assertTrue(getattr(method, "is_door", False))
