# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..models import crm_metric_refresh
from ..models.recent_engagement_sql import _read_recent_engagements
from .common import NOW
from .engagement_common import EngagementCase


@tagged("post_install", "-at_install")
class TestActivities(EngagementCase):
    """Messages with an activity type that counts."""

    def test_nothing_done_is_never(self):
        self._assert_never()

    def test_call_on_each_document_counts(self):
        documents = (self.customer, self.contact, self.lead, self.quotation)
        for day, document in enumerate(documents, start=1):
            with self.subTest(document=document._name):
                self._log(document, f"2026-11-0{day} 10:00:00")
                self._assert_last(f"2026-11-0{day} 10:00:00", self.call)

    def test_done_activity_counts_once(self):
        """Odoo leaves an archived activity and a message: one act."""
        activity = self.lead.with_user(self.seller).activity_schedule(
            "mail.mail_activity_data_call", user_id=self.seller.id
        )
        self._assert_never()  # planned is not done
        activity.action_feedback(feedback="They want samples")
        self.assertFalse(activity.active)
        self._assert_last(NOW, self.call)
        engagement = self._get_engagements()
        self.assertEqual(len(engagement), 1)
        self.assertEqual(engagement.activity_type_id, self.call)
        self.assertEqual(
            (engagement.res_model, engagement.res_id), self._key(self.lead)
        )

    def test_types_that_do_not_count(self):
        document = self.env.ref("mail.mail_activity_data_upload_document")
        for engagement_type in (self.voicemail, self.todo, document):
            self._log(self.customer, "2026-11-02 10:00:00", engagement_type)
        self._assert_never()

    def test_visit_and_email_count(self):
        email = self.env.ref("mail.mail_activity_data_email")
        self._log(self.customer, "2026-11-02 10:00:00", self.visit)
        self._assert_last("2026-11-02 10:00:00", self.visit)
        self._log(self.customer, "2026-11-03 10:00:00", email)
        self._assert_last("2026-11-03 10:00:00", email)

    def test_box_of_a_type_decides(self):
        self._log(self.customer, "2026-11-02 10:00:00", self.voicemail)
        self._log(self.customer, "2026-11-01 10:00:00", self.call)
        self._assert_last("2026-11-01 10:00:00", self.call)
        self.voicemail.crm_counts_as_engagement = True
        self._assert_last("2026-11-02 10:00:00", self.voicemail)
        self.voicemail.crm_counts_as_engagement = False
        self._assert_last("2026-11-01 10:00:00", self.call)

    def test_switching_the_box_has_figures_made_anew(self):
        cron = self.env.ref("crm_dashboards.ir_cron_refresh_metrics")
        triggers = self.env["ir.cron.trigger"]
        domain = [("cron_id", "=", cron.id)]
        before = triggers.search_count(domain)
        self.voicemail.name = "Voicemail"
        self.assertEqual(triggers.search_count(domain), before)
        self.voicemail.crm_counts_as_engagement = True
        self.assertEqual(triggers.search_count(domain), before + 1)

    def test_newest_wins_whatever_was_logged_last(self):
        self._log(self.contact, "2026-11-10 10:00:00", self.visit, self.manager)
        self._log(self.customer, "2026-11-05 10:00:00")
        self._assert_last("2026-11-10 10:00:00", self.visit, self.manager)

    def test_lead_without_customer_is_nobody_s(self):
        lead = self.env["crm.lead"].create(
            {"name": "Stranger", "type": "lead", "company_id": self.company.id}
        )
        self._log(lead, "2026-11-10 10:00:00", user=self.manager)
        self._assert_never()

    def _key(self, record):
        return record._name, record.id


@tagged("post_install", "-at_install")
class TestMeetings(EngagementCase):
    def test_ended_meeting_counts_when_it_ended(self):
        self._meet(self.contact, "2026-11-10 11:00:00")
        self._assert_last("2026-11-10 11:00:00", self.meeting)

    def test_meeting_that_has_not_ended_does_not(self):
        self._meet(self.contact, "2026-11-21 12:30:00")
        self._assert_never()
        with freeze_time("2026-11-21 12:31:00"):
            self._assert_last("2026-11-21 12:30:00", self.meeting)

    def test_cancelled_meeting_does_not(self):
        meeting = self._meet(self.customer, "2026-11-10 11:00:00")
        meeting.action_archive()
        self._assert_never()

    def test_declined_meeting_does_not(self):
        meeting = self._meet(self.contact, "2026-11-10 11:00:00")
        guest = meeting.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.contact
        )
        guest.state = "declined"
        self._assert_never()

    def test_meeting_without_the_customer_does_not(self):
        self._meet(self.manager.partner_id, "2026-11-10 11:00:00")
        self._assert_never()

    def test_private_meeting_counts_without_a_word_of_it(self):
        self._meet(self.contact, "2026-11-10 11:00:00", privacy="private")
        self._assert_last("2026-11-10 11:00:00", self.meeting)
        engagement = self._get_engagements().with_env(self._as(self.manager))
        self.assertEqual(
            engagement.date, fields.Datetime.to_datetime("2026-11-10 11:00:00")
        )
        self.assertNotIn("Secret", str(engagement.read()))
        tile = self._get_tile("needs_engagement", self.manager)
        self.assertNotIn("Secret", str(tile))

    def test_meeting_with_two_contacts_counts_once(self):
        self._meet(self.contact | self.customer, "2026-11-10 11:00:00")
        self.assertEqual(len(self._get_engagements()), 1)

    def test_meeting_with_two_customers_counts_for_each(self):
        other = self._create_customer("Other", self.seller)
        self._refresh()
        self._meet(self.contact | other, "2026-11-10 11:00:00")
        self._assert_last("2026-11-10 11:00:00", self.meeting)
        self._assert_last("2026-11-10 11:00:00", self.meeting, customer=other)
        engagements = self._get_engagements() | self._get_engagements(other)
        self.assertEqual(len(engagements), 2)

    def test_meeting_marked_as_done_counts_once(self):
        """Its activity leaves a message: one act, not two."""
        other = self._create_customer("Other", self.seller)
        self._refresh()
        activity = self.lead.with_user(self.seller).activity_schedule(
            "mail.mail_activity_data_meeting", user_id=self.seller.id
        )
        self._meet(
            self.contact | other,
            "2026-11-21 11:00:00",
            activity_ids=[Command.set(activity.ids)],
        )
        self.assertEqual(len(self._get_engagements()), 1)
        activity.action_feedback(feedback="Signed")
        self.assertEqual(len(self._get_engagements()), 1)
        self._assert_last(NOW, self.meeting)
        self._assert_last("2026-11-21 11:00:00", self.meeting, customer=other)


@tagged("post_install", "-at_install")
class TestSentQuotations(EngagementCase):
    def test_sent_quotation_counts(self):
        self._send(self.quotation)
        self._assert_last(NOW, self.quotation_sent)
        self.assertEqual(len(self._get_engagements()), 1)

    def test_quotations_sent_from_the_list_count(self):
        other = self._create_customer("Other", self.seller, email="o@other.example")
        quotation = self._create_order(
            other, "2026-11-20", 5, state="draft", user_id=self.seller.id
        )
        self._refresh()
        self._send(self.quotation | quotation)
        self._assert_last(NOW, self.quotation_sent)
        self._assert_last(NOW, self.quotation_sent, customer=other)

    def test_sender_without_an_address_of_the_own_counts(self):
        """The mail goes out in the company's name, the sender is who pressed send."""
        self.seller.email = False
        self.quotation.user_id = False
        self.company.email = "sales@wholesale.example"
        for address in ("sales@wholesale.example", "nobody@wholesale.example"):
            self.company.partner_id.email = address
            self._send(self.quotation)
            self._assert_last(NOW, self.quotation_sent)

    def test_message_to_the_customer_counts(self):
        self._write_to(self.contact)
        self._assert_last(NOW, self.quotation_sent)

    def test_message_to_somebody_else_does_not(self):
        self._write_to(self._create_customer("Carrier", email="c@carrier.example"))
        self._assert_never()

    def test_internal_note_does_not(self):
        self._write_to(self.contact, subtype_xmlid="mail.mt_note")
        self._write_to(self.contact, is_internal=True)
        self._assert_never()

    def test_order_confirmation_by_odoo_does_not(self):
        self.quotation.with_user(self.seller).with_context(
            send_email=True
        ).action_confirm()
        self.assertTrue(
            self.quotation.message_ids.filtered(
                lambda message: self.contact in message.partner_ids
            )
        )
        self._assert_never()

    def test_customer_s_own_message_does_not(self):
        portal = self._create_user("portal", "base.group_portal")
        portal.partner_id.parent_id = self.customer
        self.quotation.partner_id = portal.partner_id
        self._write_to(self.contact, author_id=portal.partner_id.id)
        self.quotation.with_user(portal).sudo().message_post(
            body="When?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids,
        )
        self._assert_never()

    def test_customer_s_reply_by_mail_does_not(self):
        self._write_to(self.customer, author_id=self.contact.id, message_type="email")
        self._write_to(self.customer, author_id=self.contact.id)
        self._assert_never()

    def test_odoobot_does_not(self):
        self.quotation.sudo().message_post(
            body="Reminder",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids,
        )
        self._assert_never()

    def test_box_of_sent_quotations_decides(self):
        self.quotation_sent.crm_counts_as_engagement = False
        self._send(self.quotation)
        self._assert_never()

    def _write_to(self, partner, **values):
        self.quotation.with_user(self.seller).message_post(
            **{
                "body": "Our offer",
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
                "partner_ids": partner.ids,
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestNight(EngagementCase):
    """Stored by night, looked up since: both give the same."""

    def _count_recent(self):
        refresh = self.company.sudo().crm_metric_refresh_ids
        since = refresh._get_engagements_since()
        query = self.env["crm.engagement"]._get_engagements_sql(*since)
        return len(self.env.execute_query(query))

    def test_night_stores_what_the_day_no_longer_looks_up(self):
        self._log(self.lead, "2026-11-02 10:00:00", self.visit)
        self._meet(self.contact, "2026-10-10 11:00:00")
        self._make_old()
        self._refresh()
        self.assertEqual(self._count_recent(), 0)
        self._assert_last("2026-11-02 10:00:00", self.visit)

    def test_logged_after_the_night_counts_at_once(self):
        self._log(self.lead, "2026-11-02 10:00:00", self.visit)
        self._make_old()
        self._refresh()
        self._log(self.contact, "2026-11-03 10:00:00", self.call, self.manager)
        self._assert_last("2026-11-03 10:00:00", self.call, self.manager)
        self._log(self.contact, "2026-11-01 10:00:00", self.call)
        self._assert_last("2026-11-03 10:00:00", self.call, self.manager)

    def test_meeting_moved_into_the_past_after_the_night_counts(self):
        meeting = self._meet(self.contact, "2026-12-10 11:00:00")
        self._make_old()
        self._refresh()
        self._assert_never()
        meeting.write({"start": "2026-11-02 10:00:00", "stop": "2026-11-02 11:00:00"})
        self._assert_last("2026-11-02 11:00:00", self.meeting)

    def test_meeting_that_ends_after_the_night_counts(self):
        self._meet(self.contact, "2026-11-21 15:00:00")
        self._make_old()
        self._refresh()
        self._assert_never()
        with freeze_time("2026-11-21 16:00:00"):
            self._assert_last("2026-11-21 15:00:00", self.meeting)

    def test_customer_refreshed_by_day_has_its_history(self):
        """Figures that the night did not make yet: of a prospect that buys at last."""
        prospect = self._create_customer("Prospect", self.seller, customer_rank=0)
        self._log(prospect, "2026-11-02 10:00:00", self.visit)
        self._make_old()
        self._refresh()
        self.assertFalse(self._get_metric(prospect))
        prospect.customer_rank = 1
        self.env["crm.metric.refresh"]._refresh_customer(self.company, prospect)
        self._assert_last("2026-11-02 10:00:00", self.visit, customer=prospect)

    def test_night_forgets_what_is_gone(self):
        message = self._log(self.lead, "2026-11-02 10:00:00")
        self._make_old()
        self._refresh()
        message.sudo().unlink()
        self._refresh()
        self._assert_never()

    def test_quiet_night_rewrites_no_row(self):
        self._log(self.lead, "2026-11-02 10:00:00")
        self._refresh()
        self.env.flush_all()
        query = "SELECT id, ctid::text FROM crm_customer_metric ORDER BY id"
        self.env.cr.execute(query)
        before = self.env.cr.fetchall()
        self._refresh()
        self.env.cr.execute(query)
        self.assertEqual(self.env.cr.fetchall(), before)


@tagged("post_install", "-at_install")
class TestManyMessages(EngagementCase):
    """An import of mails: nobody waits for what came, the job reads it alone."""

    def setUp(self):
        super().setUp()
        self._log(self.lead, "2026-11-02 10:00:00", self.visit)
        self._make_old()
        self._refresh()
        self.env.ref("crm_dashboards.ir_cron_read_engagements").active = True
        patcher = patch.object(crm_metric_refresh, "MANY_MESSAGES", 1)
        patcher.start()
        self.addCleanup(patcher.stop)

    def _read_words(self):
        self.env.invalidate_all()
        return self._get_words(self._get_tile("needs_engagement"))

    def test_few_are_joined(self):
        self._log(self.contact, "2026-11-03 10:00:00", self.call)
        self._assert_last("2026-11-03 10:00:00", self.call)
        self._create_customer("Silent", self.seller)
        self._refresh()
        self.assertEqual(self._read_words(), [])

    def test_many_wait_for_the_job(self):
        self._create_customer("Silent", self.seller)
        self._refresh()
        for hour in (10, 11):
            self._log(self.contact, f"2026-11-03 {hour}:00:00", self.call)
        self._assert_last("2026-11-02 10:00:00", self.visit)
        (words,) = self._read_words()
        self.assertRegex(words, r"^Engagements as of \w+ \w+, .+\.$")
        with self.enter_registry_test_mode():
            self.env.ref(
                "crm_dashboards.ir_cron_read_engagements"
            ).method_direct_trigger()
        self._assert_last("2026-11-03 11:00:00", self.call)

    def test_job_has_nothing_to_do_otherwise(self):
        self._log(self.contact, "2026-11-03 10:00:00", self.call)
        with patch.object(
            type(self.env["crm.metric.refresh"]), "_read_engagements"
        ) as read:
            with self.enter_registry_test_mode():
                self.env.ref(
                    "crm_dashboards.ir_cron_read_engagements"
                ).method_direct_trigger()
        read.assert_not_called()


@tagged("post_install", "-at_install")
class TestCompanies(EngagementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller.company_ids = cls.company | cls.sister
        cls._refresh(cls.sister)

    def test_document_s_engagement_is_of_its_company(self):
        self._log(self.quotation, "2026-11-02 10:00:00")
        self._log(self.lead, "2026-11-01 10:00:00")
        self._assert_last("2026-11-02 10:00:00", self.call)
        self._assert_never(company=self.sister)

    def test_night_keeps_companies_apart(self):
        self._log(self.quotation, "2026-11-02 10:00:00")
        self._make_old()
        for company in (self.company, self.sister):
            self._refresh(company)
        self._assert_last("2026-11-02 10:00:00", self.call)
        self._assert_never(company=self.sister)

    def test_company_that_lags_behind_has_nobody_else_read_again(self):
        self._log(self.customer, "2026-11-02 10:00:00")
        self._make_old()
        for company in (self.company, self.sister):
            self._refresh(company)
        self.sister.sudo().crm_metric_refresh_ids.engagement_message_id = 0
        both = self.env(
            context={"allowed_company_ids": (self.company | self.sister).ids}
        )
        rows = _read_recent_engagements(both)
        self.assertEqual(
            {company_id for _id, company_id, *_act in rows}, {self.sister.id}
        )

    def test_engagement_without_company_is_of_every_company(self):
        self.lead.company_id = False
        self._log(self.lead, "2026-11-02 10:00:00")
        for company in (self.company, self.sister):
            date, _type, _user = self._get_last(company=company)
            self.assertEqual(date, fields.Datetime.to_datetime("2026-11-02 10:00:00"))

    def test_days_follow_the_zone_of_figures(self):
        # 23:30 UTC is the next day in Tokyo; there, now is the 21st, too
        self._log(self.customer, "2026-11-01 23:30:00")
        self.sister.crm_figures_tz = "Asia/Tokyo"
        self.env.invalidate_all()
        here, there = (
            self._get_metric(self.customer, company)
            for company in (self.company, self.sister)
        )
        self.assertEqual(here.days_since_engagement, 20)
        self.assertEqual(there.days_since_engagement, 19)


@tagged("post_install", "-at_install")
class TestWhoMayRead(EngagementCase):
    def test_engagements_are_facts_of_readable_customers(self):
        theirs = self._create_customer("Theirs", self.colleague)
        self._refresh()
        for customer in (self.customer, theirs):
            self._log(customer, "2026-11-02 10:00:00", user=self.manager)
        both = self.customer | theirs
        readers = {
            self.manager: both,
            self.colleague: both,
            self.seller: self.customer,
        }
        self.env.invalidate_all()
        for user, customers in readers.items():
            with self.subTest(user=user.name):
                engagements = self._as(user)["crm.engagement"].search(
                    [("partner_id", "in", both.ids)]
                )
                self.assertEqual(engagements.partner_id, customers)

    def test_others_read_nothing(self):
        self._log(self.customer, "2026-11-02 10:00:00")
        for user in (
            self._create_user("internal", "base.group_user"),
            self._create_user("portal", "base.group_portal"),
        ):
            with self.assertRaises(AccessError):
                self._as(user)["crm.engagement"].search([])

    def test_other_company_s_documents_stay_there(self):
        self.lead.write({"company_id": self.sister.id, "user_id": False})
        self._log(self.lead, "2026-11-02 10:00:00", user=self.env.ref("base.user_root"))
        self.env.invalidate_all()
        self.assertTrue(self._get_engagements())
        domain = [("partner_id", "=", self.customer.id)]
        self.assertFalse(self._as(self.manager)["crm.engagement"].search(domain))
