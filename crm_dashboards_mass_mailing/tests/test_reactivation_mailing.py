# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.crm_dashboards.tests.common import DashboardCase


@tagged("post_install", "-at_install")
class TestReactivationMailing(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls.env["mailing.list"].create({"name": "Win back"})
        cls.mailer = new_test_user(
            cls.env,
            "crm_dashboards_mailer",
            "sales_team.group_sale_salesman_all_leads,"
            "mass_mailing.group_mass_mailing_user",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        customers = [
            cls._create_customer("Reachable", email="buyer@reachable.example"),
            cls._create_customer("Without Mail"),
        ]
        for customer in customers:
            cls._create_order(customer, "2026-11-01", 100.0)
        refresh = cls.env["crm.metric.refresh"]
        refresh._refresh_company(cls.company)
        cls.metrics = cls.env["crm.customer.metric"].search(
            [("company_id", "=", cls.company.id)], order="id"
        )

    def _create_wizard(self, metrics, **values):
        return self._as(self.mailer)["crm.reactivation.wizard"].create(
            {
                "metric_ids": metrics.ids,
                "kind": "mailing_list",
                "mailing_list_id": self.list.id,
                **values,
            }
        )

    def _begin(self, metrics):
        return self._create_wizard(metrics).action_confirm()

    def _get_reachable(self):
        return self.metrics.filtered("partner_id.email")

    def _subscribe(self, name, email, **values):
        """A contact on the list."""
        return self.env["mailing.contact"].create(
            {
                "name": name,
                "email": email,
                "subscription_ids": [
                    Command.create({"list_id": self.list.id, **values})
                ],
            }
        )

    def _assert_left_out(self, metrics, sentence):
        """Assert that nobody is in the campaign, for the one reason."""
        wizard = self._create_wizard(metrics)
        self.assertEqual(wizard.message, sentence.replace("\n", " "))
        with self.assertRaises(UserError) as refused:
            wizard.action_confirm()
        self.assertEqual(str(refused.exception), sentence)
        self.assertFalse(self.env["crm.reactivation"].search([]))

    def test_customer_with_mail_comes_into_the_list_once(self):
        self._begin(self.metrics)
        self.assertEqual(
            self.list.contact_ids.mapped("email"), ["buyer@reachable.example"]
        )
        with self.assertRaises(UserError):
            self._begin(self.metrics)
        self.assertEqual(len(self.list.contact_ids), 1)

    def test_known_contact_is_used(self):
        known = self.env["mailing.contact"].create(
            {"name": "Buyer", "email": "Buyer@Reachable.example"}
        )
        self._begin(self.metrics)
        self.assertEqual(self.list.contact_ids, known)

    def test_nobody_with_an_address_is_a_clear_error(self):
        self._assert_left_out(
            self.metrics - self._get_reachable(),
            "Left out, without an e-mail address: Without Mail.",
        )

    def test_opt_out_of_one_contact_is_that_of_its_address(self):
        self._subscribe("A namesake elsewhere", "other@else.example")
        self._subscribe("Second", "buyer@reachable.example", opt_out=True)
        self.env["mailing.contact"].create(
            {"name": "First", "email": "buyer@reachable.example"}
        )
        self._assert_left_out(
            self._get_reachable(), "Left out, having opted out of mailings: Reachable."
        )
        subscribed = self.list.subscription_ids.filtered(
            lambda each: each.contact_id.email == "buyer@reachable.example"
        )
        self.assertEqual(subscribed.mapped("opt_out"), [True])

    def test_opt_out_of_another_list_is_none_of_this_one(self):
        other = self.env["mailing.list"].create({"name": "News"})
        contact = self._subscribe("Buyer", "buyer@reachable.example", opt_out=True)
        contact.subscription_ids.list_id = other
        self._begin(self._get_reachable())
        self.assertEqual(self.list.contact_ids, contact)

    def test_who_blocked_all_mailings_is_left_out(self):
        self.env["mail.blacklist"]._add("Buyer@reachable.example")
        self._assert_left_out(
            self._get_reachable(), "Left out, having opted out of mailings: Reachable."
        )

    def test_address_on_the_list_by_any_contact_is_not_added_again(self):
        self.env["mailing.contact"].create(
            {"name": "A first one", "email": "buyer@reachable.example"}
        )
        subscribed = self._subscribe("The second one", "buyer@reachable.example")
        self._begin(self._get_reachable())
        self.assertEqual(self.list.contact_ids, subscribed)

    def test_all_addresses_of_a_customer_come_into_the_list(self):
        metrics = self._get_reachable()
        metrics.partner_id.email = "Ann <ann@two.example>, bob@two.example"
        self._subscribe("Carl", "carl@two.example", opt_out=True)
        metrics.partner_id.email += ", carl@two.example"
        self._begin(metrics)
        wanted = self.list.subscription_ids.filtered(lambda each: not each.opt_out)
        self.assertEqual(
            sorted(wanted.contact_id.mapped("email")),
            ["ann@two.example", "bob@two.example"],
        )

    def test_each_reason_names_its_customers(self):
        self._subscribe("Buyer", "buyer@reachable.example", opt_out=True)
        self._assert_left_out(
            self.metrics,
            "Left out, without an e-mail address: Without Mail.\n"
            "Left out, having opted out of mailings: Reachable.",
        )

    def test_choice_is_for_who_may_fill_lists(self):
        manager = self._as(self.manager)["crm.reactivation.wizard"]
        kinds = [kind for kind, _label in manager._get_kinds()]
        self.assertEqual(kinds, ["activity", "opportunity"])
        self.assertNotIn("mailing_list_id", manager.fields_get())
        self.assertNotIn("mailing_list_id", manager.get_view()["arch"])
        with self.assertRaises(ValidationError):
            manager.create({"metric_ids": self.metrics.ids, "kind": "mailing_list"})
        mailer = self._as(self.mailer)["crm.reactivation.wizard"]
        self.assertIn("mailing_list", dict(mailer._get_kinds()))
