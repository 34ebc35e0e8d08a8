# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.tests import tagged

from .common import BIG, MailingCase


@tagged("post_install", "-at_install")
class TestMailingQueue(MailingCase):
    def test_old_mailing_is_put_aside_and_the_others_are_sent(self):
        forbidden = self._create_old_mailing(
            self.mailer,
            mailing_domain=BIG,
            state="in_queue",
            schedule_date="2026-11-20 08:00:00",
            schedule_type="scheduled",
        )
        plain = self._create_mailing(self.mailer)
        plain.state = "in_queue"
        allowed = self._create_mailing(self.head, mailing_domain=BIG)
        allowed.state = "in_queue"
        self._run_queue()
        self.assertEqual(plain.state, "done")
        self.assertEqual(self._get_reached(plain), self.customers)
        self.assertEqual(allowed.state, "done")
        self.assertEqual(self._get_reached(allowed), self.mine | self.theirs)
        self.assertEqual(forbidden.state, "draft")
        self.assertEqual(str(forbidden.schedule_date), "2026-11-20 08:00:00")
        self.assertFalse(forbidden.sent_date)
        self.assertFalse(self._get_reached(forbidden))
        messages = forbidden.message_ids
        (notice,) = messages.filtered(lambda message: "Not sent" in message.body)
        self.assertIn("Mailer may not see figures of customers", notice.body)
        self.assertEqual(notice.notified_partner_ids, self.mailer.partner_id)
        self._run_queue()
        self.assertEqual(forbidden.message_ids, messages)

    def test_half_sent_mailing_is_put_aside(self):
        forbidden = self._create_old_mailing(
            self.mailer, mailing_domain=BIG, state="sending"
        )
        self._run_queue()
        self.assertEqual(forbidden.state, "draft")
        self.assertFalse(self._get_reached(forbidden))

    def test_domain_that_cannot_be_searched_is_put_aside(self):
        broken = self._create_old_mailing(
            self.head,
            mailing_domain="[('crm_order_value', '>', 500), ('gone', '=', 1)]",
            state="in_queue",
        )
        plain = self._create_mailing(self.mailer)
        plain.state = "in_queue"
        self._run_queue()
        self.assertEqual(broken.state, "draft")
        self.assertEqual(plain.state, "done")

    def test_responsible_decides_whoever_wrote_it(self):
        mailing = self._create_mailing(
            self.head, mailing_domain=BIG, user_id=self.mailer.id
        )
        mailing.state = "in_queue"
        self._run_queue()
        self.assertEqual(mailing.state, "draft")
        self.assertFalse(self._get_reached(mailing))

    def test_later_mailing_is_looked_at_when_it_is_due(self):
        later = self._create_old_mailing(
            self.mailer,
            mailing_domain=BIG,
            state="in_queue",
            schedule_date="2026-11-30 08:00:00",
            schedule_type="scheduled",
        )
        self._run_queue()
        self.assertEqual(later.state, "in_queue")

    def test_own_customers_only_are_reached(self):
        above = self._create_mailing(self.own, mailing_domain=BIG)
        # Theirs and Small show no value to Own, so they are no more than 500.
        below = self._create_mailing(
            self.own,
            mailing_domain=repr(
                [
                    "!",
                    ("crm_order_value", ">", 500),
                    ("id", "in", self.customers.ids),
                ]
            ),
        )
        (above | below).state = "in_queue"
        self._run_queue()
        self.assertEqual(self._get_reached(above), self.mine)
        self.assertEqual(self._get_reached(below), self.theirs | self.small)

    def test_figures_are_of_the_company_of_the_responsible(self):
        self._create_orders([(self.small, "2026-11-01", 700.0)], self.sister)
        self._refresh(self.sister)
        sister = self._create_user(
            "sister_head",
            "sales_team.group_sale_salesman_all_leads,"
            "mass_mailing.group_mass_mailing_user",
            companies=self.sister,
        )
        mailing = self._create_mailing(sister, mailing_domain=BIG)
        mailing.state = "in_queue"
        self._run_queue()
        self.assertEqual(self._get_reached(mailing), self.small)

    def test_click_is_refused_at_once(self):
        old = self._create_old_mailing(self.mailer, mailing_domain=BIG)
        for method in ("action_launch", "action_put_in_queue", "action_send_mail"):
            for user in (self.mailer, self.head):
                with self.subTest(method=method, user=user.name):
                    self._assert_refused(user, "mailing.mailing", method, old.ids)
        recipients = self.customers.ids
        self._assert_refused(
            self.head, "mailing.mailing", "action_send_mail", old.ids, recipients
        )

    def test_sending_by_a_click_reaches_whom_the_responsible_finds(self):
        mailing = self._create_mailing(self.own, mailing_domain=BIG)
        self._call(self.head, "mailing.mailing", "action_send_mail", mailing.ids)
        self.assertEqual(self._get_reached(mailing), self.mine)

    def test_winner_of_a_test_is_put_aside(self):
        old = self._create_old_mailing(self.mailer, mailing_domain=BIG)
        campaign = self.env["utm.campaign"].create({"name": "Test"})
        old.write({"campaign_id": campaign.id, "ab_testing_enabled": True})
        old.write({"state": "done", "sent_date": "2026-11-20 08:00:00"})
        campaign.ab_testing_schedule_datetime = "2026-11-20 09:00:00"
        with self.enter_registry_test_mode():
            self.env.ref(
                "mass_mailing.ir_cron_mass_mailing_ab_testing"
            ).method_direct_trigger()
        winner = campaign.ab_testing_winner_mailing_id
        self.assertEqual(winner.state, "in_queue")
        self._run_queue()
        self.assertEqual(winner.state, "draft")
        self.assertFalse(self._get_reached(winner))

    def test_test_share_is_of_whom_the_responsible_finds(self):
        campaign = self.env["utm.campaign"].create({"name": "Half"})
        mailing = self._create_mailing(
            self.own,
            mailing_domain=BIG,
            campaign_id=campaign.id,
            ab_testing_enabled=True,
            ab_testing_pc=100,
        )
        mailing.state = "in_queue"
        self._run_queue()
        self.assertEqual(self._get_reached(mailing), self.mine)

    def test_mailing_lists_go_on(self):
        contact = self.env["mailing.contact"].create(
            {"name": "Reader", "email": "reader@buyer.example"}
        )
        readers = self.env["mailing.list"].create(
            {"name": "Readers", "contact_ids": [Command.link(contact.id)]}
        )
        values = self._values(
            mailing_model_id=self.env["ir.model"]._get("mailing.list").id,
            contact_list_ids=[Command.link(readers.id)],
        )
        del values["mailing_domain"]
        (mailing_id,) = self._call(self.mailer, "mailing.mailing", "create", [values])
        mailing = self.env["mailing.mailing"].browse(mailing_id)
        self._call(self.mailer, "mailing.mailing", "action_launch", mailing.ids)
        self._run_queue()
        self.assertEqual(mailing.state, "done")
        self.assertEqual(mailing.mailing_trace_ids.mapped("email"), [contact.email])
