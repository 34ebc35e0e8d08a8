from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTours(HttpCase):
    """The dashboard in the browser: no frozen clock there, so dates follow today's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        company = cls.env["res.company"].create(
            {"name": "Wholesale", "crm_figures_tz": "UTC", "crm_rfm_method": "cutoffs"}
        )
        cls.user = new_test_user(
            cls.env,
            "crm_dashboards_tour",
            "sales_team.group_sale_manager,base.group_allow_export",
            name="Mitchell",
            tz="UTC",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        cls._create_orders(company)
        cls.env["crm.metric.refresh"]._refresh_company(company)

    @classmethod
    def _create_orders(cls, company):
        """Two Champions and four others; each month of the last 12 has orders."""
        product = cls.env["product.product"].create(
            {"name": "Goods", "type": "service", "taxes_id": [Command.clear()]}
        )
        today = date.today()
        months = [today - timedelta(days=30 * back) for back in range(12)]
        histories = {
            "Champion A": months,
            "Champion B": months * 2,
            "Newcomer": months[:1],
            "Sleeper": months[3:5],
            "Hibernating": months[9:10],
            "Lost": months[8:],
        }
        for name, days in histories.items():
            customer = cls.env["res.partner"].create(
                {
                    "name": name,
                    "is_company": True,
                    "customer_rank": 1,
                    "user_id": cls.user.id,
                }
            )
            cls.env["sale.order"].with_company(company).create(
                [
                    {
                        "partner_id": customer.id,
                        "company_id": company.id,
                        "state": "sale",
                        "date_order": f"{day} 00:00:00",
                        "order_line": [
                            Command.create(
                                {"product_id": product.id, "price_unit": 1200}
                            )
                        ],
                    }
                    for day in days
                ]
            )

    def test_account_manager_dashboard(self):
        self.start_tour(
            "/odoo/account-manager-dashboard",
            "crm_dashboards_account_manager",
            login=self.user.login,
        )
