# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.crm_dashboards.models.crm_metric_refresh import CrmMetricRefresh
from odoo.addons.crm_dashboards.nightly import night as night_module
from odoo.addons.crm_dashboards.tests.common import DashboardCase

JOB = "odoo.addons.crm_dashboards.models.crm_metric_refresh"
NAME = "demo_order_count"


@tagged("post_install", "-at_install")
class TestNightPhase(DashboardCase):
    """A phase of the night from another addon: one model, one line in a list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.counts = cls.env["crm.demo.order.count"]
        cls.job = cls.env["crm.metric.refresh"]
        cls.customer = cls._create_customer("Customer")
        cls.other = cls._create_customer("Other")
        cls._create_orders(
            [
                (cls.customer, "2026-11-01", 100),
                (cls.customer, "2026-11-02", 100),
                (cls.other, "2026-11-03", 100),
            ]
        )

    def _get_counts(self, company=None):
        own = self.counts.search([("company_id", "=", (company or self.company).id)])
        return {each.partner_id: each.count for each in own}

    def _get_refresh(self):
        return self.job.search([("company_id", "=", self.company.id)])

    def test_it_runs_after_the_core_s_and_its_time_is_stored(self):
        self._refresh()
        self.assertEqual(self._get_counts(), {self.customer: 2, self.other: 1})
        self.assertEqual(self._get_counts(self.sister), {})
        names = [name for name, _seconds in self._get_refresh().phase_times]
        core = [phase.name for phase in CrmMetricRefresh._get_phases(self.job)]
        self.assertIn("figures", core)
        self.assertEqual(names[: len(core)], core)
        self.assertIn(NAME, names[len(core) :])

    def test_orders_are_read_once_for_all_phases(self):
        read_all = night_module.read_all_orders
        with patch.object(
            night_module, "read_all_orders", side_effect=read_all
        ) as read:
            self._refresh()
        self.assertEqual(read.call_count, 1)
        self.assertTrue(self._get_counts())

    def test_refresh_of_one_customer_stores_its_own(self):
        self._refresh()
        self._create_orders(
            [(self.customer, "2026-11-04", 100), (self.other, "2026-11-04", 100)]
        )
        times = self._get_refresh().phase_times
        self.assertTrue(self.job._refresh_customer(self.company, self.customer))
        self.assertEqual(self._get_counts(), {self.customer: 3, self.other: 1})
        self.assertEqual(self._get_refresh().phase_times, times)

    def test_what_it_raises_undoes_the_whole_night(self):
        with (
            patch.object(type(self.counts), "_store", side_effect=ValueError("Oh no")),
            mute_logger(JOB),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(
                "crm_dashboards.ir_cron_refresh_metrics"
            ).method_direct_trigger()
        self.assertEqual(self._get_refresh().error, "Oh no")
        self.assertFalse(self._get_refresh().as_of)
        self.assertFalse(self._get_metric(self.customer))
