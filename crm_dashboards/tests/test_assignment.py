# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Account managers for customers of nobody, all at once and night by night."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, DashboardCase

WIZARD = "crm.assignment.wizard"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAssignment(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env["crm.team"].create(
            {"name": "North", "company_id": False, "user_id": cls.manager.id}
        )
        cls.left = cls._create_user("left", "sales_team.group_sale_salesman")
        cls.one = cls._create_customer("One")
        cls.two = cls._create_customer("Two")
        cls.nobody = cls._create_customer("Nobody's")
        cls.own = cls._create_customer("Own", cls.colleague)
        cls._sell(cls.one, "2026-09-01", cls.seller)
        cls._sell(cls.one, "2026-10-01", cls.seller)
        cls._sell(cls.one, "2026-11-01", cls.colleague)
        contact = cls.env["res.partner"].create(
            {"name": "Ann", "parent_id": cls.two.id}
        )
        cls._sell(contact, "2026-10-01", cls.seller)
        cls._sell(cls.two, "2026-11-01", cls.left)
        cls._sell(cls.own, "2026-11-01", cls.seller)
        cls.left.active = False
        cls._refresh()

    @classmethod
    def _sell(cls, customer, date, user):
        return cls._create_orders(
            [(customer, date, 100)], user_id=user.id, team_id=cls.team.id
        )

    def _open(self, user=None, **values):
        form = Form(self._as(user or self.manager)[WIZARD])
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def _preview(self, form):
        """Return {account manager: (customers, names)} of the dialog."""
        return {
            line.user_id.name: (line.customer_count, line.customers)
            for line in form.save().line_ids
        }

    # ------------------------------------------------------------------
    # All at once
    # ------------------------------------------------------------------

    def test_salesperson_of_the_last_order(self):
        form = self._open()
        self.assertEqual(
            form.message,
            "Customers without account manager: 3. 1 of them get none in this way.",
        )
        # the last salesperson of Two is gone: the one before
        self.assertEqual(
            self._preview(form), {"Colleague": (1, "One"), "Seller": (1, "Two")}
        )
        form.save().action_assign()
        self.assertEqual(self.one.user_id, self.colleague)
        self.assertEqual(self.two.user_id, self.seller)
        self.assertFalse(self.nobody.user_id)
        self.assertEqual(self.own.user_id, self.colleague)
        self.assertFalse(self.company.crm_assignment)

    def test_salesperson_of_most_orders(self):
        form = self._open(method="most_orders")
        self.assertEqual(self._preview(form), {"Seller": (2, "One, Two")})
        form.save().action_assign()
        self.assertEqual((self.one | self.two).user_id, self.seller)

    def test_leader_of_the_team(self):
        self._open(method="team").save().action_assign()
        self.assertEqual((self.one | self.two).user_id, self.manager)

    def test_one_user(self):
        form = self._open(method="user", user_id=self.seller)
        self.assertEqual(
            form.message,
            "Customers without account manager: 3. All of them get one.",
        )
        form.save().action_assign()
        self.assertEqual((self.one | self.two | self.nobody).user_id, self.seller)

    def test_appointed_by_a_manager_they_read_their_figures(self):
        self._open().save().action_assign()
        metrics = self._as(self.seller)["crm.customer.metric"].search([])
        self.assertEqual(metrics.partner_id, self.two)

    def test_nobody_gets_a_mail(self):
        sent = self.env["mail.mail"].search([])
        self._open().save().action_assign()
        self.assertEqual(self.env["mail.mail"].search([]), sent)

    def test_customers_of_another_company_stay_as_they_are(self):
        foreign = self._create_customer("Foreign", company_id=self.sister.id)
        self._create_orders(
            [(foreign, "2026-11-01", 5)], self.sister, user_id=self.seller.id
        )
        self._refresh(self.sister)
        self._open().save().action_assign()
        self.assertFalse(foreign.user_id)

    def test_user_of_another_company_gets_none(self):
        stranger = self._create_user(
            "stranger", "sales_team.group_sale_salesman", self.sister
        )
        order = self._sell(self.nobody, "2026-11-02", self.seller)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET user_id = %s WHERE id = %s", (stranger.id, order.id)
        )
        self.env.invalidate_all()
        self._open().save().action_assign()
        self.assertFalse(self.nobody.user_id)

    def test_where_there_is_nothing_to_assign_it_says_so(self):
        (self.one | self.two | self.nobody).user_id = self.seller
        form = self._open()
        self.assertEqual(form.message, "Every customer has an account manager.")
        with self.assertRaises(UserError):
            form.save().action_assign()

    def test_sales_managers_only(self):
        for user in (self.seller, self.colleague):
            with self.assertRaises(AccessError):
                self._as(user)[WIZARD].create({})
        wizard = self._open().save()
        for user in (self.seller, self.colleague):
            with self.assertRaises(AccessError):
                wizard.with_user(user).action_assign()
        self.assertFalse(self.one.user_id)

    # ------------------------------------------------------------------
    # Night by night
    # ------------------------------------------------------------------

    def test_new_customers_follow_in_the_night(self):
        self._open(is_for_new=True).save().action_assign()
        self.assertEqual(self.company.crm_assignment, "last_order")
        self._sell(self.nobody, "2026-11-20", self.seller)  # bought before
        new = self._create_customer("New")
        with freeze_time("2026-11-22 12:00:00"):
            self._sell(new, "2026-11-22", self.colleague)
            self._refresh()
        self.assertEqual(new.user_id, self.colleague)
        self.assertFalse(self.nobody.user_id)
        changes = self.env["crm.account.manager.change"].search(
            [("partner_id", "=", new.id)], limit=1
        )
        self.assertEqual(changes.user_id, self.colleague)

    def test_without_the_setting_nobody_is_assigned(self):
        new = self._create_customer("New")
        self._sell(new, "2026-11-21 11:00:00", self.colleague)
        self._refresh()
        self.assertFalse(new.user_id)

    def test_setting_counts_from_the_day_it_was_made(self):
        with freeze_time("2026-11-01"):
            self.company.crm_assignment = "most_orders"
        self.company.crm_assignment = "last_order"  # the way changes, not the day
        self.assertEqual(str(self.company.crm_assignment_since), "2026-11-01")
        self.company.crm_assignment = False
        self.company.crm_assignment = "team"
        self.assertEqual(str(self.company.crm_assignment_since), "2026-11-21")

    def test_own_company_is_no_customer(self):
        self.company.crm_assignment = "last_order"
        self.seller.company_ids = [Command.link(self.sister.id)]
        self._sell(self.sister.partner_id, "2026-11-21 11:00:00", self.seller)
        self._refresh()
        self.assertFalse(self.sister.partner_id.user_id)
