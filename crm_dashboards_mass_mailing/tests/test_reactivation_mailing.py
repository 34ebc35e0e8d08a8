# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
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

    def _begin(self, metrics):
        wizard = (
            self.env["crm.reactivation.wizard"]
            .with_user(self.mailer)
            .with_company(self.company)
            .create(
                {
                    "metric_ids": metrics.ids,
                    "kind": "mailing_list",
                    "mailing_list_id": self.list.id,
                }
            )
        )
        return wizard.action_confirm()

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
        silent = self.metrics.filtered(lambda metric: not metric.partner_id.email)
        with self.assertRaisesRegex(UserError, "e-mail"):
            self._begin(silent)
        self.assertFalse(self.env["crm.reactivation"].search([]))
