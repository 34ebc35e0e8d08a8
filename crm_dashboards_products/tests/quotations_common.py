# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.crm_dashboards.tests.common import NOW, DashboardCase

MOMENT = datetime.fromisoformat(NOW)


@freeze_time(NOW)
class QuotationsCase(DashboardCase):
    """Quotations of the seller's own customer, made and sent so many days ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._create_customer("Buyer", cls.seller)

    @classmethod
    def _quote(cls, back, amount, sent=True, company=None, **values):
        """A quotation made, and sent, at noon so many days ago."""
        company = company or cls.company
        moment = MOMENT - timedelta(days=back)
        with freeze_time(moment):
            order = (
                cls.env["sale.order"]
                .with_company(company)
                .create(
                    {
                        "partner_id": cls.buyer.id,
                        "company_id": company.id,
                        "user_id": False,
                        "validity_date": False,
                        "order_line": [
                            Command.create(
                                {
                                    "product_id": cls.product.id,
                                    "price_unit": amount,
                                    "tax_ids": [Command.clear()],
                                }
                            )
                        ],
                        **values,
                    }
                )
            )
            if sent:
                order.action_quotation_sent()
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE sale_order SET create_date = %s WHERE id = %s", [moment, order.id]
        )
        order.invalidate_recordset()
        return order

    @classmethod
    def _tell_history(cls, company=None):
        """Sixty quotations of a year ago, open for 2, 5, or 90 days.

        30 were ordered after 2 days, 10 of the others after 5, and 20 cancelled after
        90.
        """
        for number in range(60):
            days, state = (2, "sale") if number < 30 else (5, "sale")
            if number >= 40:
                days, state = 90, "cancel"
            order = cls._quote(365, 1, company=company)
            with freeze_time(MOMENT - timedelta(days=365 - days)):
                order.write({"state": state, "date_order": datetime.now()})
        cls.env.flush_all()
