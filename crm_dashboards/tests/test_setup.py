# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The steps of the first hour, and the settings that a company begins with."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import config

from ..hooks import post_init_hook
from .common import DASHBOARD, NOW, DashboardCase

STEP = "onboarding.onboarding.step"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSetup(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls._create_user(
            "administrator", "sales_team.group_sale_manager,base.group_system"
        )
        cls.customer = cls._create_customer("One")
        cls._create_orders([(cls.customer, "2026-11-02", 100)], user_id=cls.seller.id)

    def _tiles(self, user=None):
        return self._as(user or self.administrator)["crm.dashboard.tile"]

    def _get_steps(self):
        """Return {key: step}; empty where the panel is not shown."""
        setup = self._tiles().get_setup(DASHBOARD)
        return {step["key"]: step for step in setup["steps"]} if setup else {}

    def _get_states(self):
        return {key: step["state"] for key, step in self._get_steps().items()}

    def _press(self, key):
        method = self._get_steps()[key]["method"]
        return getattr(self._as(self.administrator)[STEP], method)()

    def test_steps_before_and_after_the_first_figures(self):
        self.assertEqual(
            self._get_states(),
            {
                "time_zone": "done",
                "customers": "done",
                "managers": "open",
                "figures": "running",
            },
        )
        figures = self._get_steps()["figures"]
        self.assertEqual(figures["progress"], 0)
        self.assertIn("from 1 orders", figures["text"])
        self._refresh()
        steps = self._get_steps()
        self.assertEqual(steps["figures"]["state"], "done")
        self.assertIn("Customers with figures: 1.", steps["figures"]["text"])
        self.assertEqual(
            steps["managers"]["text"],
            "1 of 1 customers have none. Assign the salesperson of their last order, "
            "with a preview.",
        )

    def test_progress_while_the_figures_are_made(self):
        setup = self.env["crm.dashboard.setup"]
        self.assertIsNone(setup._get_seconds_running(self.company))
        self.assertTrue(self.env["crm.metric.refresh"]._try_lock(self.company))
        self.assertGreater(setup._get_seconds_running(self.company), 0)
        self.assertIsNone(setup._get_seconds_running(self.sister))
        with patch.object(
            type(setup), "_get_seconds_running", lambda self, company: 0.5
        ):
            figures = self._get_steps()["figures"]
        self.assertAlmostEqual(figures["progress"], 0.5, 3)
        self.assertEqual(figures["text"], "About 50% of 1 orders; 1 s left.")
        with patch.object(
            type(setup), "_get_seconds_running", lambda self, company: 0.99
        ):
            self.assertEqual(self._get_steps()["figures"]["progress"], 0.95)

    @contextmanager
    def _running_for(self, seconds, cron=-1, requests=120, workers=0):
        """Figures that are being made for so long, on a server with such limits."""
        limits = {
            "limit_time_real_cron": cron,
            "limit_time_real": requests,
            "workers": workers,
        }
        model = type(self.env["crm.dashboard.setup"])
        with (
            patch.object(model, "_get_seconds_running", lambda self, company: seconds),
            patch.dict(config.options, limits),
        ):
            yield self._get_steps()["figures"]

    def test_figures_that_take_longer_than_usual_say_so(self):
        slow = (
            "From 1 orders, for 50 s by now: longer than usual, since the server is "
            "slow or busy."
        )
        with self._running_for(50) as figures:
            self.assertEqual(figures["text"], slow)
            self.assertEqual(figures["progress"], 0.95)

    def test_the_servers_limit_is_told_before_it_is_reached(self):
        for told, limits in (
            ("After 120 s the server stops", {}),
            ("After 120 s the server stops", {"workers": 2}),
            ("After 90 s the server stops", {"cron": 90, "requests": 999}),
            ("After 120 s the server stops", {"cron": 0}),
            ("longer than usual", {"cron": 0, "workers": 2}),
            ("longer than usual", {"requests": 0}),
            ("longer than usual", {"cron": 900}),
        ):
            with self._running_for(70, **limits) as figures:
                self.assertIn(told, figures["text"])

    def test_steps_lead_where_they_say(self):
        self._refresh()
        self.assertEqual(self._press("time_zone")["res_model"], "res.config.settings")
        self.assertEqual(self._press("customers")["res_model"], "res.config.settings")
        self.assertEqual(self._press("managers")["res_model"], "crm.assignment.wizard")
        cron = self.env.ref("crm_dashboards.ir_cron_refresh_metrics")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertFalse(self._press("figures"))
        self.assertEqual(
            len(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])),
            len(triggers) + 1,
        )

    def test_done_it_goes_by_itself(self):
        self.customer.user_id = self.seller
        self._refresh()
        self.assertFalse(self._get_steps())

    def test_closed_it_stays_away_in_this_company(self):
        self.assertTrue(self._get_steps())
        onboarding = self._as(self.administrator)["onboarding.onboarding"]
        onboarding.action_close_panel_crm_dashboards()
        self.assertFalse(self._get_steps())
        self.administrator.company_ids += self.sister
        env = self._as(self.administrator, self.sister)
        self.assertTrue(env["crm.dashboard.tile"].get_setup(DASHBOARD))

    def test_administrators_only(self):
        for user in (self.manager, self.seller):
            self.assertFalse(self._tiles(user).get_setup(DASHBOARD))
            self.assertFalse(self._tiles(user).get_dashboard(DASHBOARD)["setup"])
            env = self._as(user)
            for call in (
                env[STEP].action_open_crm_settings,
                env[STEP].action_open_crm_assignment,
                env[STEP].action_make_crm_figures,
                env["onboarding.onboarding"].action_close_panel_crm_dashboards,
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_figures_that_failed_are_told(self):
        self.env["crm.metric.refresh"]._store_error(self.company, ValueError("Boom"))
        figures = self._get_steps()["figures"]
        self.assertEqual(figures["state"], "open")
        self.assertEqual(figures["text"], "They could not be made: Boom")

    # ------------------------------------------------------------------
    # What a company begins with
    # ------------------------------------------------------------------

    def test_zone_of_a_country(self):
        for code, zone in (
            ("BE", "Europe/Brussels"),
            ("US", "America/New_York"),
            ("BR", "America/Sao_Paulo"),
            ("AU", "Australia/Sydney"),
        ):
            self.company.country_id = self.env.ref(f"base.{code.lower()}")
            self.assertEqual(self.company._get_crm_country_zone(), zone)
        self.company.country_id = False
        self.assertEqual(self.company._get_crm_country_zone(), "UTC")

    def test_new_company_of_somebody_without_a_zone(self):
        for zone, expected in ((False, "Asia/Tokyo"), ("Europe/Paris",) * 2):
            self.env.user.tz = zone
            values = {"name": expected, "country_id": self.env.ref("base.jp").id}
            company = self.env["res.company"].create(values)
            self.assertEqual(company.crm_figures_tz, expected)

    def test_installation_without_a_zone(self):
        self.env.user.tz = self.env.ref("base.user_admin").tz = False
        self.company.country_id = self.env.ref("base.jp")
        post_init_hook(self.env)
        self.assertEqual(self.company.crm_figures_tz, "Asia/Tokyo")

    def test_never_invoiced_count_where_nobody_was_invoiced(self):
        self.company.crm_include_never_invoiced = False
        post_init_hook(self.env)
        self.assertTrue(self.company.crm_include_never_invoiced)
        self.assertTrue(self.company.create({"name": "New"}).crm_include_never_invoiced)
