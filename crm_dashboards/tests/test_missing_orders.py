# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from ..tiles.words import format_amount
from .missing_order_common import CODE, EVERYONE, MissingOrderCase
from .search_view import open_report

SUM = "expected_order_value:sum"
RISK = "value_at_risk:sum"


@tagged("post_install", "-at_install")
class TestMissingOrders(MissingOrderCase):
    """Who is late by its own rhythm; tile, report and workbook say the same."""

    def _check_one_number(self, count, total, **viewer):
        """Compare the tile's headline with report and workbook, all with by hand."""
        tile = self._get_tile(CODE, **viewer)
        headline, at_risk = self._get_block(tile, "figure")["figures"]
        words = "order missing" if count == 1 else "orders missing"
        amount = f"{total:,}\N{NO-BREAK SPACE}€"
        self.assertEqual(headline["cell"]["value"], count)
        self.assertEqual(headline["label"], f"{words} · {amount} expected")
        user, companies = viewer.get("user", self.manager), viewer.get("companies")
        report = open_report(self._as(user, companies), CODE, viewer.get("scope"))
        figures = report.aggregate("__count", SUM, RISK)
        self.assertEqual((figures["__count"], figures[SUM]), (count, total))
        self.assertEqual(at_risk["label"], "a year at risk")
        self.assertEqual(at_risk["cell"]["value"], figures[RISK])
        content = self._export_report(
            CODE, user, companies, domain=report.get_plain_domain()
        )
        rows = self._read_records(self._open(content)["Missing Orders"])
        self.assertEqual(len(rows), count)
        self.assertEqual(sum(row["Expected Value"] for row in rows), total)

    def test_headline_is_the_report_is_the_workbook(self):
        self._check_one_number(3, 350)

    def test_each_account_manager_has_numbers_of_its_own(self):
        for account_manager, total in (
            (self.seller.id, 100),
            (self.colleague.id, 200),
            ("none", 50),
        ):
            with self.subTest(account_manager=account_manager):
                self._check_one_number(
                    1, total, scope={"account_manager": account_manager}
                )

    def test_salesperson_with_own_documents(self):
        self._check_one_number(1, 100, user=self.seller)
        self.assertEqual(self._get_alerts(user=self.seller), ["Late"])

    def test_second_company(self):
        for companies in (self.sister, self.sister | self.company):
            self._check_one_number(2, 3000, companies=companies)
            self._check_one_number(1, 1000, user=self.seller, companies=companies)

    def test_what_is_said_of_a_missing_order(self):
        metric = self._get_metrics("Late")
        self.assertTrue(metric.is_missing)
        self.assertEqual(metric.interval_days, 14)
        self.assertEqual(metric.expected_order_date, date(2026, 10, 26))
        self.assertEqual(metric.days_overdue, 26)
        row = self._get_row("Late")
        rhythm, gaps = "Usually every 14 days, now 40", "5 of 5 gaps were shorter"
        at_risk = format_amount(metric.value_at_risk, metric.currency_id)
        self.assertEqual(row["subtitle"], rhythm)
        self.assertEqual(
            row["cell_hint"], f"{gaps} · leaves: 8% · {at_risk} a year at risk"
        )
        self.assertEqual(row["cell"]["value"], 100)
        self.assertEqual(row["cell_note"], "26 days late")
        self.assertEqual(metric.missing_reason, f"{rhythm} · {gaps}")
        # orders every 14 days from 3 August to 12 October, 110 days until today
        places = [round(day / 110, 4) for day in range(0, 71, 14)]
        self.assertEqual(row["rhythm"], {"places": places})

    def test_account_managers_are_shown_where_there_may_be_several(self):
        """Of one's own customers, the rows need not say whose they are."""
        row = self._get_row("Late")
        self.assertEqual(row["avatar"]["name"], self.seller.name)
        mine = {"account_manager": "me"}
        row = self._get_row("Late", user=self.seller, scope=mine)
        self.assertFalse(row["avatar"])

    def test_a_broken_order_is_no_day_of_a_rhythm(self):
        rhythm = self._get_row("Late")["rhythm"]
        order = self._create_order(self.customers["Late"], "2026-11-10", 5)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET amount_untaxed = 'NaN' WHERE id = %s", [order.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self._get_row("Late")["rhythm"], rhythm)

    def test_who_leaves_worked_by_hand(self):
        """No order within 90 days, by the order-days of all seven customers.

        Six have 5 after their first one, in 110, 103, 100, 90, 77 and 220 days and a
        half, Busy has 31 in 220: 61 in 923.5 days, mean 0.06605. Variance
        (373.9 - 61) / 144459 = 0.002166, so that shape and rate are 2.014 and 30.49.
        Late: (140.99 / 230.99) ** 7.014 = 0.0313, odds 0.0324 times 40 / 14 days are
        0.0924, a probability of 0.0846.
        """
        self.assertEqual(self._get_metrics("Late").churn_probability, 0.08)
        for name in ("Regular", "Lost"):  # on time, and waited for no more
            self.assertFalse(self._get_metrics(name).churn_probability)

    def test_customer_s_page_says_who_leaves(self):
        tile = self._as(self.manager)["crm.dashboard.tile"].get_tiles(
            "customer",
            ["customer_next_order", "customer_sales_trend"],
            {"customer_id": self.customers["Late"].id},
        )
        line = self._get_next_order_line(tile["customer_next_order"])
        self.assertEqual(line["cell"]["value"], "26 days late")
        self.assertEqual(
            line["label"],
            "about 100\N{NO-BREAK SPACE}€, expected Oct 26 · leaves: 8%",
        )
        self.assertIn(
            "usually every 14 days, the last 40 days ago; leaves: 8%.",
            str(tile["customer_sales_trend"]["blocks"]),
        )

    def test_most_at_risk_comes_first(self):
        self.assertEqual(self._get_alerts(), ["Gone", "Late", "Nobody's"])
        metric = self._get_metrics("Late")
        # 6 orders of 100 since the first one 110 days ago, times a probability to .01
        per_cent = 100 * metric.value_at_risk / (600 * 365 / 110)
        self.assertTrue(0 < per_cent < 100)
        self.assertAlmostEqual(per_cent, round(per_cent), delta=0.001)

    def test_who_is_not_late_enough_is_overdue_only(self):
        self.assertEqual(
            self._get_metrics("Slow", "Regular", "Lost").mapped("order_state"),
            ["overdue", "expected", "lapsed"],
        )
        with freeze_time("2026-11-28 12:00:00"):  # 27 days of silence
            self._refresh()
            self.assertNotIn("Slow", self._get_alerts())
        with freeze_time("2026-11-29 12:00:00"):  # two intervals
            self._refresh()
            self.assertIn("Slow", self._get_alerts())

    def test_without_the_facet_everybody_overdue_is_there(self):
        report = open_report(self._as(self.manager), CODE)
        del report.defaults["missing"]
        names = report.search().partner_id.mapped("name")
        self.assertEqual(set(names), {"Late", "Gone", "Nobody's", "Slow"})
        self.assertEqual(report.aggregate(SUM)[SUM], 420)
        report.defaults = {"lapsed": 1}
        self.assertEqual(report.search().partner_id.mapped("name"), ["Lost"])

    def test_who_is_a_little_late_is_counted_and_shown(self):
        text = self._get_little_late_text()
        self.assertEqual(
            text["text"],
            "1 more customer is past its usual day, but not late enough to worry.",
        )
        report = open_report(
            self._as(self.manager), CODE, EVERYONE, text["link"]["drill"]
        )
        self.assertEqual(report.search().partner_id.mapped("name"), ["Slow"])
        self.customers["Slow"].user_id = self.colleague
        mine = {"account_manager": "me"}
        self.assertFalse(self._get_little_late_text(user=self.seller, scope=mine))

    def _get_little_late_text(self, **viewer):
        texts = self._get_blocks(self._get_tile(CODE, **viewer), "text")
        return next((text for text in texts if "past" in text["text"]), False)

    def test_lapsed_after_the_company_s_days(self):
        self.company.crm_missing_lapsed_days = 35
        self._refresh()
        # three intervals, 42 days, are waited for at least
        self.assertIn("Late", self._get_alerts())
        with freeze_time("2026-11-24 12:00:00"):  # 43 days
            self._refresh()
            self.assertEqual(self._get_metrics("Late").order_state, "lapsed")
            self.assertNotIn("Late", self._get_alerts())

    def test_newer_order_takes_the_alert_away_at_once(self):
        with freeze_time("2026-11-21 13:00:00"):
            order = self._create_order(
                self.customers["Late"], "2026-11-21 12:30:00", 5, state="draft"
            )
            self.assertIn("Late", self._get_alerts())
            order.action_confirm()
            self._check_one_number(2, 250)
            self.assertEqual(self._get_alerts(), ["Gone", "Nobody's"])
            self.assertFalse(self._get_metrics("Late").days_overdue)
            # of the other company, where nobody ordered
            self.assertIn("Late", self._get_alerts(companies=self.sister))
            order._action_cancel()
            self.assertIn("Late", self._get_alerts())

    def test_order_of_a_contact_is_its_company_s(self):
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.customers["Late"].id}
        )
        with freeze_time("2026-11-21 13:00:00"):
            self._create_order(contact, "2026-11-21 12:30:00", 5)
            self.assertEqual(self._get_alerts(), ["Gone", "Nobody's"])

    def test_empty_tile_says_why(self):
        mine = {"account_manager": "me"}
        tile = self._get_tile(CODE, scope=mine)
        self.assertEqual(tile["state"], "empty")
        self.assertTrue(
            tile["message"].startswith(
                "None of the company's customers is assigned to you."
            )
        )
        self.customers["Regular"].user_id = self.manager
        self.assertEqual(
            self._get_tile(CODE, scope=mine)["message"],
            "No order is missing: everybody ordered as usual. "
            "Only your customers are shown.",
        )

    def test_row_opens_its_customer(self):
        drill = self._get_row("Late")["drill"]
        tile = self._as(self.manager)["crm.dashboard.tile"]
        action = tile.open_report(CODE, EVERYONE, drill)
        self.assertEqual(action["res_model"], "res.partner")
        self.assertEqual(action["res_id"], self.customers["Late"].id)


@tagged("post_install", "-at_install")
class TestMissingOrderDecisions(MissingOrderCase):
    def _run(self, action, name="Late", user=None):
        tile = self._as(user or self.manager)["crm.dashboard.tile"]
        return tile.run_row_action(CODE, action, self._get_metrics(name).id, EVERYONE)

    def test_each_button_of_a_row_opens_its_dialog(self):
        actions = {
            action["key"]: self._run(action["key"])
            for action in self._get_row("Late")["actions"]
        }
        self.assertEqual(
            {
                key: action.get("res_model") or action["type"]
                for key, action in actions.items()
            },
            {
                "usual_order": "ir.actions.client",
                "snooze": "crm.missing.order.wizard",
                "not_a_loss": "crm.missing.order.wizard",
                "schedule": "crm.call.wizard",
            },
        )
        for key in ("snooze", "not_a_loss"):
            context = actions[key]["context"]
            self.assertEqual(context["default_decision"], key)
            self.assertEqual(
                context["default_metric_ids"], self._get_metrics("Late").ids
            )
        self.assertIn(
            str(self.customers["Late"].id), str(actions["schedule"]["context"])
        )

    def test_other_buttons_and_rows_are_refused(self):
        with self.assertRaises(ValidationError):
            self._run("unlink")
        for action in ("snooze", "not_a_loss", "schedule"):
            with self.subTest(action=action), self.assertRaises(AccessError):
                self._run(action, "Gone", self.seller)

    def test_snoozed_alert_comes_back_on_its_day(self):
        self._answer(self._run("snooze"), choice="day", date="2026-11-28")
        self.assertEqual(self._get_alerts(), ["Gone", "Nobody's"])
        report = open_report(self._as(self.manager), CODE)
        self.assertEqual(report.aggregate(SUM)[SUM], 250)
        self.assertIn("Late", self._get_alerts(companies=self.sister))
        with freeze_time("2026-11-27 23:59:59"):
            self.assertEqual(self._get_alerts(), ["Gone", "Nobody's"])
        with freeze_time("2026-11-28 00:00:00"):
            self.assertIn("Late", self._get_alerts())

    def test_empty_tile_says_that_alerts_are_put_off(self):
        self._answer(self._run("snooze", user=self.seller), self.seller)
        self.assertEqual(
            self._get_tile(CODE, user=self.seller)["message"],
            "No order is missing. Put off: 1. Only your customers are shown.",
        )

    def test_snooze_lasts_two_weeks_unless_told_otherwise(self):
        self._answer(self._run("snooze"))
        with freeze_time("2026-12-04 12:00:00"):
            self.assertNotIn("Late", self._get_alerts())
        with freeze_time("2026-12-05 12:00:00"):
            self.assertIn("Late", self._get_alerts())

    def test_not_a_loss_holds_until_the_next_order(self):
        self._answer(self._run("not_a_loss"), reason="On holiday")
        self.assertEqual(self._get_alerts(), ["Gone", "Nobody's"])
        with freeze_time("2026-12-10 12:00:00"):
            self._refresh()
            self.assertEqual(self._get_metrics("Late").order_state, "missing")
            self.assertNotIn("Late", self._get_alerts())
        with freeze_time("2027-01-25 12:00:00"):  # 45 days after its next order
            self._create_order(self.customers["Late"], "2026-12-11", 100)
            self._refresh()
            self.assertIn("Late", self._get_alerts())

    def test_decisions_are_remembered_and_the_newest_counts(self):
        self._answer(self._run("not_a_loss"), reason="On holiday")
        self._answer(
            self._run("snooze", user=self.seller),
            self.seller,
            choice="day",
            date="2026-11-22",
        )
        decisions = self.env["crm.missing.order.decision"].search(
            [("partner_id", "=", self.customers["Late"].id)]
        )
        self.assertEqual(
            [
                (each.decision, each.reason, each.snoozed_until, each.create_uid)
                for each in decisions
            ],
            [
                ("snooze", False, date(2026, 11, 22), self.seller),
                ("not_a_loss", "On holiday", False, self.manager),
            ],
        )
        self.assertEqual(set(decisions.mapped("last_order_date")), {date(2026, 10, 12)})
        self.assertEqual(decisions.company_id, self.company)
        with freeze_time("2026-11-22 12:00:00"):
            self.assertIn("Late", self._get_alerts())
        for user in (self.manager, self.seller):
            with self.assertRaises(AccessError):
                decisions.with_user(user).write({"reason": "Another"})
            with self.assertRaises(AccessError):
                decisions.with_user(user).unlink()

    def _undo(self, done, user=None):
        undo = done["params"]["undo"]
        dialog = self._as(user or self.manager)[undo["model"]].browse(undo["ids"])
        getattr(dialog, undo["method"])()
        self.env.flush_all()

    def test_dialogs_name_the_customer_and_actions_answer(self):
        for key, answer, title, message in (
            (
                "snooze",
                {"choice": "week"},
                "Snooze Late",
                "Late is snoozed until Nov 28.",
            ),
            ("not_a_loss", {"reason": "Ill"}, "Not a Loss: Late", "Late is no loss."),
            (
                "schedule",
                {"choice": "tomorrow"},
                "Plan with Late",
                "Call with Late is planned for tomorrow.",
            ),
        ):
            with self.subTest(key=key):
                action = self._run(key)
                self.assertEqual(action["name"], title)
                done = self._answer(action, **answer)
                self.assertEqual(done["params"]["message"], message)
                self._undo(done)
                row = self._get_row("Late")
                self.assertFalse(row["status"])

    def test_row_says_what_is_planned(self):
        self._answer(self._run("schedule"), choice="day", date="2026-12-01")
        self.assertEqual(self._get_row("Late")["status"], "Call planned for Dec 1")
        self.assertFalse(self._get_row("Gone")["status"])
        report = self._get_metrics("Late", "Gone").with_env(self._as(self.manager))
        self.assertEqual(report.mapped("follow_up"), ["Call planned for Dec 1", False])

    def test_row_says_that_the_customer_is_in_a_campaign(self):
        metrics = self._get_metrics("Late").with_env(self._as(self.manager))
        done = self._answer(metrics.action_reactivate(), kind="opportunity")
        self.assertEqual(done["params"]["message"], "Late is in the campaign.")
        self.assertIn("in a campaign since ", self._get_row("Late")["status"])
        self._undo(done)
        self.assertFalse(self._get_row("Late")["status"])
        leads = self.env["crm.lead"].search(
            [("partner_id", "=", self.customers["Late"].id)]
        )
        self.assertFalse(leads)
        self._answer(metrics.action_reactivate(), kind="opportunity")  # once more

    def test_undone_decision_leaves_the_one_before(self):
        self._answer(self._run("not_a_loss"), reason="On holiday")
        done = self._answer(self._run("snooze"), choice="tomorrow")
        self._undo(done)
        newest = self.env["crm.missing.order.decision"].search(
            [("partner_id", "=", self.customers["Late"].id)], limit=1
        )
        self.assertEqual((newest.decision, newest.reason), ("not_a_loss", "On holiday"))
        self.assertNotIn("Late", self._get_alerts())

    def test_several_customers_at_once(self):
        metrics = self._get_metrics("Late", "Gone").with_env(self._as(self.manager))
        action = metrics.action_snooze()
        self.assertEqual(action["name"], "Snooze 2 customers")
        done = self._answer(action, choice="week")
        self.assertEqual(done["params"]["message"], "Late, Gone: snoozed until Nov 28.")
        self.assertEqual(self._get_alerts(), ["Nobody's"])
        self._undo(done)
        self.assertEqual(len(self._get_alerts()), 3)
        planned = self._answer(metrics.action_schedule_activity(), choice="week")
        self.assertEqual(
            planned["params"]["message"],
            "Call with Late, Gone is planned for Nov 28.",
        )
        self.env.invalidate_all()
        self.assertEqual(self._get_row("Gone")["status"], "Call planned for Nov 28")

    def test_next_expected_order_of_one_that_is_late(self):
        """Expected on Oct 26, every 14 days: on Nov 9, on Nov 23."""
        action = self._run("snooze")
        wizard = self._as(self.manager)[action["res_model"]]
        wizard = wizard.with_context(**action["context"]).create({"choice": "expected"})
        self.assertEqual(str(wizard.date), "2026-11-23")
        metrics = self._get_metrics("Late", "Gone")
        self.assertFalse(metrics._get_next_expected_date())
        self.assertEqual(
            str(self._get_metrics("Regular")._get_next_expected_date()), "2026-11-28"
        )

    def test_answers_that_say_nothing_are_refused(self):
        for action, answer in (
            ("snooze", {"choice": "day", "date": "2026-11-21"}),
            ("snooze", {"choice": "day", "date": "2026-01-01"}),
            ("not_a_loss", {}),
        ):
            with self.subTest(action=action), self.assertRaises(ValidationError):
                self._answer(self._run(action), **answer)
        self.assertIn("Late", self._get_alerts())

    def test_one_who_may_only_read_gets_no_buttons(self):
        reader = self._create_user("reader", "account.group_account_readonly")
        self.assertEqual(self._get_row("Late", user=reader)["actions"], [])
        self.assertEqual(len(self._get_row("Late")["actions"]), 4)
        with self.assertRaises(AccessError):
            self._answer(self._run("snooze", user=reader), reader)
        with self.assertRaises(AccessError):
            self._as(reader)["crm.missing.order.decision"].create(
                {
                    "partner_id": self.customers["Late"].id,
                    "decision": "not_a_loss",
                }
            )


@tagged("post_install", "-at_install")
class TestMissingOrderOfPartner(MissingOrderCase):
    """The same figures on the customers themselves."""

    def _search(self, domain, user=None, companies=None):
        partners = self._as(user or self.manager, companies)["res.partner"]
        return set(partners.search(domain).mapped("name"))

    def test_search(self):
        missing = [("crm_is_missing", "=", True)]
        self.assertEqual(self._search(missing), {"Late", "Gone", "Nobody's"})
        self.assertEqual(self._search(missing, self.seller), {"Late"})
        self.assertEqual(self._search(missing, companies=self.sister), {"Late", "Gone"})
        overdue = [("crm_days_overdue", ">", 18)]
        self.assertEqual(self._search(overdue), {"Late", "Gone"})
        overdue = [("crm_days_overdue", "=", 6)]
        self.assertEqual(self._search(overdue), {"Slow"})

    def test_values_of_the_company(self):
        late = self.customers["Late"]
        here = late.with_env(self._as(self.manager))
        there = late.with_env(self._as(self.manager, self.sister))
        # expected on 26 October here, on 6 November there
        self.assertEqual((here.crm_days_overdue, there.crm_days_overdue), (26, 15))
        regular = self.customers["Regular"].with_env(self._as(self.manager))
        self.assertFalse(regular.crm_is_missing)
        self.assertFalse(regular.crm_days_overdue)

    def test_group(self):
        partners = self._as(self.manager)["res.partner"]
        ids = [customer.id for customer in self.customers.values()]
        groups = partners.formatted_read_group(
            [("id", "in", ids)],
            ["crm_is_missing"],
            ["__count", "crm_days_overdue:avg"],
        )
        by_missing = {group["crm_is_missing"]: group for group in groups}
        self.assertEqual(by_missing[True]["__count"], 3)
        self.assertEqual(by_missing[False]["__count"], 3)
        # 26, 19 and 16 days; of the others only Slow is overdue
        average = by_missing[True]["crm_days_overdue:avg"]
        self.assertAlmostEqual(float(average), 61 / 3)
        self.assertEqual(by_missing[False]["crm_days_overdue:avg"], 6)
