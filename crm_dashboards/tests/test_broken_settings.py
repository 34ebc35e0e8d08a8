# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools import SQL

from .common import DashboardCase

CONSTRAINTS = (
    "crm_rfm_window_positive",
    "crm_missing_min_orders_enough",
    "crm_missing_lapsed_positive",
    "crm_trend_band_share",
    "crm_engagement_days_positive",
)
BROKEN = {
    "crm_rfm_window_months": ("NULL", "0", "-3", "2000000000"),
    "crm_missing_min_orders": ("NULL", "1", "2000000000"),
    "crm_missing_lapsed_days": ("NULL", "0", "2000000000"),
    "crm_engagement_days": ("NULL", "-1", "2000000000"),
    "crm_trend_band": ("'NaN'", "7", "-1"),
    "crm_rfm_method": ("'gone'",),
    "crm_missing_sensitivity": ("'gone'",),
    "crm_trend_source": ("'gone'",),
    "crm_figures_tz": ("'Mars/Olympus'",),
    "crm_rfm_recency_cutoffs": ("NULL", "'4, 3, 2, 1'", "'1, 2, 3, 1e300'"),
}


@tagged("post_install", "-at_install")
class TestBrokenSettings(DashboardCase):
    """A stored setting that cannot be one counts as its default, and is named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.crm_rfm_method = "cutoffs"
        cls._keep_busy()
        for place in range(6):
            customer = cls._create_customer(f"Customer {place}", cls.seller)
            cls._create_rhythm(customer, f"2026-10-{12 + place}", 100 + place)
        cls.env.flush_all()
        for name in CONSTRAINTS:
            cls.env.cr.execute(
                SQL(
                    "ALTER TABLE res_company DROP CONSTRAINT %s",
                    SQL.identifier(f"res_company_{name}"),
                )
            )
        for name in BROKEN:
            cls.env.cr.execute(
                SQL(
                    "ALTER TABLE res_company ALTER COLUMN %s DROP NOT NULL",
                    SQL.identifier(name),
                )
            )

    def _read_figures(self):
        self._refresh()
        self.env.invalidate_all()
        tiles = ["missing_orders", "needs_engagement", "rfm", "customer_trend"]
        names = ["segment", "order_state", "trend", "needs_engagement", "days_overdue"]
        return (
            self.env["crm.customer.metric"]
            .search([("company_id", "=", self.company.id)])
            .read(names),
            [self._get_tile(code)["state"] for code in tiles],
        )

    def test_defaults_count_in_the_place_of_what_cannot_be_used(self):
        expected = self._read_figures()
        self.assertEqual(expected[1], ["ready"] * 4)
        settings = self.env["res.config.settings"].with_company(self.company)
        for name, values in BROKEN.items():
            for value in values:
                with self.subTest(setting=name, value=value):
                    self.env.flush_all()
                    with self.env.cr.savepoint():
                        self.env.cr.execute(
                            SQL(
                                "UPDATE res_company SET %s = %s WHERE id = %s",
                                SQL.identifier(name),
                                SQL(value),
                                self.company.id,
                            )
                        )
                    self.env.invalidate_all()
                    found = self._read_figures()
                    if name != "crm_rfm_method":  # by ranks: other segments
                        self.assertEqual(found, expected)
                    label = self.company._fields[name]._description_string(self.env)
                    self.assertIn(label, settings.create({}).crm_refresh_summary)
            default = self.company._get_default(name)
            self.company[name] = "cutoffs" if name == "crm_rfm_method" else default
        self.assertNotIn("cannot be used", settings.create({}).crm_refresh_summary)
