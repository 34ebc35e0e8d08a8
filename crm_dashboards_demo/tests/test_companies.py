# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ..records import companies, known, products, sales_team
from ..records.wholesale import in_company
from ..wholesaler import catalogue
from .common import DemoCase

AS_INSTALLED = "My Company"


class TestCompanies(DemoCase):
    """The business goes where it mixes with nobody's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "Elsewhere"  # the demo's own has the name

    def provide_main(self, name):
        """Let the demo choose beside a company of a name; returns both companies."""
        given = self.env["res.company"].create(
            {"name": name, "currency_id": self.env.ref("base.EUR").id}
        )
        return given, companies.provide_main(in_company(self.env, given))

    def test_company_that_odoo_came_with_is_taken(self):
        given, chosen = self.provide_main(AS_INSTALLED)
        self.assertEqual(chosen, given)
        self.assertEqual(chosen.name, "Alder & Finch Wholesale")
        self.assertEqual(known.find(self.env, "company_main"), chosen)

    def test_company_with_a_name_stays_as_it_is(self):
        given, chosen = self.provide_main("Acme")
        self.assertNotEqual(chosen, given)
        self.assertEqual(given.name, "Acme")
        self.assertEqual(chosen.name, "Alder & Finch Wholesale")
        self.assertEqual(chosen.currency_id, given.currency_id)

    def test_company_with_orders_stays_as_it_is(self):
        self.company.name = AS_INSTALLED
        chosen = companies.provide_main(self.env)
        self.assertNotEqual(chosen, self.company)
        self.assertEqual(self.company.name, AS_INSTALLED)

    def test_login_that_is_taken_is_not_taken_away(self):
        admin = self.env.ref("base.user_admin")
        _users_of, _teams, accountant = sales_team.create(self.env, admin, "UTC")
        self.assertEqual(accountant.login, "nora.demo")

    def test_products_are_sold_without_the_taxes_of_others(self):
        company = self.env["res.company"].create({"name": "Acme"})
        in_company(self.env, company)["account.chart.template"].try_loading(
            companies.CHART, company
        )
        self.assertTrue(company.account_sale_tax_id)
        product = catalogue.Product("XX-1", "Goods", 5.0, 2.0, "Gifts")
        record = products.create(self.env, [product]).sudo()
        self.assertFalse(record.taxes_id | record.supplier_taxes_id)
