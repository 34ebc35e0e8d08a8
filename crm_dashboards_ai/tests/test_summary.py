# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import logging
from contextlib import closing
from datetime import timedelta
from unittest.mock import patch

from odoo.sql_db import db_connect
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from ..models.crm_written_summary import KEPT, PAUSE
from ..models.summary_parameters import ENABLED, MODEL, URL
from .common import GOOD, OTHER, SECRET, SummaryCase, serve


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSummary(SummaryCase):
    def _get_content(self):
        """Return the figures and facts that the last call sent."""
        body = json.loads(self.server.requests[-1]["body"])
        return json.loads(body["messages"][1]["content"])

    def _forget(self):
        self.env["crm.written.summary"].search([]).unlink()

    def _age(self, delta):
        """Make everything that is kept older by ``delta``."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_written_summary SET create_date = create_date - %s", [delta]
        )
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # A good answer
    # ------------------------------------------------------------------

    def test_model_writes_and_the_server_puts_the_figures_in(self):
        self.assertEqual(
            self._write_summary(),
            {
                "text": "The past 12 months brought 1,500\xa0€, after 1,000\xa0€ in "
                "the 12 months before.",
                "source_label": "Written by small-model",
                "generated": True,
            },
        )

    def test_figures_follow_the_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        text = self._write_summary(lang="de_DE")["text"]
        self.assertIn("1.500", text)

    def test_sentences_are_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("de_DE")
        german = "Seit der letzten Bestellung: {{recency_days}} Tage."
        translate = patch.object(
            type(self.env["crm.customer.metric"]),
            "_get_summary_sentences",
            lambda metric, story: [german if metric.env.lang == "de_DE" else OTHER],
        )
        translate.start()
        self.addCleanup(translate.stop)
        self.server.reply = self.server.say(OTHER)
        self._assert_by_rules(self._write_summary(lang="de_DE"), lang="de_DE")
        self.assertIn(german, self._get_content()["sentences"])
        self._forget()
        self.server.reply = self.server.say(german)
        self.assertEqual(
            self._write_summary(lang="de_DE")["text"],
            "Seit der letzten Bestellung: 103 Tage.",
        )

    def test_contact_shows_its_company(self):
        self.assertEqual(
            self._write_summary(partner=self.contact), self._write_summary()
        )

    def test_figures_sent(self):
        self._write_summary()
        content = self._get_content()
        # worked by hand: two orders a year, the last on 10 August, today 21 November,
        # 181, 181 and 184 days apart; (750 + 750 + 500 + 500) / 4
        self.assertEqual(
            content["figures"],
            {
                "month_orders": 0,
                "same_days_orders": 0,
                "this_year": 1500,
                "last_year": 1000,
                "year_change": 0.5,
                "recency_days": 103,
                "interval_days": 181,
                "expected_day": "2027-02-08",
                "expected_value": 625,
            },
        )
        self.assertEqual(
            content["sentences"],
            [
                GOOD,
                "Over the year, sales are growing, maybe by chance.",
                "Over the past 12 months, sales were {{year_change}} higher than in "
                "the 12 months before.",
                OTHER,
                "Days since the last order: {{recency_days}}, where {{interval_days}} "
                "are usual between two orders.",
                "The next order is expected around {{expected_day}}.",
                "The next order is expected to be worth about {{expected_value}}.",
            ],
        )

    def test_no_name_is_sent(self):
        self._write_summary(user=self.seller)
        (request,) = self.server.requests
        sent = json.dumps(request["headers"]) + request["body"]
        names = (
            "Quagmire Zebedee Wilhelmina Ottoline Underhill Frobnicator Xylophone "
            f"{self.seller.login} {self.env.cr.dbname}"
        )
        for name in names.split():
            with self.subTest(name=name):
                words = rf"(?<![0-9A-Za-z]){name}(?![0-9A-Za-z])"
                self.assertNotRegex(sent.lower(), words.lower())

    # ------------------------------------------------------------------
    # The tile
    # ------------------------------------------------------------------

    def _get_summary_block(self):
        tiles = self._as(self.manager)["crm.dashboard.tile"].get_tiles(
            "customer", ["customer_sales_trend"], {"customer_id": self.customer.id}
        )
        return next(
            block
            for block in tiles["customer_sales_trend"]["blocks"]
            if block.get("text") == self._get_rules_text()
        )

    def test_tile_says_the_rules_and_asks_nobody(self):
        block = self._get_summary_block()
        self.assertEqual(block["type"], "written_summary")
        self.assertEqual(block["code"], "customer_sales_trend")
        self.assertEqual(block["customer_id"], self.customer.id)
        self.assertEqual(block["source_label"], "By rules")
        self.assertEqual(self.server.requests, [])

    def test_tile_is_as_ever_while_it_is_off(self):
        self._set_up_model(**{ENABLED: False})
        self.assertEqual(self._get_summary_block()["type"], "text")

    # ------------------------------------------------------------------
    # Other answers
    # ------------------------------------------------------------------

    def test_nobody_is_asked_while_it_is_off(self):
        self._set_up_model(**{ENABLED: False})
        self._assert_by_rules(self._write_summary())
        self.assertEqual(self.server.requests, [])

    def test_off_by_default(self):
        self.env["ir.config_parameter"].search([("key", "=", ENABLED)]).unlink()
        self.assertIsNone(self.env["crm.written.summary"]._get_endpoint())

    def test_lies_and_injections_stay_outside(self):
        answers = [
            "",
            f"{GOOD} Sales grew by 12%.",
            f"{GOOD} The profit is {{{{profit}}}}.",
            f"{GOOD} <img src=x onerror=alert()>",
            f"{GOOD} [Click](https://evil.example)",
            f"{GOOD} {SECRET}",
            f"{GOOD} Sales doubled.",
            f"{GOOD} Over the year, sales are declining.",
            GOOD.replace("{{this_year}}", "{{this_year}}k"),
            f"{GOOD} " * 20,
        ]
        for answer in answers:
            self._forget()
            self.server.reply = self.server.say(answer)
            with self.subTest(answer=answer[:80]):
                self._assert_by_rules(self._write_summary())
        self.assertEqual(len(self.server.requests), len(answers))

    def test_failures_leave_the_rules(self):
        self._limit_time(0.5)
        replies = {
            "slow": self.server.hang,
            "failing": self.server.send(500),
            "malformed": self.server.send(200, b"{"),
            "redirecting": self.server.send(307, Location="http://127.0.0.1:9/"),
        }
        for name, reply in replies.items():
            self._forget()
            self.server.reply = reply
            with self.subTest(name=name):
                self._assert_by_rules(self._write_summary())

    def test_customer_without_orders_is_not_asked_about(self):
        new = self._create_customer("New")
        self._create_orders([(new, "2026-11-01", -5)])
        self._refresh()
        summary = self._write_summary(partner=new)
        self.assertFalse(summary["generated"])
        self.assertEqual(self.server.requests, [])

    # ------------------------------------------------------------------
    # What is kept
    # ------------------------------------------------------------------

    def test_second_call_costs_nothing(self):
        first = self._write_summary()
        self.server.reply = self.server.say(OTHER)
        self.assertEqual(self._write_summary(), first)
        self.assertEqual(self._write_summary(user=self.seller), first)
        self.assertEqual(len(self.server.requests), 1)

    def test_rejected_answer_is_asked_for_again_after_a_while(self):
        self.server.reply = self.server.say("12")
        self._write_summary()
        self.server.reply = self.server.say(GOOD)
        self._assert_by_rules(self._write_summary())
        self.assertEqual(len(self.server.requests), 1)
        self._age(PAUSE + timedelta(seconds=1))
        self.assertTrue(self._write_summary()["generated"])

    def test_rejected_answer_is_no_pause_for_others(self):
        self.server.reply = self.server.say("12")
        self._write_summary()
        self.server.reply = self.server.say(GOOD)
        self.env["res.lang"]._activate_lang("fr_FR")
        self.assertTrue(self._write_summary(lang="fr_FR")["generated"])

    def test_changed_figures_are_written_anew(self):
        self._write_summary()
        self._create_orders([(self.customer, "2026-11-20", 300)])
        self._refresh()
        self.assertIn("1,800\xa0€", self._write_summary()["text"])
        self.assertEqual(len(self.server.requests), 2)

    def test_other_model_and_other_language_write_anew(self):
        self._write_summary()
        self._set_up_model(**{MODEL: "other-model"})
        self.assertEqual(
            self._write_summary()["source_label"], "Written by other-model"
        )
        self.env["res.lang"]._activate_lang("fr_FR")
        self._write_summary(lang="fr_FR")
        self.assertEqual(len(self.server.requests), 3)

    def test_another_customer_with_the_same_figures_is_another(self):
        self._write_summary()
        twin = (
            self.env["crm.written.summary"]
            .search([])
            .copy({"partner_id": self.contact.id, "template": "Wrong: {{this_year}}"})
        )
        self.assertTrue(twin)
        self.assertNotIn("Wrong", self._write_summary()["text"])

    def test_two_at_the_same_time_keep_both(self):
        self._write_summary()
        kept = self.env["crm.written.summary"].search([])
        kept.copy({"template": "Later: {{this_year}}."})
        self.env.flush_all()
        self.assertEqual(self._write_summary()["text"], "Later: 1,500\xa0€.")

    def test_failing_endpoint_is_left_alone_for_a_while(self):
        self.server.reply = self.server.send(500)
        self._write_summary()
        self.server.reply = self.server.say(GOOD)
        self._assert_by_rules(self._write_summary())
        self.assertEqual(len(self.server.requests), 1)
        self._age(PAUSE + timedelta(seconds=1))
        self.assertTrue(self._write_summary()["generated"])

    def test_pause_ends_with_a_new_address_or_model(self):
        self.server.reply = self.server.send(500)
        self._write_summary()
        self.server.reply = self.server.say(GOOD)
        self._set_up_model(**{MODEL: "other-model"})
        self.assertTrue(self._write_summary()["generated"])
        self._forget()
        self.server.reply = self.server.send(500)
        self._write_summary()
        other = serve(self)
        other.reply = other.say(GOOD)
        self._set_up_model(**{URL: other.url, MODEL: "other-model"})
        self.assertTrue(self._write_summary()["generated"])

    # ------------------------------------------------------------------
    # Few at a time
    # ------------------------------------------------------------------

    def test_nobody_is_asked_while_enough_are(self):
        self._occupy_slots(False)
        self._assert_by_rules(self._write_summary())
        self.assertEqual(self.server.requests, [])
        self._occupy_slots(True)  # at once, for nothing failed
        self.assertTrue(self._write_summary()["generated"])

    def test_one_call_about_a_customer_at_a_time(self):
        with closing(db_connect(self.env.cr.dbname).cursor()) as elsewhere:
            lock = self.env(cr=elsewhere)["crm.written.summary"]._try_lock
            self.assertTrue(lock(self.customer))
            self._assert_by_rules(self._write_summary())
            self.assertEqual(self.server.requests, [])
        self.assertTrue(self._write_summary()["generated"])

    def test_only_the_past_is_deleted(self):
        self._write_summary()
        summaries = self.env["crm.written.summary"]
        summaries._gc_summaries()
        self.assertEqual(len(summaries.search([])), 1)
        self._age(KEPT + timedelta(seconds=1))
        summaries._gc_summaries()
        self.assertFalse(summaries.search([]))

    # ------------------------------------------------------------------
    # The key
    # ------------------------------------------------------------------

    def test_key_is_in_no_log(self):
        self._limit_time(0.5)
        replies = [
            self.server.say(GOOD),
            self.server.say(SECRET),
            self.server.send(401, SECRET.encode()),
            self.server.send(307, Location=f"http://127.0.0.1:9/{self.id()}"),
            self.server.send(200, b"{"),
            self.server.hang,
        ]
        with self.assertLogs(level=logging.DEBUG) as logs:
            for reply in replies:
                self._forget()
                self.server.reply = reply
                self._write_summary()
        self.assertEqual(len(self.server.requests), len(replies))
        formatter = logging.Formatter()
        for record in logs.records:
            self.assertNotIn(SECRET, formatter.format(record))
