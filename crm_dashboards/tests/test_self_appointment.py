# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.http import Request
from odoo.tests import tagged

from .appointment_common import FIELD, PARTNER, AppointmentCase


@tagged("post_install", "-at_install")
class TestSelfAppointment(AppointmentCase):
    """Whatever a salesperson does with contacts, it opens nobody's figures to him."""

    def setUp(self):
        super().setUp()
        self._sign_in(self.seller)

    def _check_waits(self, customer):
        """Check that the seller is account manager, and that nothing is open by it."""
        self.assertEqual(customer.user_id, self.seller)
        self.assertFalse(customer[FIELD])
        self._check_closed(customer)

    def _check_waits_after_night(self, customer):
        """The same before and after the customer's figures tell of the new orders."""
        self._check_waits(customer)
        self._pass_night()
        self.assertTrue(self._get_metric(customer).order_value >= 700)
        self._check_waits(customer)

    def test_own_customers_are_open(self):
        self._check_open(self.mine)
        self._check_open(self.big, self.rival)
        self._check_open(self.big, self.colleague)
        self._check_closed(self.big)

    def test_write(self):
        self._write(self.big, user_id=self.seller.id)
        self._check_waits(self.big)
        self._check_closed(self.big, self.rival)

    def test_write_of_several(self):
        fresh = self.env[PARTNER].create({"name": "Fresh"})
        self._write(self.big | self.mine | fresh, user_id=self.seller.id)
        self._check_waits(self.big)
        self.assertEqual((self.mine | fresh)[FIELD], self.seller)

    def test_web_save(self):
        values = {"user_id": self.seller.id}
        self._do(PARTNER, "web_save", self.big.ids, values, {"user_id": {}})
        self._check_waits(self.big)

    def test_load(self):
        rows = [[str(self.big.id), str(self.seller.id)]]
        result = self._do(PARTNER, "load", [".id", "user_id/.id"], rows)
        self.assertEqual(result["ids"], self.big.ids)
        self._check_waits(self.big)

    def test_child_ids_update(self):
        command = Command.update(self.big.id, {"user_id": self.seller.id})
        self._write(self.mine, child_ids=[command])
        self._check_waits(self.big)

    def test_child_ids_link(self):
        self._write(self.mine, child_ids=[Command.link(self.buyer.id)])
        self.assertEqual(self.buyer.commercial_partner_id, self.mine)
        self._check_waits_after_night(self.mine)

    def test_create_with_child_ids(self):
        customer = self._create(
            name="Shell",
            is_company=True,
            customer_rank=1,
            user_id=self.seller.id,
            child_ids=[Command.link(self.buyer.id)],
        )
        self._check_waits_after_night(customer)

    def test_parent_id(self):
        self._write(self.buyer, parent_id=self.mine.id)
        self._check_waits_after_night(self.mine)

    def test_parent_id_of_a_whole_customer(self):
        self._write(self.big, is_company=False)
        self._write(self.big, parent_id=self.mine.id)
        self.assertEqual(self.buyer.commercial_partner_id, self.mine)
        self._check_waits_after_night(self.mine)

    def test_parent_id_of_a_person_with_invoices(self):
        # Accounting has the invoices' journal items follow to the new company.
        person = self._create_customer("Ann", self.rival, is_company=False)
        self._create_invoice(
            self.books,
            person,
            "2026-10-01",
            "2026-11-01",
            5,
            invoice_user_id=self.rival.id,
        )
        self._sign_in(self.seller)
        self._write(person, parent_id=self.mine.id)
        due = self.env["crm.due.line"].search([("partner_id", "=", self.mine.id)])
        self.assertEqual(sum(due.mapped("amount_residual")), 505)
        self._check_waits(self.mine)

    def test_companies_by_sql(self):
        # A public method of Odoo's says by SQL that no child is a company; whom a
        # child belongs to follows when its parent is written the next time.
        self._write(self.big, parent_id=self.mine.id)
        wizard = self._do("base.partner.merge.automatic.wizard", "create", [{}])
        self._do(
            "base.partner.merge.automatic.wizard", "action_update_all_process", wizard
        )
        self.assertFalse(self.big.is_company)
        self.assertEqual(self.big.commercial_partner_id, self.big)
        self._check_open(self.mine)
        self._sign_in(self.seller)
        self._write(self.mine, is_company=True)
        self.assertEqual(self.buyer.commercial_partner_id, self.mine)
        self._check_waits_after_night(self.mine)

    def test_create_company(self):
        person = self._create_customer(
            "Ann", self.rival, is_company=False, company_name="Ann & Co"
        )
        self._order_monthly(person, self.rival)
        self._sign_in(self.seller)
        context = {"default_user_id": self.seller.id, "default_customer_rank": 1}
        self._do(PARTNER, "create_company", person.ids, context=context)
        self._check_waits_after_night(person.commercial_partner_id)

    def test_parent_id_by_load(self):
        rows = [[str(self.buyer.id), str(self.mine.id)]]
        self._do(PARTNER, "load", [".id", "parent_id/.id"], rows)
        self._check_waits_after_night(self.mine)

    def test_parent_id_taken_away(self):
        self._write(self.buyer, user_id=self.seller.id)
        self._write(self.buyer, parent_id=False, customer_rank=1, is_company=True)
        self._check_waits_after_night(self.buyer)

    def test_is_company_unticked(self):
        self._write(self.big, parent_id=self.mine.id)
        self.assertEqual(self.mine[FIELD], self.seller)  # a company of its own
        self._write(self.big, is_company=False)
        self._check_waits_after_night(self.mine)

    def test_company_type(self):
        self._write(self.big, company_type="person", parent_id=self.mine.id)
        self._check_waits_after_night(self.mine)

    def test_is_company_of_a_contact(self):
        self._write(self.buyer, user_id=self.seller.id)
        self._write(self.buyer, is_company=True, customer_rank=1)
        self.assertEqual(self.buyer.commercial_partner_id, self.buyer)
        self._check_waits_after_night(self.buyer)

    def test_contact_of_ones_own_creation(self):
        contact = self._create(
            name="Ann", parent_id=self.big.id, user_id=self.seller.id, customer_rank=1
        )
        self._order_monthly(contact, self.rival)
        self.env.flush_all()
        self._write(contact, is_company=True)
        self._check_waits_after_night(contact)

    def test_emptied_customer(self):
        # Until the night, and in its history for ever, what is stored of a customer
        # tells of orders that are another's now.
        customer, target = self._empty_a_customer()
        self._write(customer, user_id=self.seller.id)
        self.assertEqual(self._get_metric(customer).order_value, 700)
        self._check_waits(customer)
        self._check_closed(target)

    def test_emptied_customer_is_merged(self):
        customer, _target = self._empty_a_customer()
        self._merge(customer, self.mine)
        self._check_waits(self.mine)

    def test_emptied_customer_is_merged_before_it_is_claimed(self):
        customer, _target = self._empty_a_customer()
        nobodys = self._create_customer("Nobody's", email="same@b.example")
        self.env.flush_all()
        self._merge(customer, nobodys)
        self._write(nobodys, user_id=self.seller.id)
        self.assertTrue(self._get_metric(nobodys))
        self._check_waits(nobodys)

    def _empty_a_customer(self):
        """Return a customer that the seller took all orders from, and who got them."""
        customer = self._create_customer("Full", self.rival, email="same@b.example")
        contact = self._create_customer("Ann", is_company=False, parent_id=customer.id)
        self._order_monthly(contact, self.rival)
        self._pass_night()
        self._sign_in(self.seller)
        target = self._create(name="Own", is_company=True, user_id=self.seller.id)
        self._write(contact, parent_id=target.id)
        return customer, target

    def test_merge(self):
        self._merge(self.big, self.mine)
        self._check_waits_after_night(self.mine)

    def test_merge_into_a_new_customer(self):
        customer = self._create(
            name="Shell",
            is_company=True,
            customer_rank=1,
            user_id=self.seller.id,
            email="same@b.example",
        )
        self._merge(self.big, customer)
        self.assertTrue(self._get_metric(customer))  # Big's, by SQL
        self._check_waits_after_night(customer)

    def test_merge_into_a_contact(self):
        contact = self._create_customer(
            "Ann",
            self.seller,
            is_company=False,
            parent_id=self.mine.id,
            email="same@b.example",
        )
        self._sign_in(self.seller)
        self._merge(self.big, contact)
        # What a company is merged into is one.
        self.assertEqual(contact.commercial_partner_id, contact)
        self._check_waits_after_night(contact)
        self._check_closed(self.mine)

    def test_merge_of_a_person_into_a_contact(self):
        same = {"is_company": False, "email": "same@b.example"}
        person = self._create_customer("Bob", self.rival, **same)
        self._order_monthly(person, self.rival)
        contact = self._create_customer(
            "Ann", self.seller, parent_id=self.big.id, **same
        )
        self._pass_night()
        self._sign_in(self.seller)
        self._merge(person, contact)
        self.assertEqual(contact.commercial_partner_id, self.big)
        self.assertTrue(self._get_metric(contact))  # Bob's, by SQL
        self._check_closed(contact)

    def test_merge_of_a_contact(self):
        contact = self._create(
            name="Ann", parent_id=self.mine.id, email="same@b.example"
        )
        self.buyer.email = "same@b.example"
        self.env.flush_all()
        self._merge(self.buyer, contact)
        self._check_waits_after_night(self.mine)
        self._write(self.big, user_id=self.seller.id)
        self._check_waits(self.big)

    def test_lead_conversion(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Shelving",
                "type": "lead",
                "partner_id": self.big.id,
                "user_id": self.seller.id,
            }
        )
        self.env.flush_all()
        model = "crm.lead2opportunity.partner"
        context = {"active_model": "crm.lead", "active_id": lead.id}
        context["active_ids"] = lead.ids
        values = {
            "name": "convert",
            "action": "exist",
            "lead_id": lead.id,
            "partner_id": self.big.id,
            "user_id": self.seller.id,
        }
        (wizard_id,) = self._do(model, "create", [values], context=context)
        self._do(model, "action_apply", [wizard_id], context=context)
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(self.big[FIELD], self.rival)
        self._check_closed(self.big)
        self._sign_in(self.seller)
        # what a person would do next
        self._do(
            "crm.lead", "write", lead.ids, {"partner_id": self.big.id}, context=context
        )
        self._write(lead.partner_id, user_id=self.seller.id)
        self._check_waits(self.big)

    def test_sign_up(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.big.signup_prepare()
        token = self.big._generate_signup_token()
        self.env.flush_all()
        for login, values in (
            ("new@b.example", {}),
            ("invited@b.example", {"token": token}),
        ):
            self.authenticate(None, None)
            response = self.url_open(
                "/web/signup",
                {
                    "login": login,
                    "name": "New",
                    "password": "a long password",
                    "confirm_password": "a long password",
                    "csrf_token": Request.csrf_token(self),
                    "user_id": self.seller.id,
                    FIELD: self.seller.id,
                    **values,
                },
            )
            self.assertEqual(response.status_code, 200)
            self.env.invalidate_all()
            user = self.env["res.users"].search([("login", "=", login)])
            self.assertTrue(user)
            self.assertFalse(user.partner_id.user_id - self.rival)
            self.assertFalse(user.partner_id[FIELD] - self.rival)
        self.assertEqual(user.partner_id, self.big)
        self._check_closed(self.big)
