# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .lines_common import TODAY
from .quotations_common import QuotationsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQuotationStake(QuotationsCase):
    """What open quotations have at stake in *Who Next*: each by its own age."""

    def _find(self):
        return self._read_reasons("open_quotation")

    def _quote_two(self):
        self._quote(1, 600)
        self._quote(20, 900, validity_date=TODAY + timedelta(days=5))

    def test_value_times_the_chance_at_its_age(self):
        self._tell_history()
        self._quote_two()
        self._refresh()
        (reason,) = self._find()
        # 40 of 60 on the first days, 10 of 30 after twenty: 400 and 300
        self.assertEqual(reason["stake"], 700)
        self.assertEqual(str(reason["ends"]), "2026-11-26")
        self.assertEqual(reason["facts"]["value"], 900, "The one that ends.")

    def test_without_a_chance_by_age_that_of_all(self):
        self._quote_two()
        self._refresh()
        (reason,) = self._find()
        self.assertEqual(reason["stake"], 1500 / 2)

    def test_the_chances_of_another_company_are_none(self):
        self._tell_history(self.sister)
        self._refresh(self.sister)
        self._quote_two()
        self._refresh()
        (reason,) = self._find()
        self.assertEqual(reason["stake"], 1500 / 2)
