# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import DashboardCase
from .due_common import DueMixin


@tagged("post_install", "-at_install")
class TestMovedContact(DueMixin, DashboardCase):
    """A contact takes its orders to another company; its invoices stay, and it says so.

    Old was invoiced 1000 by its contact, New 10. The contact orders 70 this month.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        books = cls._create_books(cls.company)
        cls.old = cls._create_customer("Old")
        cls.new = cls._create_customer("New")
        cls.contact = cls.env["res.partner"].create(
            {"name": "Contact", "parent_id": cls.old.id}
        )
        cls._create_invoice(books, cls.contact, "2026-06-10", "2026-06-10", 1000)
        cls._create_invoice(books, cls.new, "2026-06-10", "2026-06-10", 10)
        cls._create_order(cls.contact, "2026-11-10", 70)
        cls._create_order(cls.old, "2025-11-10", 5)
        cls._create_order(cls.new, "2025-11-10", 5)
        cls._refresh()

    def _get_sales_trend(self, customer):
        """Return (orders this month, whether the rule is said) of a customer's page."""
        self.env.flush_all()
        self.env.invalidate_all()
        tile = self._as(self.manager)["crm.dashboard.tile"].get_tiles(
            "customer", ["customer_sales_trend"], {"customer_id": customer.id}
        )["customer_sales_trend"]
        figure = self._get_block(tile, "figure")["figures"][0]
        said = [words for words in self._get_words(tile) if "moved" in words]
        return figure["cell"]["value"], len(said)

    def test_rule_is_said_where_the_figures_can_differ(self):
        self.assertEqual(self._get_sales_trend(self.old), (70, 0))
        self.assertEqual(self._get_sales_trend(self.new), (0, 0))
        self.contact.parent_id = self.new
        for _moment in ("at once", "by night"):
            self.assertEqual(self._get_sales_trend(self.old), (0, 1))
            self.assertEqual(self._get_sales_trend(self.new), (70, 1))
            self._refresh()
        self.assertEqual(self._get_metric(self.old).trend_this_year, 1000)
        self.assertEqual(self._get_metric(self.new).trend_this_year, 10)

    def test_trend_from_orders_is_of_the_same_customer(self):
        self.company.crm_trend_source = "orders"
        self.contact.parent_id = self.new
        self._refresh()
        self.assertEqual(self._get_sales_trend(self.new), (70, 0))
        self.assertEqual(self._get_metric(self.new).trend_this_year, 70)
