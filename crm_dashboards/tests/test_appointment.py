# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .appointment_common import FIELD, PARTNER, AppointmentCase


@tagged("post_install", "-at_install")
class TestAppointment(AppointmentCase):
    """What opens the figures of a customer, and for how long."""

    def test_all_documents_user_appoints(self):
        self._sign_in(self.colleague)
        self._write(self.big, user_id=self.seller.id)
        self._check_open(self.big)
        self._check_closed(self.big, self.rival)

    def test_all_documents_user_imports(self):
        self._sign_in(self.colleague)
        rows = [[str(self.big.id), str(self.seller.id)]]
        self._do(PARTNER, "load", [".id", "user_id/.id"], rows)
        self._check_open(self.big)

    def test_job_appoints(self):
        self.big.user_id = self.seller
        self._check_open(self.big)

    def test_superuser_rights_in_the_name_of_a_user_do_not_count(self):
        self.big.with_user(self.seller).sudo().user_id = self.seller
        self._check_closed(self.big)

    def test_account_manager_taken_away(self):
        self._sign_in(self.colleague)
        self._write(self.mine, user_id=False)
        self._check_closed(self.mine)

    def test_customer_handed_over(self):
        self._sign_in(self.seller)
        self._write(self.mine, user_id=self.rival.id)
        self._check_closed(self.mine)
        self._check_closed(self.mine, self.rival)  # who may not read its orders

    def test_customer_without_orders(self):
        customer = self._create_customer("Prospect", self.colleague, customer_rank=0)
        self._create_order(customer, "2026-11-01", 5, state="draft")
        self._sign_in(self.seller)
        self._write(customer, user_id=self.seller.id)
        self.assertEqual(customer[FIELD], self.seller)

    def test_new_customer(self):
        self._sign_in(self.seller)
        customer = self._create(
            name="New", is_company=True, customer_rank=1, user_id=self.seller.id
        )
        self.assertEqual(customer[FIELD], self.seller)
        # A right once given stays, whoever takes orders of the customer then.
        self._order_monthly(customer, self.rival)
        self._create_facts(customer, self.rival)
        self._pass_night()
        self._check_open(customer)

    def test_new_customer_of_an_import(self):
        self._sign_in(self.seller)
        fnames = ["name", "is_company", "user_id/.id"]
        rows = [[f"New {place}", "1", str(self.seller.id)] for place in range(3)]
        ids = self._do(PARTNER, "load", fnames, rows)["ids"]
        self.assertEqual(self.env[PARTNER].browse(ids)[FIELD], self.seller)

    def test_new_customer_of_a_lead(self):
        lead = self.env["crm.lead"].create(
            {"name": "Desks", "partner_name": "New", "user_id": self.seller.id}
        )
        self.env.flush_all()
        self._sign_in(self.seller)
        model = "crm.lead2opportunity.partner"
        context = {"active_model": "crm.lead", "active_id": lead.id}
        context["active_ids"] = lead.ids
        values = {"name": "convert", "action": "create", "user_id": self.seller.id}
        (wizard_id,) = self._do(
            model, "create", [{**values, "lead_id": lead.id}], context=context
        )
        self._do(model, "action_apply", [wizard_id], context=context)
        customer = lead.partner_id.commercial_partner_id
        self.assertEqual(customer.user_id, self.seller)
        self.assertEqual(customer[FIELD], self.seller)

    def test_orders_that_he_may_read(self):
        customer = self._create_customer("Nobody's")
        self._order_monthly(customer, self.seller)
        self._order_monthly(customer, self.env["res.users"])
        self._create_facts(customer, self.seller)
        self._pass_night()
        self._check_closed(customer)
        self._sign_in(self.seller)
        self._write(customer, user_id=self.seller.id)
        self._check_open(customer)

    def test_order_of_another_company(self):
        customer = self._create_customer("Nobody's")
        order = self._create_order(customer, "2026-10-01", 5, company=self.sister)
        self._sign_in(self.seller)
        self._write(customer, user_id=self.seller.id)
        self.assertFalse(customer[FIELD])
        order.state = "cancel"
        self.env.flush_all()
        self._write(customer, user_id=False)
        self._write(customer, user_id=self.seller.id)
        self.assertEqual(customer[FIELD], self.seller)

    def test_order_of_a_company_he_is_not_signed_in_to(self):
        self.seller.company_ids += self.sister
        customer = self._create_customer("Nobody's")
        self._create_order(customer, "2026-10-01", 5, company=self.sister)
        self._sign_in(self.seller)
        self._do(
            PARTNER,
            "write",
            customer.ids,
            {"user_id": self.seller.id},
            context={"allowed_company_ids": self.company.ids},
        )
        self.assertEqual(customer[FIELD], self.seller)

    def test_invoice_without_order(self):
        customer = self._create_customer("Nobody's")
        self._create_invoice(
            self.books,
            customer,
            "2026-10-01",
            "2026-11-01",
            5,
            invoice_user_id=self.rival.id,
        )
        self._sign_in(self.seller)
        self._write(customer, user_id=self.seller.id)
        self.assertFalse(customer[FIELD])
        self._check_closed(customer)

    def test_archived_contact_s_order(self):
        customer = self._create_customer("Nobody's")
        contact = self._create_customer("Ann", is_company=False, parent_id=customer.id)
        self._create_order(contact, "2026-10-01", 5, user_id=self.rival.id)
        contact.active = False
        self._sign_in(self.seller)
        self._write(customer, user_id=self.seller.id)
        self.assertFalse(customer[FIELD])

    def test_all_documents_user_moves_a_contact(self):
        self._sign_in(self.colleague)
        self._write(self.buyer, parent_id=self.mine.id)
        self._pass_night()
        self._check_open(self.mine)

    def test_all_documents_user_makes_a_contact_a_company(self):
        self._sign_in(self.seller)
        contact = self._create(
            name="Ann", parent_id=self.big.id, user_id=self.seller.id, customer_rank=1
        )
        self._order_monthly(contact, self.rival)
        self._sign_in(self.colleague)
        self._write(contact, is_company=True)
        self._pass_night()
        self._check_closed(contact)
        self._sign_in(self.colleague)
        self._do(PARTNER, "action_confirm_account_manager", contact.ids)
        self.assertEqual(contact[FIELD], self.seller)

    def test_contact_without_documents_moves(self):
        contact = self._create_customer(
            "Ann", is_company=False, customer_rank=0, parent_id=self.big.id
        )
        self._sign_in(self.seller)
        self._write(contact, parent_id=self.mine.id)
        self._check_open(self.mine)

    def test_contact_between_customers_of_the_same_account_manager(self):
        self.big.user_id = self.seller
        self._sign_in(self.seller)
        self._write(self.buyer, parent_id=self.mine.id)
        self._check_open(self.mine)

    def test_twins_are_merged(self):
        twin = self._create_customer("Mine 2", self.seller, email="same@b.example")
        self._create_order(twin, "2026-10-01", 5, user_id=self.seller.id)
        self._sign_in(self.seller)
        self._merge(twin, self.mine)
        self._pass_night()
        self._check_open(self.mine)

    def test_contacts_of_one_customer_are_merged(self):
        self.buyer.email = "same@b.example"
        twin = self._create_customer(
            "Buyer 2",
            is_company=False,
            customer_rank=0,
            parent_id=self.big.id,
            email="same@b.example",
        )
        self._sign_in(self.seller)
        self._merge(self.buyer, twin)
        self._check_open(self.big, self.rival)
