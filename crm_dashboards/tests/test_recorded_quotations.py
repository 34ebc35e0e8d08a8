# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .engagement_common import EngagementCase


@tagged("post_install", "-at_install")
class TestRecordedQuotations(EngagementCase):
    def _run_night(self, day="2026-11-22"):
        with freeze_time(f"{day} 02:00:00"):
            self._refresh()
        self.env.invalidate_all()

    def _get_changes(self, order=None):
        changes = self.env["crm.quotation.change"].search(
            [("order_id", "=", (order or self.quotation).id)], order="date, id"
        )
        return [(each.kind, str(each.date)) for each in changes]

    def _get_kinds(self, order=None):
        return [kind for kind, _date in self._get_changes(order)]

    def _quote(self, created, lead=None, **values):
        """A quotation made on a day, at noon UTC."""
        lead = self.lead if lead is None else lead
        values = {"state": "draft", "opportunity_id": lead.id, **values}
        contact = values.pop("contact", self.contact)
        quotation = self._create_order(contact, created, 100, **values)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE sale_order SET create_date = %s WHERE id = %s",
                f"{created} 12:00:00",
                quotation.id,
            )
        )
        quotation.invalidate_recordset()
        return quotation

    def _get_replacement(self, quotation):
        return (
            self.env["crm.quotation.change"]
            .search([("order_id", "=", quotation.id), ("kind", "=", "replaced")])
            .replaced_by_id
        )

    # ------------------------------------------------------------------
    # As it happens
    # ------------------------------------------------------------------

    def test_sent_by_mail_is_noted(self):
        self.assertFalse(self._get_changes())
        self._send(self.quotation)
        self.assertEqual(self.quotation.state, "sent")
        self.assertEqual(self._get_changes(), [("sent", "2026-11-21 12:00:00")])

    def test_every_change_is_noted_at_its_time(self):
        self.env.cr.flush()  # changes of what was just made are not tracked
        quotation = self.quotation.with_user(self.seller)
        for moment, method in (
            ("2026-11-22 08:00:00", "action_quotation_sent"),
            ("2026-11-23 08:00:00", "action_cancel"),
            ("2026-11-24 08:00:00", "action_draft"),
            ("2026-11-25 08:00:00", "action_quotation_sent"),
            ("2026-11-26 08:00:00", "action_confirm"),
        ):
            with freeze_time(moment):
                getattr(quotation, method)()
        self.assertEqual(
            self._get_changes(),
            [
                ("sent", "2026-11-22 08:00:00"),
                ("cancel", "2026-11-23 08:00:00"),
                ("sent", "2026-11-25 08:00:00"),
            ],
        )

    def test_same_state_again_is_no_change(self):
        self.quotation.state = "sent"
        self.quotation.state = "sent"
        self.quotation.note = "No change of state"
        self.assertEqual(self._get_kinds(), ["sent"])

    def test_order_made_in_a_state_is_noted(self):
        for state, kinds in (("sent", ["sent"]), ("draft", []), ("sale", [])):
            order = self._create_order(self.contact, "2026-11-20", 1, state=state)
            self.assertEqual(self._get_kinds(order), kinds)

    # ------------------------------------------------------------------
    # Of the time before the first night
    # ------------------------------------------------------------------

    def _forget(self):
        """Have the addon know nothing, as if it was installed now."""
        self.env["crm.quotation.change"].search([]).unlink()
        refresh = self.env["crm.metric.refresh"]._get_refresh(self.company)
        refresh.recorded_since = False

    def _get_state_field(self):
        return self.env["ir.model.fields"]._get("sale.order", "state")

    def _track(self, label, moment):
        """Leave what Odoo's tracking of a change of state leaves."""
        message = self.quotation.message_post(message_type="notification")
        message.date = moment
        self.env["mail.tracking.value"].create(
            {
                "mail_message_id": message.id,
                "field_id": self._get_state_field().id,
                "old_value_char": "Quotation",
                "new_value_char": label,
            }
        )

    def test_changes_that_odoo_tracked_are_read_once(self):
        self._forget()
        self._track("Quotation Sent", "2026-10-01 10:00:00")
        self._track("Cancelled", "2026-10-05 10:00:00")
        self._track("Sales Order", "2026-10-06 10:00:00")
        self._track("Quotation Sent", "2026-10-07 10:00:00")
        expected = [
            ("sent", "2026-10-01 10:00:00"),
            ("cancel", "2026-10-05 10:00:00"),
            ("sent", "2026-10-07 10:00:00"),
        ]
        for _night in range(2):
            self._run_night()
            self.assertEqual(self._get_changes(), expected)

    def test_states_of_every_language_are_understood(self):
        self._forget()
        self.env["res.lang"]._activate_lang("fr_FR")
        choice = self.env["ir.model.fields.selection"].search(
            [
                ("field_id", "=", self._get_state_field().id),
                ("value", "=", "sent"),
            ]
        )
        choice.with_context(lang="fr_FR").name = "Devis envoyé"
        self._track("Devis envoyé", "2026-10-01 10:00:00")
        self._run_night()
        self.assertEqual(self._get_changes(), [("sent", "2026-10-01 10:00:00")])

    def test_mails_tell_what_odoo_did_not_track(self):
        self._send(self.quotation)
        self._forget()
        for _night in range(2):
            self._run_night()
            self.assertEqual(self._get_kinds(), ["sent"])

    def test_mail_of_a_confirmed_order_is_no_quotation(self):
        order = self._create_order(self.contact, "2026-11-01", 1)
        self._send(order)
        self._forget()
        self._run_night()
        self.assertFalse(self._get_changes(order))

    def test_what_is_noted_already_is_not_read_again(self):
        refresh = self.env["crm.metric.refresh"]._get_refresh(self.company)
        refresh.recorded_since = False
        self.env.cr.flush()  # changes of what was just made are not tracked
        quotation = self.quotation.with_user(self.seller)
        quotation.with_context(tracking_disable=False).action_cancel()
        self.env.cr.flush()
        self.env.invalidate_all()
        self.assertTrue(self.quotation.message_ids.tracking_value_ids)
        self._run_night()
        self.assertEqual(self._get_kinds(), ["cancel"])

    # ------------------------------------------------------------------
    # Replaced
    # ------------------------------------------------------------------

    def test_newer_quotation_of_the_same_opportunity_replaces(self):
        self._forget()
        older = self._quote("2026-11-01")
        newer = self._quote("2026-11-15")  # 14 days later
        newest = self._quote("2026-11-16", contact=self.customer)
        for _night in range(2):
            self._run_night()
            self.assertEqual(self._get_replacement(older), newer)
            self.assertEqual(self._get_replacement(newer), newest)
            self.assertFalse(self._get_replacement(newest))
        self.assertEqual(
            self._get_changes(older), [("replaced", "2026-11-15 12:00:00")]
        )

    def test_what_replaces_nothing(self):
        other_lead = self.lead.copy()
        other = self._create_customer("Other")
        for reason, older, newer in (
            (None, {}, {}),
            ("after 15 days", {}, {"created": "2026-11-16"}),
            ("of another opportunity", {}, {"lead": other_lead}),
            ("of no opportunity", {"lead": self.env["crm.lead"]}, {}),
            ("of another customer", {}, {"contact": other}),
            ("cancelled", {}, {"state": "cancel"}),
            ("of an order", {"state": "sale"}, {}),
        ):
            with self.subTest(reason):
                self.env["sale.order"].search(
                    [("opportunity_id", "=", self.lead.id)]
                ).opportunity_id = False
                first = self._quote(**{"created": "2026-11-01", **older})
                second = self._quote(**{"created": "2026-11-05", **newer})
                self._forget()
                self._run_night()
                replaced_by = self.env["sale.order"] if reason else second
                self.assertEqual(self._get_replacement(first), replaced_by)
                self.assertFalse(self._get_replacement(second))

    def test_quotation_of_the_last_days_is_replaced_in_a_later_night(self):
        older = self._quote("2026-11-10")
        self._run_night("2026-11-23")
        newer = self._quote("2026-11-24")
        self._run_night("2026-11-24")
        self.assertEqual(self._get_replacement(older), newer)
