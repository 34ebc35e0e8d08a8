# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import logging
from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.modules.module import load_script
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import config, file_path

from odoo.addons.crm_dashboards.tests.common import NOW

from ..hooks import uninstall_hook
from ..models.summary_parameters import ENABLED, KEY, MODEL, PARAMETERS, URL
from ..writing.endpoint import get_origin
from .common import GOOD, SECRET, SummaryCase, serve

SAMPLE = "This month is {{month_change}} behind the same days of last month."
ELSEWHERE = "https://elsewhere.example/v1"


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
        self.assertEqual(self._get_key(), SECRET)

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
        self.assertEqual(self._get_key(), SECRET)
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
        self.assertEqual(self._get_key(), SECRET)

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

    def test_key_is_for_the_origin_it_was_entered_for(self):
        other = serve(self)
        other.reply = other.say(GOOD)
        settings = self._create_settings(crm_ai_url=other.url)
        self.assertIn("is not sent to another address", settings.crm_ai_key_note)
        settings.execute()
        self.assertTrue(self._write_summary()["generated"])
        self.assertNotIn("Authorization", other.requests[-1]["headers"])
        # entered again for the new one, before that is saved
        settings = self._create_settings(crm_ai_key="sk-new")
        self.assertIn(f"A key for {get_origin(other.url)}", settings.crm_ai_key_note)
        self.env["crm.written.summary"].search([]).unlink()
        self.assertTrue(self._write_summary()["generated"])
        self.assertEqual(
            other.requests[-1]["headers"]["Authorization"], "Bearer sk-new"
        )

    def test_other_path_of_the_same_host_gets_the_key(self):
        self._set_up_model(**{URL: f"{self.server.url}/sub"})
        endpoint = self.env["crm.written.summary"]._get_endpoint()
        self.assertEqual(endpoint.key, SECRET)
        for url in (ELSEWHERE, self.server.url.replace("http:", "https:")):
            self.env["ir.config_parameter"].set_param(URL, url)
            endpoint = self.env["crm.written.summary"]._get_endpoint()
            with self.subTest(url=url):
                self.assertEqual(endpoint.key, "")

    def test_key_needs_its_address(self):
        self._set_up_model(**{URL: False})
        with self.assertRaisesRegex(ValidationError, "enter the address"):
            self._create_settings(crm_ai_key="sk-new")

    def test_key_of_a_copied_database_is_asked_for_again(self):
        self.env["ir.config_parameter"].set_param("database.secret", "another one")
        self.assertEqual(self.env["crm.written.summary"]._get_endpoint().key, "")
        note = self._create_settings().crm_ai_key_note
        self.assertIn("cannot be read in this copy", note)

    def _get_statements(self, act):
        """Return all SQL of ``act``, values included, as a log may have it."""
        with self.assertLogs("odoo.sql_db", logging.DEBUG) as logs, suppress(Exception):
            self.env.cr.execute("SELECT 1")  # of some acts, it is the only one
            act()
            self.env.flush_all()
        return "\n".join(record.getMessage() for record in logs.records)

    def test_key_is_in_no_statement(self):
        parameters = self.env["ir.config_parameter"]
        record = parameters.search([("key", "=", KEY)])
        hidden = self.admin_env["ir.config_parameter"]
        acts = {
            "saved": lambda: self._create_settings(crm_ai_key="sk-fresh"),
            "set": lambda: parameters.set_param(KEY, "sk-fresh"),
            "written": lambda: record.write({"value": "sk-fresh"}),
            "created beside": lambda: parameters.create(
                {"key": KEY, "value": "sk-fresh"}
            ),
            "set hidden": lambda: hidden.set_param(KEY, "sk-fresh"),
            "created hidden": lambda: hidden.create({"key": KEY, "value": "sk-fresh"}),
            "renamed": lambda: parameters.create({"key": "other", "value": "1"}).write(
                {"key": KEY, "value": "sk-fresh"}
            ),
        }
        for name, act in acts.items():
            with self.subTest(name=name):
                with self.env.cr.savepoint() as savepoint:
                    statements = self._get_statements(act)
                    savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache("stable")
                self.assertNotIn("sk-fresh", statements)
        self.assertNotIn(SECRET, record.value)

    def test_hidden_key_is_not_set_by_its_name(self):
        for name in ("set_param", "get_param"):
            method = getattr(self.admin_env["ir.config_parameter"], name)
            with self.subTest(name=name), self.assertRaises(AccessError):
                method(KEY, "sk-fresh")
        with self.assertRaises(AccessError):
            self.admin_env["ir.config_parameter"].create(
                {"key": KEY, "value": "sk-fresh"}
            )
        self.assertEqual(self._get_key(), SECRET)

    def test_migration_seals_a_key_that_stood_open(self):
        self.env.cr.execute(
            "UPDATE ir_config_parameter SET value = %s WHERE key = %s", ["sk-old", KEY]
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        path = "crm_dashboards_ai/migrations/19.0.2.1.0/post-key.py"
        load_script(file_path(path), "post_key").migrate(self.env.cr, "19.0.2.0.0")
        self.assertEqual(self._get_key(), "sk-old")
        self.assertNotIn("sk-old", self._get_stored(KEY))

    def test_new_key_ends_the_pause_after_a_failure(self):
        self.server.reply = self.server.send(401)
        self._write_summary()
        self.server.reply = self.server.say(GOOD)
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
        self.assertEqual(
            action["params"]["message"],
            "This month is 18% behind the same days of last month.",
        )

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
            "The model wrote something else": self.server.say("12"),
        }
        for words, reply in replies.items():
            self.server.reply = reply
            with self.subTest(words=words), self.assertRaises(UserError) as failure:
                self._create_settings().action_test_summary()
            self.assertIn(words, str(failure.exception))

    def test_test_waits_its_turn(self):
        self._occupy_slots(False)
        for workers, words in (
            (0, "under way"),
            (4, "under way"),
            (1, "single worker"),
        ):
            with (
                self.subTest(workers=workers),
                patch.dict(config.options, workers=workers),
                self.assertRaisesRegex(UserError, words),
            ):
                self._create_settings().action_test_summary()
        self.assertEqual(self.server.requests, [])

    def test_every_reason_has_words(self):
        reasons = (
            "address slow unreachable redirect key not_found busy refused failing "
            "too_big unreadable empty too_long words occupied no_worker"
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
