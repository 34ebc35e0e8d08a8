# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .customer_event_common import CustomerEventCase

EVERY_MONTH = range(0, 400, 31)  # days ago, never two in one month
MONTHS_LONG_AGO = range(150, 330, 30)
EVERY_TWO_WEEKS = range(60, 200, 14)
EVERY_WEEK = range(0, 210, 7)


@tagged("post_install", "-at_install")
class TestCustomerTours(CustomerEventCase, HttpCase):
    """Customers of every kind in the browser of a salesperson with own documents.

    The browser's clock is not frozen: dates follow today's. Each tour knows all the
    widgets that its kind of customer has, and why it has not the others.
    """

    freeze_time = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = cls._create_books(cls.company)
        # Tiles of further addons have tests of their own.
        tiles = cls.env["crm.dashboard.tile"].search(
            [("dashboard_id.code", "=", "customer")]
        )
        for tile in tiles:
            tile.active = tile.get_external_id()[tile.id].startswith("crm_dashboards.")

    def _walk(self, kind, partner=None, user=None, path="/odoo/res.partner"):
        self._refresh()
        self.start_tour(
            f"{path}/{partner.id if partner else 'new'}",
            f"crm_dashboards_customer_{kind}",
            login=(user or self.seller).login,
            timeout=180,
        )

    def _create_ordering(self, name, days_ago, amount=100, manager=None, **values):
        """A customer of the seller, and one order of so many days ago each."""
        customer = self._create_customer(name, manager or self.seller, **values)
        for days in days_ago:
            self._order(customer, days, amount)
        return customer

    def _order(self, customer, days_ago, amount, **values):
        day = self._days_from_now(-days_ago)
        values = {"user_id": customer.user_id.id, **values}
        return self._create_quiet_order(customer, f"{day} 00:00:00", amount, **values)

    def _bill(self, customer, days_until_due):
        due = self._days_from_now(days_until_due)
        date = min(due, fields.Date.today()) - timedelta(days=1)
        values = {"invoice_user_id": customer.user_id.id}
        return self._create_invoice(self.books, customer, date, due, 100, **values)

    def test_buyer(self):
        customer = self._create_ordering("Bakery", EVERY_MONTH)
        salt = self.env["product.product"].create({"name": "Salt", "type": "service"})
        for days in MONTHS_LONG_AGO:
            line = Command.create({"product_id": salt.id, "price_unit": 10})
            self._order(customer, days, 0, order_line=[line])
        self._bill(customer, 30)
        self._log(customer, fields.Datetime.now() - timedelta(days=3))
        self._plan(customer, self._days_from_now(7), "Catalogue")
        self._walk("buyer", customer)

    def test_prospect(self):
        prospect = self._create_customer("Kiosk", self.seller, customer_rank=0)
        self._order(prospect, 2, 50, state="draft")
        self._log(prospect, fields.Datetime.now() - timedelta(days=3))
        self._plan(prospect, self._days_from_now(7), "Catalogue")
        self._walk("prospect", prospect)

    def test_individual(self):
        person = self._create_ordering("Jo Smith", EVERY_MONTH, is_company=False)
        self._walk("individual", person)

    def test_child_contact(self):
        company = self._create_ordering("Harbour", EVERY_MONTH)
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": company.id}
        )
        self._walk("contact", contact)

    def test_one_order(self):
        self.company.crm_due_amounts = False
        customer = self._create_ordering("Newcomer", [20])
        self._bill(customer, 30)
        self._walk("one_order", customer)

    def test_overdue(self):
        customer = self._create_ordering("Silent", EVERY_TWO_WEEKS)
        # the company is not quiet meanwhile
        self._create_ordering("Busy", EVERY_WEEK)
        self._bill(customer, -40)
        self._walk("overdue", customer)

    def test_customer_of_a_colleague(self):
        customer = self._create_ordering("Theirs", EVERY_MONTH, manager=self.colleague)
        self._bill(customer, 30)
        # what was noted on the customer itself is everybody's
        customer.message_post(body="Moved")
        self._walk("foreign", customer)

    def test_customer_of_two_companies(self):
        self.seller.company_ids += self.sister
        self.seller.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        same = {"country_id": self.env.ref("base.be").id, "vat": "BE0477472701"}
        customer = self._create_ordering("Bakery", EVERY_MONTH, 300, **same)
        double = self._create_customer("Bakery Abroad", self.seller, **same)
        self._order(double, 0, 4000, company=self.sister)
        self._bill(customer, 30)
        self._walk("of_two_companies", customer)

    def test_customer_out_of_reach(self):
        customer = self._create_ordering("Secretive", EVERY_MONTH)
        customer.company_id = self.sister
        with self.assertLogs("odoo.http", "WARNING") as log:  # Odoo tells of refusals
            self._walk("refused", customer, path="/odoo/customer-dashboard")
        self.assertIn("no access to this customer", log.output[0])

    def test_vendor(self):
        vendor = self._create_customer("Mill", customer_rank=0, supplier_rank=1)
        self._walk("none", vendor)

    def test_employee(self):
        self._walk("none", self.colleague.partner_id)

    def test_new_contact(self):
        self._walk("none")
