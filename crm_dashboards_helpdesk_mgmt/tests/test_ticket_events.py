# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.customer_event_common import CustomerEventCase

EVENTS = "customer_events"


@tagged("post_install", "-at_install")
class TestTicketEvents(CustomerEventCase):
    """Tickets of a customer among its events and engagements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids += cls.env.ref("helpdesk_mgmt.group_helpdesk_user")
        cls.new, cls.done = cls.env["helpdesk.ticket.stage"].create(
            [
                {"name": "New here", "company_id": False},
                {"name": "Done here", "closed": True, "company_id": False},
            ]
        )

    def _create_ticket(self, name, created="2026-11-01 10:00:00", **values):
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": name,
                "description": "<p>Text</p>",
                "partner_id": self.contact.id,
                "company_id": self.company.id,
                "stage_id": self.new.id,
                "user_id": self.seller.id,
                **values,
            }
        )
        ticket.message_ids.unlink()
        self._date_creation(ticket, created)
        return ticket

    def _get(self, user=None, **options):
        return self._get_texts(EVENTS, user, **options)

    def test_ticket_is_created_and_closed(self):
        ticket = self._create_ticket("Pallet damaged")
        created = f"Ticket {ticket.number}: Pallet damaged"
        self.assertEqual(self._get(), [created])
        ticket.stage_id = self.done
        self.assertEqual(
            self._get(), [f"Ticket {ticket.number} closed: Pallet damaged", created]
        )
        (line, _created) = self._get_lines(EVENTS)
        self.assertEqual(line["drill"], {"key": "ticket", "value": ticket.id})
        self.assertEqual(line["subtitle"], "Seller")
        action = self._click(EVENTS, line["drill"])
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("helpdesk.ticket", ticket.id)
        )

    def test_ticket_opened_again_was_closed(self):
        ticket = self._create_ticket("Pallet damaged")
        with freeze_time("2026-11-10 10:00:00"):
            ticket.stage_id = self.done
        with freeze_time("2026-11-12 10:00:00"):
            ticket.stage_id = self.new
        (line, _created) = self._get_lines(EVENTS)
        self.assertEqual(
            line["title"], f"Ticket {ticket.number} closed: Pallet damaged"
        )
        self.assertEqual(line["datetime"], "2026-11-10 10:00:00")

    def test_call_on_a_ticket_is_an_engagement(self):
        ticket = self._create_ticket("Pallet damaged")
        self._log(ticket, "2026-11-03 10:00:00", self.call, self.manager)
        self.assertIn("Call: A secret", self._get())
        self._assert_last("2026-11-03 10:00:00", self.call, self.manager)

    def test_engagement_is_logged_from_a_ticket(self):
        ticket = self._create_ticket("Pallet damaged")
        action = self.env.ref(
            "crm_dashboards_helpdesk_mgmt.helpdesk_ticket_action_log_engagement"
        )
        wizard = self._as(self.manager)[action.res_model].with_context(
            active_model="helpdesk.ticket", active_id=ticket.id
        )
        wizard.create(
            {"activity_type_id": self.visit.id, "note": "Saw the pallet"}
        ).action_log()
        self.assertIn("Visit · Saw the pallet", self._get())

    def test_salesperson_sees_tickets_followed(self):
        ticket = self._create_ticket("Pallet damaged", user_id=False)
        self._post(ticket, "2026-11-02 10:00:00", "Bring a new one", self.manager)
        self.assertEqual(len(self._get()), 2)
        self.assertFalse(self._get(self.seller))
        ticket.message_subscribe(self.seller.partner_id.ids)
        self.assertEqual(len(self._get(self.seller)), 2)

    def test_ticket_of_another_customer_or_company_is_not_shown(self):
        other = self._create_customer("Other", self.seller)
        self._create_ticket("Theirs", partner_id=other.id)
        self._create_ticket("The sister's", company_id=self.sister.id)
        self.manager.company_ids = self.company | self.sister
        for companies in (self.company, self.company | self.sister):
            self.assertFalse(self._get(companies=companies))
        self.assertEqual(len(self._get(companies=self.sister)), 1)
