# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DashboardCase

EDITOR = "mail.group_mail_template_editor"
FIGURE = "{{ object.crm_order_value }}"
TEXTS = {
    "subject": [
        FIGURE,
        "Dear {{ object.parent_id.crm_rfm_segment ||| customer }}",
        "{{ object['crm_order_value'] }}",
        "{{ object['crm\\x5forder_value'] }}",
        "{{ object.\uff43rm_order_value }}",
        "{{ object.mapped('child_ids.crm_order_value') }}",
        "{{ object.read(['crm_order_value']) }}",
        "{{ object.search_count([('crm_order_value', '>', 500)]) }}",
        "{{ object.crm_metric_ids.segment }}",
        "{{ user.crm_order_value }}",
        "{{ crm_order_value is not an expression }}",
    ],
    "lang": ["{{ 'de_DE' if object.crm_order_value else 'en_US' }}"],
    "email_cc": ["{{ object.crm_rfm_segment }}@own.example"],
    "body_html": [
        '<t t-out="object.crm_order_value"/>',
        '<p t-field="object.crm_order_value"/>',
        '<p t-if="object.crm_order_value &gt; 500">Big</p>',
        '<p t-attf-title="{{ object.crm_order_value }}">Title</p>',
    ],
}
ORDINARY = {
    "subject": "Dear {{ object.name }}, crm_order_value is a name",
    "lang": "{{ object.lang }}",
    "body_html": '<p t-if="object.sudo().is_company"><t t-out="object.env.lang"/></p>',
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFiguresInTemplates(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor = cls._create_user("editor", f"base.group_user,{EDITOR}")
        cls.seller.group_ids += cls.env.ref(EDITOR)
        cls.colleague.group_ids += cls.env.ref(EDITOR)

    def _create_template(self, user, **values):
        model = self.env["ir.model"]._get("res.partner")
        return self._as(user)["mail.template"].create(
            {"name": "Letter", "model_id": model.id, **values}
        )

    def test_figures_are_refused_to_who_may_not_see_all(self):
        for user in (self.editor, self.seller):
            template = self._create_template(user)
            for field, texts in TEXTS.items():
                for text in texts:
                    with self.subTest(user=user.name, text=text):
                        with self.assertRaises(AccessError) as refused:
                            self._create_template(user, **{field: text})
                        self.assertIn(
                            f"{user.name} may not see the figures of all customers",
                            str(refused.exception),
                        )
                        with self.assertRaises(AccessError):
                            template[field] = text

    def test_translation_is_refused(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self._create_template(self.editor, subject="Letter")
        with self.assertRaises(AccessError):
            template.update_field_translations("subject", {"fr_FR": FIGURE})
        with self.assertRaises(AccessError):
            template.with_context(lang="fr_FR").subject = FIGURE
        self.assertEqual(template.with_context(lang="fr_FR").subject, "Letter")

    def test_who_sees_all_customers_may_show_them(self):
        template = self._create_template(self.colleague, subject=FIGURE)
        self.assertEqual(template.subject, FIGURE)
        with self.assertRaises(AccessError):
            template.with_env(self._as(self.editor)).name = "Renamed"

    def test_all_else_is_left_to_odoo(self):
        template = self._create_template(self.editor, **ORDINARY)
        self.assertEqual(template.subject, ORDINARY["subject"])

    def test_every_figure_is_known(self):
        names = self.env["mail.render.mixin"]._get_figure_names()
        self.assertLessEqual(
            {"crm_rfm_segment", "crm_order_value", "crm_metric_id", "crm_metric_ids"},
            names,
        )
        self.assertTrue(names.isdisjoint({"name", "partner_id", "segment"}))
        partner = self.env["res.partner"]
        ours = {
            name
            for name, field in partner._fields.items()
            if field._module == "crm_dashboards" and field.groups
        }
        self.assertLessEqual(ours, names)
