# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..tiles.words import format_amount
from .missing_order_common import EVERYONE, MissingOrderCase

CODE = "who_next"
TODAY = "2026-11-21"


class WhoNextCase(MissingOrderCase):
    """Customers whose order is missing: Late, Gone and Nobody's.

    Of their value at risk, 90 of 365 days are at stake.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].create(
            {
                "name": "Ann",
                "parent_id": cls.customers["Late"].id,
                "phone": "+32 2 290 34 90",
            }
        )

    def _get_content(self, tab="next", user=None, companies=None, **scope):
        self.env.flush_all()
        self.env.invalidate_all()
        scope = {**EVERYONE, "tabs": {CODE: tab}, **scope}
        return self._get_tile(CODE, user, scope, companies)

    def _get_rows(self, tab="next", **viewer):
        tile = self._get_content(tab, **viewer)
        if tile["state"] == "empty":
            return []
        return self._get_block(tile, "rows")["rows"]

    def _get_names(self, tab="next", **viewer):
        """Return who is called for what is at stake, without whom to speak to again."""
        rows = self._get_rows(tab, **viewer)
        return [row["title"] for row in rows if row["cell"] or tab != "next"]

    def _get_turn(self, name, **viewer):
        (row,) = (row for row in self._get_rows(**viewer) if row["title"] == name)
        return row

    def _get_chips(self, name, **viewer):
        return [chip["text"] for chip in self._get_turn(name, **viewer)["chips"]]

    def _press(self, key, name, user=None):
        tile = self._as(user or self.manager)["crm.dashboard.tile"]
        row_id = self.customers[name].id
        return tile.run_row_action(CODE, key, row_id, EVERYONE)

    def _plan(self, name, key="schedule", **answer):
        done = self._answer(self._press(key, name), **answer)
        self._date_acts()
        return done

    def _date_acts(self):
        # what Odoo dates is dated by the clock of the transaction
        for table in ("mail_activity", "crm_call_snooze", "crm_missing_order_decision"):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_date = %s WHERE create_date > %s",
                    SQL.identifier(table),
                    fields.Datetime.now(),
                    fields.Datetime.now(),
                )
            )

    def _log(self, name, user=None):
        action = self._press("log_engagement", name, user)
        wizard = self._as(user or self.manager)[action["res_model"]]
        wizard.with_context(**action["context"]).create({}).action_log()

    @classmethod
    def _create_quotation(cls, name, amount, validity, **values):
        """A quotation that was sent weeks ago, unless told otherwise."""
        values = {"state": "sent", "validity_date": validity, **values}
        with freeze_time("2026-11-01 12:00:00"):
            customer = cls.customers[name]
            return cls._create_order(customer, "2026-11-01", amount, **values)


@tagged("post_install", "-at_install")
class TestWhoNext(WhoNextCase):
    def test_who_and_why(self):
        row = self._get_turn("Late")
        self.assertEqual(
            [(chip["text"], chip["level"]) for chip in row["chips"]],
            [
                ("silent 40 days, usually 14", "danger"),
                ("never spoken to", "neutral"),
            ],
        )
        self.assertEqual((row["contact"], row["phone"]), ("Ann", "+32 2 290 34 90"))
        self.assertEqual(row["badge"]["metric_id"], self._get_metrics("Late").id)
        self.assertIs(row["status"], False)
        self.assertEqual(row["cell_note"], "next 90 days")

    def test_who_has_no_phone_is_written_to_or_gets_one(self):
        late = self.customers["Late"]
        people = late + late.child_ids
        people.phone = False
        people.email = False
        row = self._get_turn("Late")
        self.assertEqual((row["phone"], row["email"]), (False, False))
        self.assertEqual(row["add_phone"]["label"], "Add phone")
        action = self._press("add_phone", "Late")
        self.assertEqual((action["res_model"], action["res_id"]), (late._name, late.id))
        late.email = "late@example.com"
        row = self._get_turn("Late")
        self.assertEqual((row["email"], row["add_phone"]), (late.email, False))
        late.phone = "+32 2 290 34 91"
        row = self._get_turn("Late")
        self.assertEqual((row["phone"], row["email"]), (late.phone, False))

    def test_who_may_not_write_is_not_asked_for_a_phone(self):
        self.customers["Gone"].write({"phone": False, "email": False})
        self.assertTrue(self._get_turn("Gone")["add_phone"])
        self._create_strangers()
        self.assertFalse(self._get_turn("Gone", user=self.reader)["add_phone"])

    def test_stake_is_ninety_days_of_the_value_at_risk(self):
        for name in ("Late", "Gone", "Nobody's"):
            stake = self._get_turn(name)["cell"]["value"]
            at_risk = self._get_metrics(name).value_at_risk
            self.assertAlmostEqual(stake, at_risk * 90 / 365, delta=0.005)

    def test_past_alerts_say_how_much_of_it_is_lost(self):
        stake = self._get_turn("Late")["cell"]["value"]
        backtests = self.env["crm.metric.backtest"].search(
            [("company_id", "=", self.company.id)]
        )
        backtests.write({"alert_count": 0, "alert_risk_value": 0})
        values = {"alert_count": 49, "alert_risk_value": 200, "alert_lost_value": 100}
        backtests[0].write(values)
        self.assertEqual(self._get_turn("Late")["cell"]["value"], stake)
        backtests[0].alert_count = 50
        found = self._get_turn("Late")["cell"]["value"]
        self.assertAlmostEqual(found, stake / 2, delta=0.006)

    def test_what_ends_within_a_week_comes_first(self):
        first = ["Gone", "Late", "Nobody's"]
        self.assertEqual(self._get_names(), first)
        self._create_quotation("Regular", 10, "2026-11-29")
        self.assertEqual(self._get_names(), first)
        self._create_quotation("Regular", 10, "2026-11-28")
        self.assertEqual(self._get_names(), ["Regular", *first])
        self.assertIn(
            "quotation expires Nov 28 · 10\N{NO-BREAK SPACE}€",
            self._get_chips("Regular"),
        )
        # half of both, while the company has sent no quotation long ago
        self.assertEqual(self._get_turn("Regular")["cell"]["value"], 10)

    def test_days_of_chips(self):
        for day, words in (
            (TODAY, "today"),
            ("2026-11-22", "tomorrow"),
            ("2026-11-27", "Fri"),
            ("2026-11-28", "Nov 28"),
        ):
            quotation = self._create_quotation("Regular", 10, day)
            self.assertIn(f"expires {words} ", str(self._get_chips("Regular")))
            quotation.state = "cancel"

    def test_an_order_is_at_stake_once(self):
        stake = self._get_turn("Late")["cell"]["value"]
        self._create_quotation("Late", 1, "2026-12-24")
        self.assertEqual(self._get_turn("Late")["cell"]["value"], stake)
        self.assertNotIn("quotation", str(self._get_chips("Late")))
        self._create_quotation("Late", 10_000, "2026-12-24")
        self.assertEqual(self._get_turn("Late")["cell"]["value"], 5000.5)

    def test_what_only_adds_is_told_where_the_stake_comes_from_it(self):
        self._create_quotation("Late", 10_000, "2026-12-24")
        row = self._get_turn("Late")
        self.assertEqual(row["cell"]["value"], 5000)
        self.assertEqual(
            row["chips"][0],
            {
                "text": "open quotation · 5,000\N{NO-BREAK SPACE}€ likely",
                "level": "neutral",
            },
        )
        self.assertIn("silent 40 days", row["chips"][1]["text"])
        turn = self.env["crm.who.next"].browse(self.customers["Late"].id)
        reasons = turn.with_env(self._as(self.manager)).reasons
        self.assertIn("open quotation", reasons)

    def test_quotations_that_are_none_any_more(self):
        for values in (
            {"state": "draft"},
            {"state": "cancel"},
            {"state": "sale"},
            {"validity_date": TODAY},
        ):
            quotation = self._create_quotation("Regular", 10, "2026-11-23")
            quotation.write(values)
            if "validity_date" in values:
                self.assertIn("Regular", self._get_names())
                quotation.validity_date = "2026-11-20"
            self.assertNotIn("Regular", self._get_names(), values)

    def test_headline_counts_all_that_is_at_stake(self):
        rows = [row for row in self._get_rows() if row["cell"]]
        stakes = [row["cell"]["value"] for row in rows]
        (note,) = self._get_blocks(self._get_content(), "note")
        total = format_amount(sum(stakes), self.company.currency_id)
        self.assertEqual(note["text"], f"3 customers · {total} at stake")

    def test_salesperson_with_own_documents(self):
        self.assertEqual(self._get_names(user=self.seller), ["Late"])
        self._create_quotation("Slow", 40, "2026-11-23", user_id=self.colleague.id)
        self.assertEqual(self._get_names(user=self.seller), ["Late"])
        self._create_quotation("Slow", 10, "2026-11-23", user_id=self.seller.id)
        self.assertEqual(self._get_names(user=self.seller), ["Slow", "Late"])
        for user, value in ((self.seller, 5), (self.manager, 25)):
            row = self._get_turn("Slow", user=user)
            self.assertEqual(row["cell"]["value"], value)

    def test_second_company(self):
        there = self.sister | self.company
        self.assertEqual(self._get_names(companies=there), ["Gone", "Late"])
        self.assertEqual(
            self._get_chips("Late", companies=there)[0], "silent 29 days, usually 14"
        )

    def test_prospects_are_called_too(self):
        self.customers["Prospect"] = self._create_customer("Prospect", self.seller)
        self._create_quotation("Prospect", 500, "2026-11-23")
        self.assertEqual(self._get_names()[0], "Prospect")
        self.assertFalse(self._get_turn("Prospect")["badge"])
        self.assertEqual(self._get_names(user=self.seller), ["Prospect", "Late"])

    def test_one_of_seven_waits_to_be_spoken_to(self):
        """Of the upper half by sales, which is Lost, Gone, Late and Slow, 420."""
        self.assertEqual(self._get_rows()[-1]["title"], "Lost")
        for name in ("Late", "Gone", "Nobody's"):
            self._log(name)
        (row,) = self._get_rows()
        self.assertEqual(row["title"], "Lost")
        self.assertEqual([chip["text"] for chip in row["chips"]], ["never spoken to"])
        self.assertFalse(row["cell"])
        self._log("Lost")
        (row,) = self._get_rows()
        self.assertEqual(row["title"], "Slow")
        self._log("Slow")
        self.assertEqual(
            self._get_content()["message"],
            "Nobody is left to call. Done or planned: 3.",
        )

    def test_strangers(self):
        self._check_strangers_are_refused(CODE)

    def test_row_opens_its_customer(self):
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        action = tiles.open_report(CODE, EVERYONE, self._get_turn("Late")["drill"])
        self.assertEqual(action["res_id"], self.customers["Late"].id)
        with self.assertRaises(ValidationError):
            drill = {"key": "customer", "value": self.customers["Gone"].id}
            self._as(self.seller)["crm.dashboard.tile"].open_report(CODE, {}, drill)


@tagged("post_install", "-at_install")
class TestWhoNextActs(WhoNextCase):
    """A row leaves when something was done, and comes back for a reason."""

    def _travel(self, days):
        now = fields.Datetime.now() + timedelta(days=days)
        return freeze_time(now)

    def test_engagement_gives_a_week_of_peace(self):
        self._log("Gone")
        self.assertEqual(self._get_names(), ["Late", "Nobody's"])
        self.assertEqual(self._get_names("done"), ["Gone"])
        (row,) = self._get_rows("done")
        self.assertEqual(row["status"], "spoken to")
        with self._travel(1):
            self.assertEqual(self._get_names("done"), [])
        with self._travel(6):
            self.assertNotIn("Gone", self._get_names())
        with self._travel(7):
            self.assertIn("Gone", self._get_names())

    def test_planned_activity_until_its_day(self):
        self._plan("Gone", choice="day", date="2026-12-01")
        self.assertNotIn("Gone", self._get_names())
        (row,) = self._get_rows("done")
        self.assertEqual(row["status"], "Call planned for Dec 1")
        activity = self.customers["Gone"].activity_ids
        self.assertEqual(activity.user_id, self.manager)
        with freeze_time("2026-11-30 23:00:00"):
            self.assertNotIn("Gone", self._get_names())
        with freeze_time("2026-12-01 01:00:00"):
            self.assertIn("Gone", self._get_names())

    def test_snooze_until_its_day_here_and_among_missing_orders(self):
        self._plan("Gone", "snooze", choice="week")
        self.assertNotIn("Gone", self._get_names())
        (row,) = self._get_rows("done")
        self.assertEqual(row["title"], "Gone")
        self.assertEqual(row["status"], "snoozed until Nov 28")
        self.assertNotIn("Gone", self._get_alerts())
        self.assertIn("Gone", self._get_names(companies=self.sister))
        with freeze_time("2026-11-27 23:00:00"):
            self.assertNotIn("Gone", self._get_names())
        with freeze_time("2026-11-28 01:00:00"):
            self.assertIn("Gone", self._get_names())
            self.assertIn("Gone", self._get_alerts())

    def test_sent_quotation(self):
        quotation = self._create_quotation("Gone", 10, "2026-12-24", state="draft")
        self.assertIn("Gone", self._get_names())
        quotation.action_quotation_sent()
        self.assertNotIn("Gone", self._get_names())
        self.assertEqual(self._get_rows("done")[0]["status"], "quotation sent")

    def test_new_reason_brings_the_row_back(self):
        self._log("Gone")
        with freeze_time("2026-11-22 12:00:00"):
            self.assertNotIn("Gone", self._get_names())
            self._create_quotation("Gone", 10, "2026-11-30")
            self.assertNotIn("Gone", self._get_names())
        with freeze_time("2026-11-23 12:00:00"):  # a week before it expires
            self.assertEqual(self._get_names()[0], "Gone")
            self.assertEqual(self._get_turn("Gone")["status"], "spoken to")

    def test_the_second_day_after_calling_three_shows_three_others(self):
        for number in range(5):
            name = f"Further {number}"
            self.customers[name] = self._create_customer(name, self.seller)
            self._create_rhythm(self.customers[name], "2026-10-12", 30 + number)
        self._refresh()
        first = self._get_names()
        self.assertEqual(len(first), 7)
        for name in first[:3]:
            self._log(name)
        with self._travel(1):
            self._refresh()
            second = self._get_names()
        self.assertFalse(set(first[:3]) & set(second))
        self.assertGreaterEqual(len(second), 3)

    def test_who_may_not_read_the_customer_does_nothing_with_it(self):
        for key in ("log_engagement", "schedule", "snooze"):
            with self.assertRaises(ValidationError):
                self._press(key, "Gone", self.seller)
        with self.assertRaises(AccessError):
            self._as(self.seller)["crm.call.snooze"].create(
                {"partner_id": self.customers["Late"].id}
            )

    def test_what_was_done_can_be_undone_by_who_did_it(self):
        log = self._press("log_engagement", "Gone")
        wizard = self._as(self.manager)[log["res_model"]]
        logged = wizard.with_context(**log["context"]).create({}).action_log()
        planned = self._answer(self._press("schedule", "Late"), choice="week")
        snoozed = self._answer(self._press("snooze", "Nobody's"), choice="week")
        self.assertEqual(
            [done["params"]["message"] for done in (logged, planned, snoozed)],
            [
                "Call with Gone is logged.",
                "Call with Late is planned for Nov 28.",
                "Nobody's is snoozed until Nov 28.",
            ],
        )
        self.assertEqual(self._get_names(), [])
        for done in (logged, planned, snoozed):
            self.assertEqual(done["tag"], "crm_dashboards.answer")
            with self.assertRaisesRegex(UserError, "cannot be undone any more"):
                self._undo(done, self.colleague)
            self._undo(done)
            with self.assertRaisesRegex(UserError, "cannot be undone any more"):
                self._undo(done)
        self.assertEqual(self._get_names(), ["Gone", "Late", "Nobody's"])
        self.assertFalse(self.customers["Late"].activity_ids)

    def _undo(self, done, user=None):
        undo = done["params"]["undo"]
        dialog = self._as(user or self.manager)[undo["model"]].browse(undo["ids"])
        return getattr(dialog, undo["method"])()

    def test_undo_is_of_a_moment(self):
        planned = self._answer(self._press("schedule", "Late"), choice="week")
        activity = self.customers["Late"].activity_ids
        self.env.cr.execute(
            SQL(
                "UPDATE mail_activity SET create_date = create_date"
                " - INTERVAL '6 minutes' WHERE id = %s",
                activity.id,
            )
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self._undo(planned)
        self.assertTrue(activity.exists())

    def test_only_what_one_made_oneself_is_undone(self):
        """Whatever a client writes into the dialog's memory."""
        self.customers["Late"].with_user(self.colleague).activity_schedule()
        theirs = self.customers["Late"].activity_ids
        wizard = self._as(self.manager)["crm.call.wizard"].create(
            {"decision": "plan", "partner_ids": self.customers["Late"].ids}
        )
        for made in (
            {"mail.activity": theirs.ids},
            {"res.partner": self.customers["Late"].ids},
            {"mail.activity": ["1", {}]},
            ["mail.activity"],
            "mail.activity",
        ):
            wizard.made = made
            with self.assertRaises(UserError):
                wizard.action_undo()
        self.assertTrue(theirs.exists())

    def test_undone_snooze_leaves_the_one_before(self):
        self._plan("Gone", "snooze", choice="day", date="2026-12-01")
        with freeze_time("2026-11-21 13:00:00"):
            self._undo(self._answer(self._press("snooze", "Gone"), choice="two_weeks"))
            self._date_acts()
            row = self._get_rows("done")[0]
            self.assertEqual(row["status"], "snoozed until Dec 1")
        self.assertNotIn("Gone", self._get_alerts())
        with freeze_time("2026-12-01 12:00:00"):
            self.assertIn("Gone", self._get_names())
            self.assertIn("Gone", self._get_alerts())

    def test_notes_are_not_undone(self):
        note = self.customers["Late"].with_env(self._as(self.manager))
        message = note.message_post(body="A note")
        wizard = self._as(self.manager)["crm.log.engagement"].create(
            {
                "res_model": "res.partner",
                "res_id": note.id,
                "made": {"mail.message": message.ids},
            }
        )
        with self.assertRaises(UserError):
            wizard.action_undo()
        self.assertTrue(message.exists())

    def test_campaign_is_told_and_gives_no_peace(self):
        metrics = self._get_metrics("Gone").with_env(self._as(self.manager))
        self._answer(metrics.action_reactivate(), kind="opportunity")
        row = self._get_turn("Gone")
        self.assertIn("in a campaign since", row["status"])

    def test_days_of_the_dialog(self):
        wizard = self._as(self.manager)["crm.call.wizard"]
        values = {"partner_ids": self.customers["Gone"].ids, "decision": "snooze"}
        for choice, day in (("tomorrow", "2026-11-22"), ("week", "2026-11-28")):
            found = wizard.create({**values, "choice": choice}).date
            self.assertEqual(str(found), day)
        with self.assertRaises(ValidationError):
            wizard.create({**values, "choice": "day", "date": TODAY})
