# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import logging
from datetime import timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from ..models.crm_written_summary import KEPT, PAUSE
from ..models.summary_parameters import ENABLED, MODEL
from .common import GOOD, SECRET, SummaryCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSummary(SummaryCase):
    def _get_content(self):
        """Return the figures and facts that the last call sent."""
        body = json.loads(self.server.requests[-1]["body"])
        return json.loads(body["messages"][1]["content"])

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
                "text": "Sales of the past year: 1,500\xa0€, that is 50 % more than "
                "before.",
                "source_label": "Written by small-model",
                "generated": True,
            },
        )

    def test_figures_follow_the_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        text = self._write_summary(lang="de_DE")["text"]
        self.assertIn("1.500", text)
        (request,) = self.server.requests
        self.assertIn("Write in the language de_DE.", request["body"])

    def test_contact_shows_its_company(self):
        self.assertEqual(
            self._write_summary(partner=self.contact), self._write_summary()
        )

    def test_figures_sent(self):
        self._write_summary()
        content = self._get_content()
        values = {
            figure["placeholder"]: figure["value"] for figure in content["figures"]
        }
        # worked by hand: two orders a year, the last on 10 August, today 21 November
        self.assertEqual(values["{{this_year}}"], 1500)
        self.assertEqual(values["{{last_year}}"], 1000)
        self.assertEqual(values["{{year_change}}"], 0.5)
        self.assertEqual(values["{{month_orders}}"], 0)
        self.assertEqual(values["{{recency_days}}"], 103)
        self.assertNotIn("{{month_change}}", values)
        self.assertIn("Over the year, sales are growing.", content["facts"])

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
            f"{GOOD} Sales grew by 12 %.",
            f"{GOOD} The profit is {{{{profit}}}}.",
            f"{GOOD} <img src=x onerror=alert()>",
            f"{GOOD} [Click](https://evil.example)",
            f"{GOOD} {SECRET}",
            GOOD * 20,
        ]
        for answer in answers:
            self.env["crm.written.summary"].search([]).unlink()
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
            self.env["crm.written.summary"].search([]).unlink()
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
        self.server.reply = self.server.say("Otherwise: {{this_year}}.")
        self.assertEqual(self._write_summary(), first)
        self.assertEqual(self._write_summary(user=self.seller), first)
        self.assertEqual(len(self.server.requests), 1)

    def test_rejected_answer_is_not_asked_for_again(self):
        self.server.reply = self.server.say("12")
        self._write_summary()
        self._assert_by_rules(self._write_summary())
        self.assertEqual(len(self.server.requests), 1)

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
                self.env["crm.written.summary"].search([]).unlink()
                self.server.reply = reply
                self._write_summary()
        self.assertEqual(len(self.server.requests), len(replies))
        loggers = {record.name for record in logs.records}
        self.assertTrue([name for name in loggers if name.startswith("openai")])
        formatter = logging.Formatter()
        for record in logs.records:
            self.assertNotIn(SECRET, formatter.format(record))
