# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time

from odoo.addons.crm_dashboards.tests.common import NOW

from .lines_common import LinesCase


@freeze_time(NOW)
class ProposalsCase(LinesCase):
    """A florist buys pots and vases, and so do twelve others, eleven with ribbons.

    Ribbons cost 3.00; of the eleven, five took ten the first time and six twenty.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pot, cls.vase = map(cls._create_product, ("Pot", "Vase"))
        cls.ribbon = cls._create_product("Ribbon", list_price=3)
        cls.florist = cls._create_customer("Florist", cls.seller)
        cls.others = [
            cls._create_customer(f"Gardener {number}", cls.colleague)
            for number in range(12)
        ]
        cls._sell_ribbons(cls.company)

    @classmethod
    def _sell_ribbons(cls, company):
        goods = {cls.pot: 5, cls.vase: 5}
        cls._buy(cls.florist, 20, goods, company)
        for number, customer in enumerate(cls.others):
            cls._buy(customer, 30, goods, company)
            if number:
                quantity = 10 if number <= 5 else 20
                order = cls._buy(customer, 20, {cls.ribbon: 3}, company)
                order.order_line.product_uom_qty = quantity
