# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from ..hooks import uninstall_hook
from ..models.summary_parameters import ENABLED, KEY, MODEL, PARAMETERS, URL
from .common import SECRET, SummaryCase

SAMPLE = "Lately {{month_orders}}, {{month_change}}."


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSummarySettings(SummaryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_user(
            "admin", "base.group_system,sales_team.group_sale_manager"
        )

    def setUp(self):
        super().setUp()
        self.admin_env = self._as(self.admin)
        self.server.reply = self.server.say(SAMPLE)

    def _create_settings(self, **values):
        return self.admin_env["res.config.settings"].create(values)

    def _get_stored(self, name):
        return self.env["ir.config_parameter"].sudo().get_param(name)

    # ------------------------------------------------------------------
    # Saving
    # ------------------------------------------------------------------

    def test_settings_are_system_parameters(self):
        settings = self._create_settings(
            crm_ai_enabled=True, crm_ai_url="http://localhost:9/v1", crm_ai_model="m"
        )
        settings.execute()
        self.assertTrue(self._get_stored(ENABLED))
        self.assertEqual(self._get_stored(URL), "http://localhost:9/v1")
        self.assertEqual(self._get_stored(MODEL), "m")
        self.assertEqual(self._get_stored(KEY), SECRET)

    def test_wrong_addresses_are_refused(self):
        for url in ("localhost", "ftp://localhost/v1", "http://me:pw@localhost/v1"):
            settings = self._create_settings(crm_ai_url=url)
            with self.subTest(url=url), self.assertRaises(ValidationError):
                settings.execute()

    def test_on_needs_address_and_model(self):
        settings = self._create_settings(crm_ai_enabled=True, crm_ai_model=False)
        with self.assertRaises(ValidationError):
            settings.execute()

    # ------------------------------------------------------------------
    # The key
    # ------------------------------------------------------------------

    def test_key_goes_in_and_never_out(self):
        self._set_up_model(**{KEY: False})
        settings = self.admin_env["res.config.settings"]
        specification = {name: {} for name in settings.fields_get()}
        saved = settings.web_save({"crm_ai_key": f" {SECRET}\n"}, specification)
        self.assertEqual(self._get_stored(KEY), SECRET)
        self.assertTrue(saved[0]["crm_ai_has_key"])
        settings = settings.browse(saved[0]["id"])
        self.env.invalidate_all()
        answers = [
            saved,
            settings.read(),
            settings.web_read(specification),
            settings.default_get(list(specification)),
            settings.onchange({}, [], specification),
            settings.execute(),
        ]
        self.assertNotIn(SECRET, json.dumps(answers, default=str))

    def test_key_is_no_system_parameter_for_the_browser(self):
        parameters = self.admin_env["ir.config_parameter"]
        self.assertEqual(parameters.search_read([("key", "=", KEY)]), [])
        self.assertEqual(parameters.search_count([("value", "=", SECRET)]), 0)
        with self.assertRaises(AccessError):
            parameters.get_param(KEY)
        record = self.env["ir.config_parameter"].search([("key", "=", KEY)])
        with self.assertRaises(AccessError):
            record.with_env(self.admin_env).read(["value"])
        self.assertEqual(parameters.get_param(MODEL), "small-model")

    def test_empty_key_keeps_the_stored_one(self):
        self._create_settings(crm_ai_key=False, crm_ai_model="m").execute()
        self.assertEqual(self._get_stored(KEY), SECRET)

    def test_key_that_cannot_be_sent_is_refused_unquoted(self):
        for key in ("sk-schlüssel", "sk-a\nb"):
            with (
                self.subTest(key=key),
                self.assertRaises(ValidationError) as refusal,
            ):
                self._create_settings(crm_ai_key=key)
            self.assertNotIn(key, str(refusal.exception))

    def test_key_can_be_forgotten(self):
        settings = self._create_settings()
        settings.action_forget_summary_key()
        self.assertFalse(self._get_stored(KEY))
        self.assertFalse(self._create_settings().crm_ai_has_key)

    def test_new_key_ends_the_pause_after_a_failure(self):
        self.server.reply = self.server.send(401)
        self._write_summary()
        self.server.reply = self.server.say("{{this_year}} it is.")
        self._create_settings(crm_ai_key="sk-better")
        self.assertTrue(self._write_summary()["generated"])

    def test_nothing_stays_behind(self):
        uninstall_hook(self.env)
        self.assertFalse(
            self.env["ir.config_parameter"].search([("key", "in", PARAMETERS)])
        )

    def test_settings_are_for_administrators(self):
        with self.assertRaises(AccessError):
            self._as(self.manager)["res.config.settings"].create({})
        with self.assertRaises(AccessError):
            self._as(self.manager)["res.config.settings"].action_forget_summary_key()

    # ------------------------------------------------------------------
    # Test, and what is sent
    # ------------------------------------------------------------------

    def test_test_shows_what_the_model_writes(self):
        action = self._create_settings().action_test_summary()
        self.assertEqual(action["params"]["message"], "Lately 1,234\xa0€, 18 % less.")

    def test_test_asks_what_is_not_saved_yet(self):
        self._set_up_model(**{URL: "http://127.0.0.1:9/v1", ENABLED: False})
        settings = self._create_settings(crm_ai_url=self.server.url)
        self.assertTrue(settings.action_test_summary())

    def test_test_says_what_is_wrong(self):
        self._limit_time(0.5)
        replies = {
            "The key is missing or was refused.": self.server.send(401),
            "The endpoint has an error of its own.": self.server.send(500),
            "The model took more than 0.5 seconds.": self.server.hang,
            "The model wrote a number of its own": self.server.say("12"),
        }
        for words, reply in replies.items():
            self.server.reply = reply
            with self.subTest(words=words), self.assertRaises(UserError) as failure:
                self._create_settings().action_test_summary()
            self.assertIn(words, str(failure.exception))

    def test_every_reason_has_words(self):
        reasons = (
            "address slow unreachable redirect key not_found busy refused failing "
            "too_big unreadable empty too_long secret placeholder markup number "
            "no_figure"
        )
        words = {
            self.env["crm.written.summary"]._explain(reason)
            for reason in reasons.split()
        }
        self.assertEqual(len(words), len(reasons.split()))

    def test_preview_is_what_is_sent(self):
        preview = Form(self.admin_env["crm.summary.preview"])
        self.assertEqual(preview.partner_id, self.customer)
        self.assertFalse(preview.is_sample)
        self._write_summary(user=self.admin)
        (request,) = self.server.requests
        self.assertEqual(json.loads(preview.request), json.loads(request["body"]))
        self.assertNotIn(SECRET, preview.request)

    def test_preview_of_a_customer_without_figures_is_made_up(self):
        preview = Form(self.admin_env["crm.summary.preview"])
        preview.partner_id = self._create_customer("Unknown")
        self.assertTrue(preview.is_sample)
        self._create_settings().action_test_summary()
        (request,) = self.server.requests
        self.assertEqual(json.loads(preview.request), json.loads(request["body"]))

    def test_preview_is_for_administrators(self):
        with self.assertRaises(AccessError):
            self._as(self.manager)["crm.summary.preview"].create({})
