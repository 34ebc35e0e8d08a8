# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from markupsafe import Markup

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .customer_event_common import CustomerEventCase
from .workbook_common import WorkbookCase

CODE = "customer_events"


@tagged("post_install", "-at_install")
class TestCustomerEvents(CustomerEventCase, WorkbookCase):
    """One timeline over what happened with a customer."""

    def _get(self, user=None, **options):
        return self._get_texts(CODE, user, **options)

    def test_nothing_is_empty_and_says_so(self):
        tile = self._get_customer_tile(CODE)
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(tile["message"], "Nothing happened yet that you may read.")
        self.assertFalse(tile["blocks"])

    def test_newest_first_over_all_kinds(self):
        books = self._create_books(self.company)
        self.manager.group_ids += self.env.ref("account.group_account_readonly")
        self._create_quiet_order(self.contact, "2026-11-01", 100)
        invoice = self._create_invoice(
            books, self.customer, "2026-11-03", "2026-12-03", 100
        )
        self._create_paid(books, self.customer, "2026-11-05", 60)
        refund = self._create_invoice(
            books,
            self.customer,
            "2026-11-06",
            "2026-11-06",
            40,
            move_type="out_refund",
        )
        self._meet(self.contact, "2026-11-07 10:00:00", name="Showroom")
        self._log(self.lead, "2026-11-08 10:00:00", self.visit)
        self._post(
            self.contact, "2026-11-09 10:00:00", Markup("New <b>buyer</b> from January")
        )
        order = self.env["sale.order"].search(
            [("partner_id", "=", self.contact.id), ("state", "=", "sale")]
        )
        lines = self._get_lines(CODE)
        self.assertEqual(
            [line["title"] for line in lines],
            [
                "Note: New buyer from January",
                "Visit: A secret",
                "Meeting: Showroom",
                f"Credit note {refund.name}: 40\xa0€",
                "Payment received: 60\xa0€",
                f"Invoice {invoice.name}: 100\xa0€",
                f"Order {order.name}: 100\xa0€",
            ],
        )
        self.assertEqual(
            [(line["icon"], line["drill"]) for line in lines[:3]],
            [
                ("fa-pencil", {"key": "contact", "value": self.contact.id}),
                ("fa-map-marker", {"key": "opportunity", "value": self.lead.id}),
                (
                    "fa-users",
                    {"key": "meeting", "value": lines[2]["drill"]["value"]},
                ),
            ],
        )
        self.assertEqual(
            [line["drill"] for line in lines[3:]],
            [
                {"key": "invoice", "value": refund.id},
                {"key": "payment", "value": lines[4]["drill"]["value"]},
                {"key": "invoice", "value": invoice.id},
                {"key": "order", "value": order.id},
            ],
        )
        self.assertEqual(lines[0]["subtitle"], "Seller · Ann")
        self.assertEqual(lines[1]["subtitle"], "Seller · Shelving")
        self.assertEqual(lines[2]["subtitle"], "Ann · Seller")
        self.assertEqual(lines[2]["datetime"], "2026-11-07 09:00:00")
        self.assertEqual(lines[3]["cell"], {"value": "2026-11-06", "unit": "date"})
        self.assertFalse(lines[6]["cell"])

    def test_done_activity_is_one_event_with_its_feedback(self):
        activity = self._plan(self.lead, "2026-11-21", "Ask about samples")
        activity.action_feedback(feedback="They want samples")
        self.assertFalse(activity.active)
        self.assertEqual(
            self._get(), ["Call done: Ask about samples · They want samples"]
        )

    def test_planned_activity_is_an_event_until_it_is_done(self):
        activity = self._plan(self.customer, "2026-12-24", "Wish well")
        self._date_creation(activity, "2026-11-20 10:00:00")
        (line,) = self._get_lines(CODE)
        self.assertEqual(
            (line["title"], line["subtitle"], line["datetime"], line["icon"]),
            (
                "Call planned: Wish well",
                "Seller · for Dec 24",
                "2026-11-20 10:00:00",
                "fa-phone",
            ),
        )
        self.assertEqual(line["drill"], {"key": "activity", "value": activity.id})
        action = self._as(self.seller)["crm.dashboard.tile"].open_report(
            CODE, {"customer_id": self.customer.id}, line["drill"]
        )
        self.assertEqual(
            (action["res_model"], action["res_id"], action["target"]),
            ("mail.activity", activity.id, "new"),
        )
        activity.action_feedback()
        self.assertEqual(self._get(), ["Call done: Wish well"])

    def test_cancelled_activity_and_meeting_are_none(self):
        self._plan(self.customer, "2026-12-24").unlink()
        self._meet(self.contact, "2026-11-10 10:00:00").action_archive()
        guest = self._meet(self.contact, "2026-11-11 10:00:00").attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.contact
        )
        guest.state = "declined"
        self.assertFalse(self._get())

    def test_meeting_to_come_is_no_event(self):
        self._meet(self.contact, "2026-11-21 12:30:00")
        self.assertFalse(self._get())

    def test_meeting_done_as_an_activity_is_one_event(self):
        activity = self._plan(self.lead, "2026-11-20", "Sign")
        activity.activity_type_id = self.meeting
        self._meet(self.contact, "2026-11-20 11:00:00", **self._link(activity))
        activity.action_feedback(feedback="Signed")
        self.assertEqual(len(self._get()), 1)
        self.assertIn("Signed", self._get()[0])

    def test_meeting_on_an_opportunity_without_guests_of_the_customer(self):
        meeting = self._meet(
            self.env["res.partner"],
            "2026-11-10 11:00:00",
            name="Prepare the offer",
            opportunity_id=self.lead.id,
        )
        texts = self._get()
        self.assertIn("Meeting: Prepare the offer", texts)
        meeting.opportunity_id = False
        self.assertNotIn("Meeting: Prepare the offer", self._get())

    def test_private_meeting_stays_private(self):
        self._meet_privately("2026-11-10 11:00:00")
        (line,) = self._get_lines(CODE)
        self.assertEqual(line["title"], "Meeting: Busy")
        self.assertEqual(line["datetime"], "2026-11-10 10:00:00")
        self.assertEqual(self._get(self.seller), ["Meeting: Secret talks"])

    def test_private_meeting_is_not_told_by_its_documents(self):
        """Odoo writes a meeting's subject into the chatter of its opportunity."""
        activity = self._plan(self.lead, "2026-11-20", "Secret talks")
        activity.activity_type_id = self.meeting
        self._meet_privately("2026-11-20 11:00:00", **self._link(activity))
        self._meet_privately("2026-11-19 11:00:00", opportunity_id=self.lead.id)
        for done in (False, True):
            with self.subTest(done=done):
                if done:
                    activity.action_feedback(feedback="Secretly signed")
                others = " ".join(self._get())
                self.assertIn("Busy", others)
                self.assertNotIn("Secret", others)
                self.assertIn("Secret", " ".join(self._get(self.seller)))

    def test_link_to_no_meeting_at_all_is_a_message_like_others(self):
        for number in ("0", "9999999999", "9" * 5000):
            link = '<a data-oe-model="calendar.event" data-oe-id="%s">Number %s</a>'
            body = Markup(link) % (number, len(number))
            self._post(self.lead, "2026-11-02 10:00:00", body)
        self.assertEqual(
            sorted(self._get()),
            ["Note: Number 1", "Note: Number 10", "Note: Number 5000"],
        )

    def test_messages_tell_what_they_are(self):
        self._post(self.lead, "2026-11-01 10:00:00", "Only for us")
        self._post(
            self.lead,
            "2026-11-02 10:00:00",
            Markup("<p>Dear all,</p><p>as discussed</p>"),
            subtype_xmlid="mail.mt_comment",
        )
        self._post(
            self.lead,
            "2026-11-03 10:00:00",
            "Long mail",
            message_type="email",
            subject="Question",
            author_id=self.contact.id,
            subtype_xmlid="mail.mt_comment",
        )
        self._post(self.lead, "2026-11-04 10:00:00", "", message_type="comment")
        lines = self._get_lines(CODE)
        self.assertEqual(
            [(line["title"], line["icon"]) for line in lines],
            [
                ("E-mail: Question", "fa-envelope"),
                ("Message: Dear all, as discussed", "fa-comment"),
                ("Note: Only for us", "fa-pencil"),
            ],
        )
        self.assertEqual(lines[0]["subtitle"], "Ann · Shelving")

    def test_long_text_is_shortened(self):
        self._post(self.customer, "2026-11-01 10:00:00", "word " * 100)
        (text,) = self._get()
        self.assertLessEqual(len(text), 120)
        self.assertTrue(text.startswith("Note: word word"))
        self.assertTrue(text.endswith("word …"))

    def test_notice_for_one_user_is_no_event(self):
        self.lead.with_user(self.seller).message_notify(
            body="Assigned to you", partner_ids=self.manager.partner_id.ids
        )
        self.assertFalse(self._get())

    def test_sent_quotation_is_told_once(self):
        self._send(self.quotation.with_context(tracking_disable=False))
        self.assertEqual(self.quotation.state, "sent")
        (text,) = self._get()
        self.assertTrue(text.startswith("Quotation sent"))

    def test_change_of_stage_is_a_short_text(self):
        lead = self.lead.with_context(tracking_disable=False).with_user(self.seller)
        stages = self.env["crm.stage"].create([{"name": "First"}, {"name": "Second"}])
        lead.stage_id = stages[0]
        self._note_changes()
        lead.stage_id = stages[1]
        self._note_changes()
        self.assertIn("Stage: First → Second", self._get())

    def test_change_that_only_managers_may_read(self):
        """As in the chatter: a field's groups hide its changes."""
        field = self.env["ir.model.fields"]._get("crm.lead", "expected_revenue")
        message = self._post(
            self.lead, "2026-11-02 10:00:00", "", message_type="notification"
        )
        self.env["mail.tracking.value"].create(
            {
                "mail_message_id": message.id,
                "field_id": field.id,
                "old_value_float": 1,
                "new_value_float": 2,
            }
        )
        self.assertIn("2", " ".join(self._get(self.seller)))
        self.patch(
            self.env["crm.lead"]._fields["expected_revenue"],
            "groups",
            "base.group_no_one",
        )
        self.assertFalse(self._get(self.seller))

    def test_order_and_its_confirmation_are_one_event(self):
        order = self.quotation.with_user(self.seller).with_context(
            tracking_disable=False
        )
        order.action_confirm()
        self._note_changes()
        self.assertEqual(self._get(), [f"Order {order.name}: 100\xa0€"])

    def test_contacts_and_lost_opportunities_belong_to_the_customer(self):
        self._post(self.contact, "2026-11-01 10:00:00", "On the contact")
        self._post(self.lead, "2026-11-02 10:00:00", "On the opportunity")
        self._post(self.quotation, "2026-11-03 10:00:00", "On the quotation")
        other = self._create_customer("Other")
        self._post(other, "2026-11-04 10:00:00", "Another customer")
        expected = [
            "Note: On the quotation",
            "Note: On the opportunity",
            "Note: On the contact",
        ]
        self.assertEqual(self._get(), expected)
        self.lead.active = False
        self.contact.active = False
        self.assertEqual(self._get(), expected)
        # asked for from the contact, too
        self.assertEqual(self._get(customer=self.contact), expected)

    def test_twenty_events_and_all_of_them_in_the_list(self):
        for day in range(1, 31):
            self._post(self.customer, f"2026-10-{day:02} 10:00:00", f"Day {day}")
        texts = self._get()
        self.assertEqual(texts, [f"Note: Day {day}" for day in range(30, 10, -1)])
        action = self._click(CODE, False)
        events = self._as(self.manager)["crm.customer.event"].search(action["domain"])
        self.assertEqual(
            events.mapped("text"), [f"Note: Day {day}" for day in range(30, 0, -1)]
        )
        opened = events[0].action_open_record()
        self.assertEqual(
            (opened["res_model"], opened["res_id"]), ("res.partner", self.customer.id)
        )

    def test_nothing_is_left_out_between_two_events(self):
        """Many messages that say nothing do not hide the older ones behind them."""
        self._post(self.customer, "2026-10-02 10:00:00", "Before")
        for minute in range(45):
            self._post(self.customer, f"2026-10-03 10:{minute:02}:00", "")
        self._create_quiet_order(self.customer, "2026-10-01", 10)
        self._post(self.customer, "2026-10-04 10:00:00", "After")
        # the older ones cannot be told without gap: none of them is
        self.assertEqual(self._get(), ["Note: After"])

    def test_list_is_the_user_s_own_and_made_anew(self):
        self._post(self.customer, "2026-10-02 10:00:00", "First")
        action = self._click(CODE, False)
        model = "crm.customer.event"
        mine = self._as(self.manager)[model].search(action["domain"])
        self.assertEqual(mine.mapped("text"), ["Note: First"])
        self.assertFalse(self._as(self.seller)[model].search(action["domain"]))
        with self.assertRaises(AccessError):
            mine.write({"text": "Changed"})
        self._post(self.customer, "2026-10-03 10:00:00", "Second")
        self._click(CODE, False)
        self.assertEqual(
            self._as(self.manager)[model].search(action["domain"]).mapped("text"),
            ["Note: Second", "Note: First"],
        )

    def test_day_begins_at_midnight_of_who_looks(self):
        """23:30 UTC is the next day in Brussels, which began at 23:00 UTC."""
        books = self._create_books(self.company)
        self._create_invoice(books, self.customer, "2026-11-10", "2026-11-10", 10)
        self._post(self.customer, "2026-11-09 23:30:00", "Late")
        self._post(self.customer, "2026-11-09 22:30:00", "Earlier")
        self.manager.tz = "Europe/Brussels"
        in_brussels = [text.split(" ")[0] for text in self._get()]
        self.assertEqual(in_brussels, ["Note:", "Invoice", "Note:"])
        self.manager.tz = "UTC"
        in_utc = [text.split(" ")[0] for text in self._get()]
        self.assertEqual(in_utc, ["Invoice", "Note:", "Note:"])

    def test_invoice_dated_tomorrow_has_not_happened(self):
        books = self._create_books(self.company)
        self._create_invoice(books, self.customer, "2026-11-22", "2026-12-22", 10)
        self.assertFalse(self._get())
        self.manager.tz = "Pacific/Auckland"  # where it is the 22nd already
        self.assertEqual(len(self._get()), 1)

    def test_workbook_has_days_and_moments(self):
        books = self._create_books(self.company)
        self._create_invoice(books, self.customer, "2026-11-03", "2026-12-03", 100)
        self._post(self.customer, "2026-11-04 10:30:00", "Called back")
        env = self._as(self.manager)
        action = env["crm.dashboard.tile"].export_dashboard(
            "customer", {"customer_id": self.customer.id}
        )
        sheet = self._open(self._render(env, action))["Latest Events"]
        row = self._find_row(sheet, "When")
        note, invoice = (sheet.cell(row + place, 1) for place in (1, 2))
        self.assertEqual(note.value, datetime(2026, 11, 4, 10, 30))
        self.assertEqual(invoice.value, datetime(2026, 11, 3))
        self.assertIn("h", note.number_format.lower())
        self.assertNotIn("h", invoice.number_format.lower())

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def test_other_company_has_its_own_events(self):
        both = self.company | self.sister
        self.manager.company_ids = both
        self.reader.company_ids = both
        books = self._create_books(self.sister)
        self._create_invoice(books, self.customer, "2026-11-03", "2026-12-03", 70)
        self._create_quiet_order(self.customer, "2026-11-01", 70, company=self.sister)
        self._create_paid(books, self.customer, "2026-11-05", 70)
        self._post(self.customer, "2026-11-06 10:00:00", "On the customer")
        for companies in (self.company, both):
            self.assertEqual(self._get(companies=companies), ["Note: On the customer"])
        kinds = [text.split(" ")[0] for text in self._get(companies=self.sister)]
        self.assertEqual(kinds, ["Note:", "Invoice", "Order"])
        kinds = [
            text.split(" ")[0] for text in self._get(self.reader, companies=self.sister)
        ]
        self.assertEqual(kinds, ["Note:", "Payment", "Invoice", "Order"])

    def test_salesperson_with_own_documents(self):
        books = self._create_books(self.company)
        self._create_paid(books, self.customer, "2026-11-05", 60)
        self._create_quiet_order(
            self.customer, "2026-11-01", 100, user_id=self.colleague.id
        )
        self._create_invoice(
            books,
            self.customer,
            "2026-11-03",
            "2026-12-03",
            100,
            invoice_user_id=self.colleague.id,
        )
        self.lead.user_id = self.colleague
        self._post(self.lead, "2026-11-06 10:00:00", "A colleague's", self.colleague)
        self._plan(self.lead, "2026-12-06", "A colleague's", self.colleague)
        self.assertFalse(self._get(self.seller))
        self._create_quiet_order(
            self.customer, "2026-11-02", 50, user_id=self.seller.id
        )
        (text,) = self._get(self.seller)
        self.assertTrue(text.endswith("50\xa0€"))
        kinds = {text.split(" ")[0] for text in self._get()}
        # a sales manager reads invoices, but not payments
        self.assertEqual(kinds, {"Call", "Note:", "Invoice", "Order"})

    def test_accounting_reader_sees_payments_but_no_opportunities(self):
        books = self._create_books(self.company)
        self._create_invoice(books, self.customer, "2026-11-03", "2026-12-03", 100)
        self._create_paid(books, self.customer, "2026-11-05", 60)
        self._post(self.lead, "2026-11-06 10:00:00", "On the opportunity")
        self._post(self.customer, "2026-11-01 10:00:00", "On the customer")
        kinds = [text.split(" ")[0] for text in self._get(self.reader)]
        self.assertEqual(kinds, ["Payment", "Invoice", "Note:"])

    def test_prospect_has_events(self):
        self._post(self.lead, "2026-11-06 10:00:00", "First talk")
        self.assertEqual(
            self.customer.with_user(self.manager).crm_dashboard_kind, "prospect"
        )
        self.assertEqual(self._get(self.seller), ["Note: First talk"])

    def test_portal_and_plain_users_are_refused(self):
        self._check_strangers_are_refused(CODE)

    # ------------------------------------------------------------------
    # Clicks
    # ------------------------------------------------------------------

    def test_each_line_opens_its_record(self):
        books = self._create_books(self.company)
        self._create_quiet_order(self.customer, "2026-11-02", 50)
        self._create_invoice(books, self.customer, "2026-11-03", "2026-12-03", 100)
        self._meet(self.contact, "2026-11-07 10:00:00")
        self._post(self.contact, "2026-11-01 10:00:00", "On the contact")
        self._log(self.lead, "2026-11-08 10:00:00")
        opened = {
            self._click(CODE, line["drill"]).get("res_model", "page of the portal")
            for line in self._get_lines(CODE)
        }
        self.assertEqual(
            opened,
            {
                "sale.order",
                "page of the portal",  # the invoice's
                "calendar.event",
                "res.partner",
                "crm.lead",
            },
        )

    def test_record_that_the_user_may_not_read_is_refused(self):
        self.lead.user_id = self.colleague
        with self.assertRaises(AccessError):
            self._click(
                CODE, {"key": "opportunity", "value": self.lead.id}, self.seller
            )

    def test_drill_that_the_tile_did_not_declare_is_refused(self):
        for drill in (
            {"key": "res.users", "value": 1},
            {"key": "schedule", "value": True},
            {"key": "contact", "value": "1"},
            {"key": "contact", "value": [self.contact.id]},
            {"key": "contact", "value": self.contact.id, "context": {}},
        ):
            with self.subTest(drill=drill), self.assertRaises(ValidationError):
                self._click(CODE, drill)

    # ------------------------------------------------------------------
    # Speed
    # ------------------------------------------------------------------

    def test_takes_as_many_queries_for_many_events_as_for_a_few(self):
        books = self._create_books(self.company)

        def happen(customer, day):
            self._create_quiet_order(customer, f"2026-10-{day:02}", 50)
            date = f"2026-10-{day:02}"
            self._create_invoice(books, customer, date, date, 100)
            self._meet(customer, f"{date} 10:00:00")
            self._post(customer, f"{date} 11:00:00", "Note")
            self._log(customer, f"{date} 12:00:00")
            self._plan(customer, "2026-12-01", "Later")

        happen(self.customer, 1)
        few = self._count_tile_queries(CODE)
        other = self._create_customer("Other", self.seller)
        for day in range(2, 8):
            happen(self.customer, day)
            happen(other, day)
        self.assertEqual(self._count_tile_queries(CODE), few)
        self.assertLessEqual(few, 45)
