# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .customer_event_common import CustomerEventCase

CODE = "customer_upcoming"


@tagged("post_install", "-at_install")
class TestCustomerUpcoming(CustomerEventCase):
    """What is going to happen with a customer, in order."""

    def _get(self, user=None, **options):
        return self._get_texts(CODE, user, **options)

    def test_nothing_planned_is_empty_and_says_so(self):
        self._meet(self.contact, "2026-11-20 10:00:00")  # has been
        self._plan(self.customer, "2026-11-20").action_feedback()
        tile = self._get_customer_tile(CODE)
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(tile["message"], "Nothing is planned with this customer.")

    def test_in_order_and_overdue_first_in_red(self):
        self._plan(self.lead, "2026-12-03", "Yearly review")
        self._meet(self.contact, "2026-11-25 10:00:00", name="Showroom")
        self._plan(self.customer, "2026-11-19", "Call back")
        self._plan(self.quotation, "2026-11-20", "Send catalogue")
        self._plan(self.contact, "2026-11-21", "Today's")
        lines = self._get_lines(CODE)
        self.assertEqual(
            [(line["title"], line["tone"], line["subtitle"]) for line in lines],
            [
                ("Call: Call back", "negative", "Seller · 2 days overdue"),
                (
                    "Call: Send catalogue",
                    "negative",
                    f"Ann · {self.quotation.name} · Seller · 1 day overdue",
                ),
                ("Call: Today's", False, "Ann · Seller"),
                ("Meeting: Showroom", False, "Ann · Seller"),
                ("Call: Yearly review", False, "Ann · Shelving · Seller"),
            ],
        )
        self.assertEqual(lines[0]["cell"], {"value": "2026-11-19", "unit": "date"})
        self.assertEqual(lines[3]["datetime"], "2026-11-25 09:00:00")
        self.assertFalse(lines[3]["cell"])

    def test_overdue_is_of_the_day_of_who_looks(self):
        self._plan(self.customer, "2026-11-21")
        self.assertFalse(self._get_lines(CODE)[0]["tone"])
        self.manager.tz = "Pacific/Auckland"  # where it is the 22nd already
        self.assertEqual(self._get_lines(CODE)[0]["tone"], "negative")

    def test_meeting_that_lasts_is_shown_until_it_ends(self):
        self._meet(self.contact, "2026-11-21 12:30:00")
        self.assertEqual(self._get(), ["Meeting: Secret talks"])

    def test_cancelled_or_declined_meeting_is_not(self):
        self._meet(self.contact, "2026-11-25 10:00:00").action_archive()
        guest = self._meet(self.contact, "2026-11-26 10:00:00").attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.contact
        )
        guest.state = "declined"
        self.assertFalse(self._get())

    def test_meeting_planned_as_an_activity_is_shown_once(self):
        activity = self._plan(self.lead, "2026-11-25", "Sign")
        activity.activity_type_id = self.meeting
        meeting = self._meet(
            self.contact, "2026-11-25 10:00:00", name="Sign", **self._link(activity)
        )
        (line,) = self._get_lines(CODE)
        self.assertEqual(line["datetime"], "2026-11-25 09:00:00")
        self.assertEqual(line["drill"], {"key": "meeting", "value": meeting.id})

    def test_private_meeting_stays_private(self):
        activity = self._plan(self.lead, "2026-11-26", "Secret talks")
        activity.activity_type_id = self.meeting
        self._meet_privately("2026-11-26 11:00:00", **self._link(activity))
        self._meet_privately("2026-11-25 11:00:00")
        self.assertEqual(self._get(), ["Meeting: Busy", "Meeting: Busy"])
        self.assertEqual(self._get(self.seller), ["Meeting: Secret talks"] * 2)
        action = self._click(CODE, False)
        events = self._as(self.manager)["crm.customer.event"].search(action["domain"])
        self.assertNotIn("Secret", str(events.read()))

    def test_ten_are_shown_and_all_are_listed(self):
        for day in range(1, 16):
            self._plan(self.customer, f"2026-12-{day:02}", f"Day {day}")
        expected = [f"Call: Day {day}" for day in range(1, 16)]
        self.assertEqual(self._get(), expected[:10])
        action = self._click(CODE, False)
        events = self._as(self.manager)["crm.customer.event"].search(action["domain"])
        self.assertEqual(events.mapped("text"), expected)
        self.assertEqual(action["name"], "Upcoming Activities of Azure")

    def test_schedule_opens_odoo_s_own_dialog(self):
        self._plan(self.customer, "2026-12-01")
        (block,) = self._get_customer_tile(CODE)["blocks"]
        self.assertEqual(block["more"]["label"], "Schedule")
        action = self._click(CODE, block["more"]["drill"])
        self.assertEqual(action["res_model"], "crm.call.wizard")
        self.assertEqual(action["context"]["default_partner_ids"], self.customer.ids)
        # an accounting reader cannot plan anything on the customer
        (block,) = self._get_customer_tile(CODE, self.reader)["blocks"]
        self.assertFalse(block["more"])

    def test_line_opens_its_document(self):
        self._plan(self.lead, "2026-12-01")
        (line,) = self._get_lines(CODE)
        action = self._click(CODE, line["drill"])
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("crm.lead", self.lead.id)
        )

    def test_salesperson_sees_what_is_planned_on_own_documents(self):
        self._plan(self.lead, "2026-12-01", "On the opportunity")
        self._plan(self.customer, "2026-12-02", "On the customer", self.manager)
        self.assertEqual(
            self._get(self.seller),
            ["Call: On the opportunity", "Call: On the customer"],
        )
        self.lead.user_id = self.colleague
        self.assertEqual(self._get(self.seller), ["Call: On the customer"])

    def test_other_company_has_its_own_plans(self):
        both = self.company | self.sister
        self.manager.company_ids = both
        order = self._create_quiet_order(
            self.customer, "2026-11-01", 10, company=self.sister
        )
        self._plan(order, "2026-12-01", "In the sister", self.manager)
        self._plan(self.customer, "2026-12-02", "On the customer")
        for companies in (self.company, both):
            self.assertEqual(self._get(companies=companies), ["Call: On the customer"])
        self.assertEqual(
            self._get(companies=self.sister),
            ["Call: In the sister", "Call: On the customer"],
        )

    def test_portal_and_plain_users_are_refused(self):
        self._check_strangers_are_refused(CODE)

    def test_takes_as_many_queries_for_many_plans_as_for_a_few(self):
        def plan(customer, day):
            self._plan(customer, f"2026-12-{day:02}")
            self._meet(customer, f"2026-12-{day:02} 10:00:00")

        plan(self.customer, 1)
        few = self._count_tile_queries(CODE)
        other = self._create_customer("Other", self.seller)
        for day in range(2, 5):
            plan(self.customer, day)
            plan(other, day)
        self.assertEqual(self._count_tile_queries(CODE), few)
        self.assertLessEqual(few, 30)
