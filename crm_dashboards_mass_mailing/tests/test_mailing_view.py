# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import MailingCase


@tagged("post_install", "-at_install")
class TestMailingView(MailingCase, HttpCase):
    """The page that shows a mailing in a browser, which renders with all rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.mailer, cls.own, cls.head):
            user.password = user.login

    def _view(self, user, mailing, hash_token=""):
        """Open the page for the customer Theirs, worth 800.00."""
        self.authenticate(user and user.login, user and user.login)
        customer = self.theirs
        return self.url_open(
            f"/mailing/{mailing.id}/view?document_id={customer.id}"
            f"&email={customer.email}&hash_token={hash_token}"
        )

    def _create_with_figure(self):
        return self._create_mailing(
            self.head, body_html='<p t-out="object.crm_order_value"/>'
        )

    @mute_logger("odoo.http")
    def test_mailing_user_reads_figures_of_nobody(self):
        mailing = self._create_with_figure()
        for user in (self.mailer, self.own):
            page = self._view(user, mailing)
            with self.subTest(user=user.name):
                self.assertEqual(page.status_code, 403)
                self.assertNotIn("800", page.text)

    @mute_logger("odoo.http")
    def test_old_text_is_not_shown(self):
        old = self._create_old_mailing(
            self.mailer, body_html='<p t-out="object.crm_order_value"/>'
        )
        page = self._view(self.mailer, old)
        self.assertEqual(page.status_code, 403)
        self.assertNotIn("800", page.text)

    def test_who_sees_all_sees_them(self):
        mailing = self._create_with_figure()
        page = self._view(self.head, mailing)
        self.assertEqual(page.status_code, 200)
        self.assertIn("<p>800.0</p>", page.text)

    def test_recipient_sees_what_he_was_sent(self):
        mailing = self._create_with_figure()
        token = mailing._generate_mailing_recipient_token(
            self.theirs.id, self.theirs.email
        )
        page = self._view(None, mailing, token)
        self.assertEqual(page.status_code, 200)
        self.assertIn("<p>800.0</p>", page.text)
