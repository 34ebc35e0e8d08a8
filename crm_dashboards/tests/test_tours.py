# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import DashboardCase


@tagged("post_install", "-at_install")
class TestTours(DashboardCase, HttpCase):
    """Dashboards in the browser, whose clock is not frozen: dates follow today's."""

    freeze_time = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.crm_rfm_method = "cutoffs"
        today = fields.Date.today()
        months = [str(today - timedelta(days=30 * back)) for back in range(12)]
        for name, days in {
            "Champion A": months,
            "Champion B": months * 2,
            "Newcomer": months[:1],
            "Sleeper": months[3:5],
            "Hibernating": months[9:10],
            "Lost": months[8:],
        }.items():
            customer = cls._create_customer(name, cls.manager)
            cls._create_orders([(customer, f"{day} 00:00:00", 1200) for day in days])
        cls._refresh()

    def _walk(self, tour, url="/odoo/account-manager-dashboard"):
        self.start_tour(url, tour, login=self.manager.login, timeout=180)

    def test_account_manager_dashboard(self):
        self._walk("crm_dashboards_account_manager")

    def test_every_tab(self):
        self._walk("crm_dashboards_tabs")

    def test_every_segment(self):
        self._walk("crm_dashboards_segments")

    def test_every_bar(self):
        self._walk("crm_dashboards_bars")

    def test_row_actions(self):
        self._walk("crm_dashboards_row_actions")

    def test_own_order_of_tiles(self):
        self._walk("crm_dashboards_customize")

    def test_customer_form(self):
        self._walk("crm_dashboards_customer_form", "/odoo/contacts?view_type=list")

    def test_customer_page(self):
        customer = self.env["res.partner"].search([("name", "=", "Champion A")])
        url = f"/odoo/customer-dashboard/{customer.id}"
        self._walk("crm_dashboards_customer_page", url)
