# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestFieldNames(TransactionCase):
    def test_fields_on_models_of_others_say_whose_they_are(self):
        """Another addon may well add an ``outcome`` to the same model."""
        found = [
            str(field)
            for model in self.env.registry.values()
            if not model._original_module.startswith("crm_dashboards")
            for field in model._fields.values()
            if self._is_ours(field)
        ]
        self.assertIn("res.partner.crm_rfm_segment", found)
        unclear = [name for name in found if ".crm_" not in name]
        self.assertEqual(unclear, [])

    def _is_ours(self, field):
        return field._module and field._module.startswith("crm_dashboards")
