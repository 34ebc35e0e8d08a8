from odoo.fields import Command
from odoo.http import Request
from odoo.tests import tagged

from .appointment_common import PARTNER, TILE, TILES, AppointmentCase

FIELD = "crm_appointed_user_id"
WAITS = (
    "Your appointment as account manager waits for confirmation: figures of this "
    "customer follow then."
)


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
        customer = self._create_customer("Emptied", self.rival)
        contact = self._create_customer("Ann", is_company=False, parent_id=customer.id)
        self._order_monthly(contact, self.rival)
        self._pass_night()
        self._sign_in(self.seller)
        target = self._create(name="Own", is_company=True, user_id=self.seller.id)
        self._write(contact, parent_id=target.id)
        self._write(customer, user_id=self.seller.id)
        self.assertEqual(self._get_metric(customer).order_value, 700)
        self._check_waits(customer)
        # Nor does its history come along with what is left of it.
        customer.email = self.mine.email
        self.env.flush_all()
        self._sign_in(self.seller)
        self._merge(customer, self.mine)
        self._check_waits(self.mine)

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
        contact = self._create(
            name="Ann", parent_id=self.mine.id, email="same@b.example"
        )
        self._merge(self.big, contact)
        # A company stays one, whatever it was merged into.
        self.assertEqual(contact.commercial_partner_id, contact)
        self._check_closed(contact)
        self._check_closed(self.mine)

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


@tagged("post_install", "-at_install")
class TestAppointedField(AppointmentCase):
    """Nobody writes the right to figures, by no way in."""

    def _get_attempts(self):
        values = {FIELD: self.seller.id}
        named = {"name": "New", **values}
        category = self.env["res.partner.category"].create(
            {"name": "Bakers", "partner_ids": [Command.link(self.big.id)]}
        )
        self.env.flush_all()
        return {
            "write": (PARTNER, "write", self.big.ids, values),
            "web_save": (PARTNER, "web_save", self.big.ids, values, {}),
            "create": (PARTNER, "create", [named]),
            "child_ids": (
                PARTNER,
                "write",
                self.mine.ids,
                {"child_ids": [Command.update(self.big.id, values)]},
            ),
            "new one of child_ids": (
                PARTNER,
                "write",
                self.big.ids,
                {"child_ids": [Command.create(named)]},
            ),
            "other model": (
                "res.partner.category",
                "write",
                category.ids,
                {"partner_ids": [Command.update(self.big.id, values)]},
            ),
        }

    def test_calls(self):
        attempts = self._get_attempts()
        admin = self._create_user(
            "admin", "base.group_system,sales_team.group_sale_manager"
        )
        for user in (self.seller, self.manager, admin):
            self._sign_in(user)
            for name, (model, method, *args) in attempts.items():
                with self.subTest(user=user.name, way=name):
                    self._check_refused(model, method, *args)
            with self.subTest(user=user.name, way="default of the context"):
                self._check_refused(
                    PARTNER,
                    "create",
                    [{"name": "New"}],
                    context={f"default_{FIELD}": self.seller.id},
                )
            with self.subTest(user=user.name, way="load"):
                rows = [[str(self.big.id), str(self.seller.id)]]
                result = self._do(PARTNER, "load", [".id", f"{FIELD}/.id"], rows)
                self.assertFalse(result["ids"])
        self.env.invalidate_all()
        self.assertEqual(self.big[FIELD], self.rival)
        self.assertFalse(self.env[PARTNER].search([("name", "=", "New")]))

    def test_default_of_ones_own(self):
        env = self.env(user=self.seller)
        env["ir.default"].set(PARTNER, FIELD, self.seller.id, user_id=True)
        self.env.flush_all()
        self._sign_in(self.seller)
        self.assertFalse(self._create(name="New")[FIELD])

    def test_of_a_user_s_partner(self):
        admin = self._create_user(
            "admin", "base.group_system,sales_team.group_sale_manager"
        )
        self._sign_in(admin)
        values = {FIELD: self.seller.id}
        self._check_refused("res.users", "write", self.rival.ids, values)

    def test_duplicates_start_anew(self):
        self._sign_in(self.seller)
        copy = self.env[PARTNER].browse(self._do(PARTNER, "copy", self.big.ids))
        self.assertEqual(copy[FIELD], copy.user_id)
        self.assertFalse(self._get_metric(copy))

    def test_readers(self):
        clerk = self._create_user("clerk", "base.group_partner_manager")
        for user in (self.seller, self.manager):
            self.assertEqual(self.big.with_user(user)[FIELD], self.rival)
        self._sign_in(clerk)
        self._check_refused(PARTNER, "read", self.big.ids, [FIELD])
        self._check_refused(PARTNER, "search", [(FIELD, "=", self.rival.id)])


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


@tagged("post_install", "-at_install")
class TestConfirmation(AppointmentCase):
    """Who waits is told so, and those who may confirm."""

    def setUp(self):
        super().setUp()
        self._sign_in(self.seller)
        self._write(self.big, user_id=self.seller.id)

    def test_the_tiles_say_so(self):
        tiles = self._get_tiles_of(self.seller, self.big)
        self.assertEqual(
            {code: (tiles[code]["state"], tiles[code]["message"]) for code in tiles},
            dict.fromkeys(TILES, ("empty", WAITS)),
        )
        # Of a customer that one does not claim, nothing is told.
        self.assertEqual(self._get_tiles_of(self.rival, self.big), {})

    def test_the_header_says_so(self):
        header = self._get_header(self.seller, self.big)
        self.assertEqual(header["notice"], WAITS)
        self.assertNotIn("confirm_account_manager", self._get_keys(header))
        self.assertFalse(self._get_header(self.seller, self.mine)["notice"])
        self.assertFalse(self._get_header(self.rival, self.big)["notice"])

    def test_dashboard_of_the_account_manager_counts(self):
        self.assertEqual(
            self._get_board(self.seller)["notice"],
            "Your appointment as account manager of 1 customer waits for "
            "confirmation: its figures follow then.",
        )
        other = self.env[PARTNER].search([("name", "=", "Other 0")])
        order = self.env["sale.order"].search([("partner_id", "=", other.id)])
        order.user_id = self.colleague
        self._sign_in(self.seller)
        self._write(other, user_id=self.seller.id)
        self.assertEqual(
            self._get_board(self.seller)["notice"],
            "Your appointment as account manager of 2 customers waits for "
            "confirmation: their figures follow then.",
        )
        self.assertFalse(self._get_board(self.rival)["notice"])

    def test_those_who_may_confirm_are_told(self):
        header = self._get_header(self.manager, self.big)
        self.assertEqual(
            header["notice"], "Seller waits for confirmation as account manager."
        )
        self.assertIn("confirm_account_manager", self._get_keys(header))
        self.assertIn(
            "account manager waits for your confirmation: Contacts have a filter",
            self._get_board(self.manager)["notice"],
        )
        header = self._get_header(self.manager, self.mine)
        self.assertFalse(header["notice"])
        self.assertNotIn("confirm_account_manager", self._get_keys(header))

    def test_one_button_confirms(self):
        self._sign_in(self.colleague)
        # the dashboard of a contact is its customer's
        self._do(TILE, "run_customer_action", self.buyer.id, "confirm_account_manager")
        self.assertEqual(self.big[FIELD], self.seller)
        self._check_open(self.big)
        self.assertEqual(
            self._get_notes(self.big),
            [
                ("Colleague", "Confirmed Seller as account manager."),
                (
                    "Seller",
                    "Seller waits for confirmation as account manager: the figures of "
                    "this customer follow then.",
                ),
            ],
        )

    def test_the_button_is_for_all_documents_users(self):
        reader = self._create_user(
            "reader", "base.group_partner_manager,account.group_account_invoice"
        )
        for user in (self.seller, self.rival, reader):
            self._sign_in(user)
            self._check_refused(PARTNER, "action_confirm_account_manager", self.big.ids)
        self.assertFalse(self.big[FIELD])

    def test_confirmed_once(self):
        self._sign_in(self.colleague)
        for _time in range(2):
            self._do(PARTNER, "action_confirm_account_manager", self.big.ids)
        self.assertEqual(len(self._get_notes(self.big)), 2)

    def test_writing_the_same_again_is_no_news(self):
        self._write(self.big, user_id=self.seller.id)
        self.assertEqual(len(self._get_notes(self.big)), 1)
        self._check_closed(self.big)

    def test_all_documents_user_writes_the_same(self):
        self._sign_in(self.colleague)
        self._write(self.big, user_id=self.seller.id)
        self._check_open(self.big)

    def test_filter_of_contacts(self):
        domain = self.env[PARTNER]._crm_get_waiting_domain()
        self.assertEqual(self.env[PARTNER].search(domain), self.big)

    def _get_keys(self, header):
        return [action["key"] for action in header["actions"]]
