# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .missing_order_common import MissingOrderCase

JOB = "odoo.addons.crm_dashboards.models.crm_metric_refresh"
ALERTS = "odoo.addons.crm_dashboards.nightly.alerts"


class RecordedAlertCase(MissingOrderCase):
    """The first night, of 21 November, shows the alerts of Late, Gone and Nobody's."""

    def _run_night(self, day):
        with freeze_time(f"{day} 02:00:00"):
            self._refresh()
        self.env.invalidate_all()

    def _get_recorded(self, name, company=None):
        return self.env["crm.alert"].search(
            [
                ("partner_id", "=", self.customers[name].id),
                ("company_id", "=", (company or self.company).id),
            ]
        )

    def _get_outcome(self, name):
        outcome = self._get_recorded(name).outcome_ids
        return (outcome.result, outcome.date, outcome.days, outcome.is_in_time)

    def _get_actions(self, name):
        actions = self._get_recorded(name).action_ids
        return {each.kind: str(each.date) for each in actions}

    def _date(self, records, moment):
        """Have ``records`` made at a moment, which the database's clock knows not."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET create_date = %s WHERE id IN %s",
                SQL.identifier(records._table),
                moment,
                records._ids,
            )
        )
        records.invalidate_recordset()


@tagged("post_install", "-at_install")
class TestRecordedAlerts(RecordedAlertCase):
    def test_many_new_alerts_are_known_to_the_planner_at_once(self):
        """Of a company it took for one without alerts, it would look up each anew."""
        self.env.cr.execute("DELETE FROM crm_alert")
        self.env.cr.execute("ANALYZE crm_alert")
        companies = SQL(
            """
            SELECT COALESCE(most_common_vals::text, histogram_bounds::text)
              FROM pg_stats
             WHERE tablename = 'crm_alert' AND attname = 'company_id'
            """
        )
        with patch(f"{ALERTS}.MANY_ALERTS", 2):
            self._run_night("2026-11-21")
        ((known,),) = self.env.execute_query(companies)
        self.assertIn(str(self.company.id), known)

    def test_alert_is_noted_with_what_it_showed(self):
        alert = self._get_recorded("Late")
        # 14 days after 12 October; 26 days until 21 November
        self.assertEqual(
            (
                alert.kind,
                alert.date,
                alert.user_id,
                alert.currency_id,
                alert.last_order_date,
                alert.interval_days,
                alert.expected_order_date,
                alert.expected_order_value,
                alert.days_overdue,
            ),
            (
                "missing_order",
                date(2026, 11, 21),
                self.seller,
                self.euro,
                date(2026, 10, 12),
                14.0,
                date(2026, 10, 26),
                100,
                26,
            ),
        )
        metric = self._get_metrics("Late")
        self.assertEqual(alert.value_at_risk, metric.value_at_risk)
        self.assertGreater(alert.value_at_risk, 0)
        abroad = self._get_recorded("Late", self.sister)
        self.assertEqual(abroad.expected_order_value, 1000)

    def test_only_alerts_that_were_shown_are_noted(self):
        for name, shown in (
            ("Late", True),
            ("Gone", True),
            ("Nobody's", True),
            ("Slow", False),
            ("Regular", False),
            ("Lost", False),
        ):
            self.assertEqual(bool(self._get_recorded(name)), shown, name)
        self.assertFalse(self._get_recorded("Nobody's").user_id)

    def test_second_night_notes_nothing_again(self):
        alerts = self.env["crm.alert"].search([])
        self._run_night("2026-11-21")
        self._run_night("2026-11-22")
        self.assertEqual(self.env["crm.alert"].search([]), alerts)
        self.assertFalse(alerts.outcome_ids)
        self.assertFalse(alerts.action_ids)

    def test_snoozed_alert_is_noted_when_it_is_shown(self):
        customer = self._create_customer("Put off")
        self.customers["Put off"] = customer
        self._create_rhythm(customer, "2026-10-12", 10)
        self.env["crm.missing.order.decision"].create(
            {
                "partner_id": customer.id,
                "company_id": self.company.id,
                "decision": "snooze",
                "snoozed_until": "2026-12-01",
            }
        )
        self._run_night("2026-11-30")
        self.assertFalse(self._get_recorded("Put off"))
        self._run_night("2026-12-01")
        self.assertEqual(self._get_recorded("Put off").date, date(2026, 12, 1))

    def test_next_alert_of_a_customer_is_another_one(self):
        self._create_order(self.customers["Late"], "2026-11-25", 100)
        self._run_night("2026-11-26")
        self.assertEqual(len(self._get_recorded("Late")), 1)
        # silent for more than two intervals again
        self._run_night("2026-12-31")
        alerts = self._get_recorded("Late")
        self.assertEqual(
            alerts.mapped("last_order_date"), [date(2026, 11, 25), date(2026, 10, 12)]
        )

    # ------------------------------------------------------------------
    # Outcomes
    # ------------------------------------------------------------------

    def test_order_is_the_outcome(self):
        self._create_order(self.customers["Late"], "2026-11-25", 100)
        self._run_night("2026-11-26")
        expected = ("ordered", date(2026, 11, 25), 4, True)
        self.assertEqual(self._get_outcome("Late"), expected)
        self.assertFalse(self._get_recorded("Gone").outcome_ids)
        self._create_order(self.customers["Late"], "2026-11-27", 100)
        self._run_night("2026-11-28")
        self.assertEqual(self._get_outcome("Late"), expected)

    def test_order_of_the_same_day_is_one_after_no_days(self):
        self._create_order(self.customers["Late"], "2026-11-21 13:00:00", 100)
        self._run_night("2026-11-22")
        self.assertEqual(
            self._get_outcome("Late"), ("ordered", date(2026, 11, 21), 0, True)
        )

    def test_in_time_is_within_30_days(self):
        self._create_order(self.customers["Late"], "2026-12-21", 100)
        self._create_order(self.customers["Gone"], "2026-12-22", 100)
        self._run_night("2026-12-23")
        self.assertEqual(
            self._get_outcome("Late"), ("ordered", date(2026, 12, 21), 30, True)
        )
        self.assertEqual(
            self._get_outcome("Gone"), ("ordered", date(2026, 12, 22), 31, False)
        )

    def test_in_time_is_within_a_long_usual_interval(self):
        self._get_recorded("Late").interval_days = 31
        self._get_recorded("Gone").interval_days = 32
        for name in ("Late", "Gone"):
            self._create_order(self.customers[name], "2026-12-23", 100)
        self._run_night("2026-12-24")
        self.assertFalse(self._get_outcome("Late")[3])  # 32 days
        self.assertTrue(self._get_outcome("Gone")[3])

    def test_return_is_no_order(self):
        self._create_order(self.customers["Late"], "2026-11-25", -10)
        self._run_night("2026-11-26")
        self.assertFalse(self._get_recorded("Late").outcome_ids)

    def test_lapsed_is_an_outcome(self):
        # beyond 140 days after 12 October
        self._run_night("2027-03-01")
        self.assertFalse(self._get_recorded("Late").outcome_ids)
        self._run_night("2027-03-02")
        self.assertEqual(
            self._get_outcome("Late"), ("lapsed", date(2027, 3, 2), 101, False)
        )

    def test_one_order_is_the_outcome_of_the_oldest_open_alert(self):
        newer = self._get_recorded("Late")
        older = newer.copy({"date": "2026-11-01"})
        self.assertLess(newer.id, older.id)
        self._create_order(self.customers["Late"], "2026-11-25", 100)
        self._run_night("2026-11-26")
        self.assertEqual(older.outcome_ids.date, date(2026, 11, 25))
        self.assertFalse(newer.outcome_ids)
        self._run_night("2026-11-27")  # the same order, another night
        self.assertFalse(newer.outcome_ids)
        self._create_order(self.customers["Late"], "2026-11-28", 100)
        self._run_night("2026-11-29")
        self.assertEqual(newer.outcome_ids.date, date(2026, 11, 28))

    def test_two_orders_of_one_night_are_the_outcomes_of_two_alerts(self):
        newer = self._get_recorded("Late")
        older = newer.copy({"date": "2026-11-01"})
        for day in ("2026-11-25", "2026-11-28"):
            self._create_order(self.customers["Late"], day, 100)
        self._run_night("2026-11-29")
        self.assertEqual(older.outcome_ids.date, date(2026, 11, 25))
        self.assertEqual(newer.outcome_ids.date, date(2026, 11, 28))

    # ------------------------------------------------------------------
    # What was done about it
    # ------------------------------------------------------------------

    def _plan(self, document, moment, **values):
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(document._name),
                "res_id": document.id,
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "user_id": self.seller.id,
                **values,
            }
        )
        self._date(activity, moment)
        return activity

    def test_first_action_of_each_kind_is_noted(self):
        late, gone = self._get_metrics("Late", "Gone")
        contact = self._create_customer(
            "Buyer", is_company=False, parent_id=late.partner_id.id
        )
        for day in ("23", "24"):
            contact.with_user(self.seller).message_post(
                body="Called",
                message_type="notification",
                subtype_xmlid="mail.mt_activities",
                mail_activity_type_id=self.env.ref("mail.mail_activity_data_call").id,
                date=f"2026-11-{day} 10:00:00",
            )
            self._plan(contact, f"2026-11-{day} 11:00:00")
        decisions = self.env["crm.missing.order.decision"]
        snooze = decisions._decide(late, "snooze", snoozed_until="2026-12-24")
        self._date(snooze, "2026-11-23 12:00:00")
        loss = decisions._decide(gone, "not_a_loss", reason="Closed")
        self._date(loss, "2026-11-24 12:00:00")
        campaign = self.env["crm.reactivation"].create(
            {
                "partner_id": gone.partner_id.id,
                "company_id": self.company.id,
                "kind": "opportunity",
                "last_order_date": gone.last_order_date,
            }
        )
        self._date(campaign, "2026-11-25 12:00:00")
        self._run_night("2026-11-26")
        self.assertEqual(
            self._get_actions("Late"),
            {
                # the night sees the last of several engagements
                "engagement": "2026-11-24 10:00:00",
                "activity": "2026-11-23 11:00:00",
                "snooze": "2026-11-23 12:00:00",
            },
        )
        self.assertEqual(
            self._get_actions("Gone"),
            {
                "not_a_loss": "2026-11-24 12:00:00",
                "campaign": "2026-11-25 12:00:00",
            },
        )
        actions = self._get_recorded("Late").action_ids
        self._plan(contact, "2026-11-26 11:00:00")
        self._run_night("2026-11-27")
        self.assertEqual(self._get_recorded("Late").action_ids, actions)

    def test_what_was_done_before_is_no_action(self):
        late = self._get_metrics("Late")
        self._plan(late.partner_id, "2026-11-20 11:00:00")
        snooze = self.env["crm.missing.order.decision"]._decide(
            late, "snooze", snoozed_until="2026-12-24"
        )
        self._date(snooze, "2026-11-20 12:00:00")
        self._run_night("2026-11-26")
        self.assertFalse(self._get_actions("Late"))

    def test_activity_that_was_made_by_itself_is_no_action(self):
        late = self._get_metrics("Late")
        self._plan(late.partner_id, "2026-11-23 11:00:00", automated=True)
        self._run_night("2026-11-26")
        self.assertFalse(self._get_actions("Late"))

    def test_action_before_an_order_of_the_same_night_is_noted(self):
        """Else a night that was missed would turn who was called into who was not."""
        late = self.customers["Late"]
        self._plan(late, "2026-11-23 11:00:00")
        self._create_order(late, "2026-11-25", 100)
        self._run_night("2026-11-28")
        self.assertEqual(self._get_actions("Late"), {"activity": "2026-11-23 11:00:00"})
        self.assertEqual(
            self._get_outcome("Late")[:3], ("ordered", date(2026, 11, 25), 4)
        )

    def test_nothing_is_noted_about_alerts_that_are_over(self):
        late = self.customers["Late"]
        self._create_order(late, "2026-11-25", 100)
        self._run_night("2026-11-26")
        self._plan(late, "2026-11-27 11:00:00")
        self._run_night("2026-11-28")
        self.assertFalse(self._get_actions("Late"))

    # ------------------------------------------------------------------
    # All or nothing
    # ------------------------------------------------------------------

    def test_failed_night_leaves_nothing_half(self):
        self._create_order(self.customers["Late"], "2026-11-21 11:00:00", 100)
        with (
            patch(f"{ALERTS}._add_actions", side_effect=ZeroDivisionError("no")),
            mute_logger(JOB),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(
                "crm_dashboards.ir_cron_refresh_metrics"
            ).method_direct_trigger()
        self.assertFalse(self._get_recorded("Late").outcome_ids)
        self._refresh()
        self.assertTrue(self._get_recorded("Late").outcome_ids)


@tagged("post_install", "-at_install")
class TestAccountManagers(RecordedAlertCase):
    def _get_changes(self, customer):
        changes = self.env["crm.account.manager.change"].search(
            [("partner_id", "=", customer.id)], order="id"
        )
        return [(str(each.date), each.user_id) for each in changes]

    def test_first_night_notes_whose_each_customer_is(self):
        late = self.customers["Late"]
        self.assertEqual(self._get_changes(late), [("2026-11-21", self.seller)])
        self.assertFalse(self._get_changes(self.customers["Nobody's"]))

    def test_only_changes_are_noted(self):
        late, gone = self.customers["Late"], self.customers["Gone"]
        self._run_night("2026-11-22")
        late.user_id = self.colleague
        gone.user_id = False
        self._run_night("2026-11-25")
        self._run_night("2026-11-26")
        self.assertEqual(
            self._get_changes(late),
            [("2026-11-21", self.seller), ("2026-11-25", self.colleague)],
        )
        self.assertEqual(
            self._get_changes(gone),
            [("2026-11-21", self.colleague), ("2026-11-25", self.env["res.users"])],
        )

    def test_back_to_the_former_one_is_a_change(self):
        late = self.customers["Late"]
        for day, user in (("2026-11-23", self.colleague), ("2026-11-24", self.seller)):
            late.user_id = user
            self._run_night(day)
        self.assertEqual(
            [user for _day, user in self._get_changes(late)],
            [self.seller, self.colleague, self.seller],
        )

    def test_contacts_are_no_customers(self):
        contact = self._create_customer(
            "Buyer",
            self.colleague,
            is_company=False,
            parent_id=self.customers["Late"].id,
        )
        self._run_night("2026-11-25")
        self.assertFalse(self._get_changes(contact))

    def test_customer_of_every_company_is_noted_once(self):
        self._refresh(self.sister)
        self.assertEqual(len(self._get_changes(self.customers["Late"])), 1)

    def test_archived_customer_keeps_what_was_noted(self):
        late = self.customers["Late"]
        late.active = False
        self._run_night("2026-11-25")
        self.assertEqual(self._get_changes(late), [("2026-11-21", self.seller)])

    def test_deleted_customer_takes_it_along(self):
        visitor = self._create_customer("Visitor", self.seller)
        self._run_night("2026-11-25")
        self.assertTrue(self._get_changes(visitor))
        visitor_id = visitor.id
        visitor.unlink()
        self.assertFalse(
            self.env["crm.account.manager.change"].search(
                [("recorded_partner_id", "=", visitor_id)]
            )
        )
