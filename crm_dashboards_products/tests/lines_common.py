# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.crm_dashboards.tests.common import NOW, DashboardCase

TODAY = date(2026, 11, 21)


@freeze_time(NOW)
class LinesCase(DashboardCase):
    """A baker orders flour every ten days, and until 12 September salt, too.

    The last of his orders was yesterday. Salt was in the first twelve of nineteen; in
    none of the seven since. A cook buys salt every ten days all along.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.flour, cls.salt = map(cls._create_product, ("Flour", "Salt"))
        cls.baker = cls._create_customer("Baker", cls.seller)
        cls.cook = cls._create_customer("Cook", cls.colleague)
        cls._tell_story(cls.company)

    @classmethod
    def _tell_story(cls, company):
        for back in range(181, 0, -10):
            prices = {cls.flour: 100}
            if back > 61:
                prices[cls.salt] = 30
            cls._buy(cls.baker, back, prices, company)
            cls._buy(cls.cook, back, {cls.salt: 10}, company)

    @classmethod
    def _create_product(cls, name, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _buy(cls, customer, back, prices, company=None, unit=None, **values):
        """A confirmed order of one each, so many days ago.

        :param prices: {product: price}
        :param unit: uom.uom of the lines; that of the product if left out
        """
        lines = [
            Command.create(
                {
                    "product_id": product.id,
                    "product_uom_qty": 1,
                    "price_unit": price,
                    "tax_ids": [Command.clear()],
                    **({"product_uom_id": unit.id} if unit else {}),
                }
            )
            for product, price in prices.items()
        ]
        day = str(TODAY - timedelta(days=back))
        return cls._create_orders(
            [(customer, day, 0)], company, **{"order_line": lines, **values}
        )

    def _get_lines(self, kind="leaving"):
        return self.env["crm.leaving.line"].search(
            [("company_id", "=", self.company.id), ("kind", "=", kind)]
        )
