# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from .common import NOW, DashboardCase
from .due_common import DueMixin


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDoubtfulInvoices(DueMixin, DashboardCase):
    """Invoices in francs, for which no rate is known: 40 francs count as 40 dollars."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.franc = cls.env.ref("base.CHF")
        cls.franc.active = True
        cls.franc.rate_ids.unlink()
        cls.customer = cls._create_customer("Azure", cls.manager)
        cls.other = cls._create_customer("Other", cls.manager)
        books = cls._create_books(cls.company)
        cls.books = books
        for customer in (cls.customer, cls.other):
            cls._create_invoice(books, customer, "2026-05-04", "2026-06-04", 100)
            cls._create_order(customer, "2026-05-04", 100)
        cls.invoice = cls._create_invoice(
            *(books, cls.customer, "2026-10-05", "2026-11-05", 40),
            currency_id=cls.franc.id,
        )

    def _get_customer_words(self, code, customer):
        self.env.flush_all()
        self.env.invalidate_all()
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        scope = {"customer_id": customer.id}
        return " ".join(
            self._get_words(tiles.get_tiles("customer", [code], scope)[code])
        )

    def test_tiles_of_invoices_name_them(self):
        self._refresh()
        self.assertEqual(self._get_metric(self.customer).trend_this_year, 140)
        refresh = self.env["crm.metric.refresh"]._get_last(self.company)
        self.assertEqual(refresh.trend_source, "turnover")
        self.assertEqual(refresh.unrated_invoice_count, 1)
        self.assertEqual(refresh.unrated_invoice_value, 40)
        words = " ".join(self._get_words(self._get_tile("customer_trend")))
        self.assertIn("1 invoice in another currency has no rate to trust", words)
        for code in ("customer_sales_trend", "customer_due_amount"):
            words = self._get_customer_words(code, self.customer)
            self.assertIn(
                f"it counts with 40\N{NO-BREAK SPACE}€ ({self.invoice.name})", words
            )
            words = self._get_customer_words(code, self.other)
            self.assertNotIn("no rate to trust", words)
        settings = self.env["res.config.settings"].with_company(self.company)
        self.assertIn(self.invoice.name, settings.create({}).crm_refresh_summary)

    def test_who_sees_own_customers_only_is_not_told_of_others_invoices(self):
        self._refresh()
        tile = self._get_tile("customer_trend", user=self.seller)
        self.assertNotIn("no rate to trust", " ".join(self._get_words(tile)))

    def test_a_currency_worth_the_same_and_one_with_a_rate_are_not_told_of(self):
        self._create_rate("2020-01-01", 1, currency=self.franc)
        yen = self.env.ref("base.JPY")
        yen.active = True
        self._create_rate("2020-01-01", 150, currency=yen)
        self._create_invoice(
            *(self.books, self.other, "2026-10-06", "2026-11-06", 3000),
            currency_id=yen.id,
        )
        self._refresh()
        refresh = self.env["crm.metric.refresh"]._get_last(self.company)
        self.assertEqual(refresh.unrated_invoice_count, 0)
        for customer in (self.customer, self.other):
            words = self._get_customer_words("customer_due_amount", customer)
            self.assertNotIn("no rate to trust", words)
