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

    def test_account_manager_dashboard(self):
        self.start_tour(
            "/odoo/account-manager-dashboard",
            "crm_dashboards_account_manager",
            login=self.manager.login,
        )
