# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import EDITOR, MAILING, MailingCase

INLINE = [
    "{{ object.crm_order_value }}",
    "Dear {{ object.name }}, {{ object.parent_id.crm_rfm_segment ||| you }}",
    "{{ object['crm_order_value'] }}",
    "{{ object['crm\\x5forder_value'] }}",
    "{{ object.\uff43rm_order_value }}",
    "{{ object.mapped('crm_order_value') }}",
    "{{ object.child_ids.mapped('parent_id.crm_order_value') }}",
    "{{ object.filtered(lambda each: each.crm_order_value > 500) }}",
    "{{ 'big' if object.crm_order_value > 500 else '' }}",
    "{{ object.crm_metric_id.segment }}",
    "{{ object.crm_metric_ids.mapped('order_value') }}",
    "{{ user.partner_id.crm_order_value }}",
    "{{ '%(crm_order_value)s' % object }}",
    "{{ '{0.crm_order_value}'.format(object) }}",
    "{{ hasattr(object, 'crm_order_value') }}",
]
OPEN = [
    "{{ object.read() }}",
    "{{ object.sudo().name }}",
    "{{ object['crm_' + 'order_value'] }}",
    "{{ object.env['crm.customer.metric'].search([]).mapped('segment') }}",
    "{{ env.cr.execute('SELECT 1') }}",
    "{{ object.search_count([]) }}",
    "{{ object.web_read({}) }}",
    "{{ object.export_data([]) }}",
]
QWEB = [
    '<t t-out="object.crm_order_value"/>',
    '<t t-esc="object.crm_order_value"/>',
    '<p t-field="object.crm_order_value"/>',
    '<p t-if="object.crm_order_value &gt; 500">Big</p>',
    '<p t-att-title="object.crm_order_value">Title</p>',
    '<p t-attf-title="{{ object.crm_order_value }}">Title</p>',
    '<p t-attf-title="#{ object.crm_order_value }">Title</p>',
    "<p t-att=\"{'title': object.crm_order_value}\">Title</p>",
    '<t t-foreach="object.mapped(\'crm_rfm_segment\')" t-as="each">Hi</t>',
    '<t t-set="value" t-value="object.crm_order_value"/>',
    '<p t-out="object" t-options="{\'crm_order_value\': 1}"/>',
]
OPEN_QWEB = [
    '<t t-out="object.read()"/>',
    '<t t-set="a" t-value="object.sudo()"/><t t-out="a.name"/>',
    '<t t-set="a">order_value</t><t t-out="object[\'crm_\' + a]"/>',
    '<p t-attf-title="{{ object.env }}">Title</p>',
]
ORDINARY = {
    "subject": "Dear {{ object.name.split(' ')[0] }}, {{ object.city or 'you' }}",
    "preview": "News for {{ object.parent_id.name ||| you }}",
    "body_html": '<p t-if="object.is_company"><t t-out="object.name"/>'
    '<t t-foreach="object.child_ids.sorted(\'name\')" t-as="child">'
    '<i t-out="child.display_name"/></t>'
    "<b t-out=\"', '.join(object.category_id.mapped('name'))\"/></p>",
}


@tagged("post_install", "-at_install")
class TestMailingTexts(MailingCase):
    def _get_texts(self):
        """Yield (field, text, words of the refusal)."""
        named, hidden = "may not see the figures", "this placeholder might show them"
        for fields, texts, words in (
            (("subject", "preview", "email_from", "reply_to"), INLINE, named),
            (("subject", "preview"), OPEN, hidden),
            (("body_html", "body_arch"), QWEB, named),
            (("body_html",), OPEN_QWEB, hidden),
        ):
            for field in fields:
                for text in texts:
                    yield field, text, words

    def test_figures_are_refused_to_who_sees_none(self):
        draft = self._create_mailing(self.mailer)
        for field, text, words in self._get_texts():
            with self.subTest(field=field, text=text):
                self._assert_refused(
                    self.mailer,
                    "mailing.mailing",
                    "create",
                    [self._values(**{field: text})],
                    words=words,
                )
                self._assert_refused(
                    self.mailer,
                    "mailing.mailing",
                    "write",
                    draft.ids,
                    {field: text, "user_id": self.head.id},
                    words=words,
                )

    def test_figures_are_refused_by_import_and_copy(self):
        text = "{{ object.crm_order_value }}"
        mailing = self._create_mailing(self.head, preview=text)
        self._assert_refused(self.mailer, "mailing.mailing", "copy", mailing.ids)
        draft = self._create_mailing(self.mailer)
        before = self._read_all("mailing.mailing")
        result = self._call(
            self.mailer,
            "mailing.mailing",
            "load",
            [".id", "subject"],
            [[str(draft.id), text]],
        )
        self.assertIn("may not see", result["messages"][0]["message"])
        self.env.invalidate_all()
        self.assertEqual(self._read_all("mailing.mailing"), before)

    def test_figures_are_refused_to_who_sees_own_customers(self):
        """A text is filled in for all recipients, whosever customers they are."""
        for text in (INLINE[0], OPEN[0]):
            self._assert_refused(
                self.own, "mailing.mailing", "create", [self._values(subject=text)]
            )

    def test_ordinary_placeholders_go_on(self):
        mailing = self._create_mailing(self.mailer, **ORDINARY)
        self._call(self.mailer, "mailing.mailing", "action_launch", mailing.ids)
        self._run_queue()
        self.assertEqual(mailing.state, "done")
        self.assertEqual(
            sorted(self._get_mails(mailing).mapped("subject")),
            ["Dear Mine, you", "Dear Small, you", "Dear Theirs, you"],
        )

    def test_who_sees_all_shows_figures_of_his_company(self):
        self._create_orders([(self.mine, "2026-11-01", 50.0)], self.sister)
        self._refresh(self.sister)
        sister = self._create_user(
            "sister_head",
            f"sales_team.group_sale_salesman_all_leads,{MAILING},{EDITOR}",
            companies=self.sister,
        )
        for user, value in ((self.head, "900.0"), (sister, "50.0")):
            mailing = self._create_mailing(
                user,
                subject="{{ object.name }} {{ object.crm_order_value }}",
                body_html='<p t-out="object.crm_order_value"/>',
                mailing_domain=repr([("id", "=", self.mine.id)]),
            )
            self._call(user, "mailing.mailing", "action_launch", mailing.ids)
            self._run_queue()
            mail = self._get_mails(mailing)
            with self.subTest(user=user.name):
                self.assertEqual(mail.subject, f"Mine {value}")
                self.assertIn(f">{value}<", mail.body_html)

    def test_responsible_of_another_company_is_refused(self):
        chief = self._create_user(
            "chief",
            "sales_team.group_sale_manager",
            companies=self.sister | self.company,
        )
        values = self._values(subject=INLINE[0], user_id=chief.id)
        self._assert_refused(
            self.head,
            "mailing.mailing",
            "create",
            [values],
            words="who may see others than Head",
        )

    def test_old_text_is_not_sent(self):
        for text in (INLINE[0], OPEN[0]):
            old = self._create_old_mailing(self.mailer, subject=text, state="in_queue")
            plain = self._create_mailing(self.mailer)
            plain.state = "in_queue"
            self._run_queue()
            with self.subTest(text=text):
                self.assertEqual(old.state, "draft")
                self.assertFalse(self._get_reached(old))
                self.assertEqual(plain.state, "done")
            change = {"user_id": self.head.id}
            with self.subTest(text=text):
                self._assert_refused(
                    self.mailer, "mailing.mailing", "write", old.ids, change
                )

    def test_responsible_who_sees_no_figures_does_not_send_them(self):
        mailing = self._create_mailing(
            self.head, subject=INLINE[0], user_id=self.mailer.id
        )
        with self.assertRaises(AccessError):
            self._call(self.head, "mailing.mailing", "action_launch", mailing.ids)
        mailing.state = "in_queue"
        self._run_queue()
        self.assertEqual(mailing.state, "draft")
        self.assertFalse(self._get_reached(mailing))

    def test_old_text_is_no_test_mail(self):
        old = self._create_old_mailing(
            self.mailer, subject="{{ object.sudo().crm_order_value }}"
        )
        wizard = self._as(self.mailer)["mailing.mailing.test"].create(
            {"mass_mailing_id": old.id, "email_to": "mailer@own.example"}
        )
        with self.assertRaises(AccessError):
            wizard.send_mail_test()

    def test_test_mail_of_an_ordinary_text(self):
        mailing = self._create_mailing(self.mailer, **ORDINARY)
        wizard = self._as(self.mailer)["mailing.mailing.test"].create(
            {"mass_mailing_id": mailing.id, "email_to": "mailer@own.example"}
        )
        with patch.object(type(self.env["mail.mail"]), "unlink", lambda mails: True):
            wizard.send_mail_test()
        (mail,) = self._get_mails(mailing)
        self.assertIn("[TEST] Dear ", mail.subject)

    def _get_mails(self, mailing):
        return self.env["mail.mail"].search([("mailing_id", "=", mailing.id)])
