# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.crm_dashboards.tests.search_view import SearchView

from .test_problems import ProblemsCase


@tagged("post_install", "-at_install")
class TestCustomerProblems(ProblemsCase):
    """Open tickets of one customer and its contacts."""

    def _load(self, user=None, customer=None, companies=None, **scope):
        env = self._as(user or self.manager, companies)
        scope = {"customer_id": (customer or self.mine).id, **scope}
        tiles = env["crm.dashboard.tile"].get_tiles(
            "customer", ["customer_problems"], scope
        )
        return tiles["customer_problems"]

    def _open(self, drill=False, user=None, **scope):
        env = self._as(user or self.manager)
        scope = {"customer_id": self.mine.id, **scope}
        action = env["crm.dashboard.tile"].open_report(
            "customer_problems", scope, drill
        )
        return action

    def test_open_tickets_of_its_contacts_last_updated_first(self):
        self._create_ticket(
            "2026-11-20 12:00:00",
            name="Pen leaks",
            partner_id=self.mine.id,
            stage_id=self.new.id,
            company_id=self.company.id,
        )
        tile = self._load()
        self.assertEqual(self._get_titles(tile), ["Pallet damaged", "Pen leaks"])
        self.assertEqual(self._get_block(tile, "note")["text"], "2 open")
        row = self._get_rows(tile)[0]
        ticket = self.tickets[self.company]["Pallet damaged"]
        # whose ticket it is needs no word here
        self.assertEqual(row["subtitle"], f"{ticket.number} · Delivery")

    def test_without_an_open_ticket_it_says_so(self):
        self.tickets[self.company]["Pallet damaged"].stage_id = self.done
        tile = self._load()
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(tile["message"], "This customer has no open ticket.")

    def test_without_helpdesk_rights_those_one_follows(self):
        tile = self._load(self.seller)
        self.assertEqual(tile["state"], "empty")
        self.assertIn("you have no access to the helpdesk", tile["message"])
        ticket = self.tickets[self.company]["Pallet damaged"]
        ticket.message_subscribe(self.seller.partner_id.ids)
        self.assertEqual(self._get_titles(self._load(self.seller)), ["Pallet damaged"])

    def test_all_sales_add_the_other_company(self):
        self.assertEqual(len(self._get_rows(self._load())), 1)
        self.manager.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        self.assertEqual(len(self._get_rows(self._load(all_sales=True))), 2)
        action = self._open(all_sales=True)
        env = self._as(self.manager, self.company | self.sister)
        self.assertEqual(len(SearchView(env, action).search()), 2)

    def test_see_more_and_rows_open_the_tickets(self):
        tickets = SearchView(self._as(self.manager), self._open()).search()
        self.assertEqual(tickets.mapped("name"), ["Pallet damaged"])
        row = self._get_rows(self._load())[0]
        action = self._open(row["drill"])
        self.assertEqual(action["res_id"], tickets.id)
        with self.assertRaises(ValidationError):
            self._open({"key": "customer", "value": tickets.id})
