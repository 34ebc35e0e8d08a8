# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo.tests import freeze_time, tagged

from .common import NOW, DashboardCase

LATER = "2026-12-05 09:00:00"


class OutcomeCase(DashboardCase):
    """Stages of each kind and lost reasons that count differently."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stages = cls.env["crm.stage"].create(
            [
                {"name": "In talks", "sequence": 1},
                {"name": "No decision", "sequence": 2, "crm_is_ending": True},
                {"name": "Signed", "sequence": 3, "is_won": True},
            ]
        )
        cls.talks, cls.no_decision, cls.signed = stages
        cls.price, cls.duplicate = cls.env["crm.lost.reason"].create(
            [{"name": "Price"}, {"name": "Duplicate", "crm_outcome": "neutral"}]
        )

    @classmethod
    def _create_lead(cls, stage=None, **values):
        return cls.env["crm.lead"].create(
            {
                "name": "Opportunity",
                "type": "opportunity",
                "company_id": cls.company.id,
                "user_id": False,
                "stage_id": (stage or cls.talks).id,
                **values,
            }
        )

    @classmethod
    def _create_lost(cls, date=None, reason=None, **values):
        return cls._create_lead(
            active=False,
            probability=0,
            lost_reason_id=reason and reason.id,
            date_closed=date,
            **values,
        )


@tagged("post_install", "-at_install")
class TestOutcome(OutcomeCase):
    def test_open_opportunity_has_no_outcome(self):
        lead = self._create_lead()
        self.assertFalse(lead.crm_outcome)
        self.assertFalse(lead.crm_date_outcome)

    def test_won_is_positive_unless_its_stage_says_otherwise(self):
        lead = self._create_lead()
        lead.action_set_won()
        self.assertEqual(lead.crm_outcome, "positive")
        lead.stage_id.crm_outcome = "neutral"
        self.assertEqual(lead.crm_outcome, "neutral")
        lead.stage_id.crm_outcome = False
        self.assertEqual(lead.crm_outcome, "positive")

    def test_lost_is_negative_unless_its_reason_says_otherwise(self):
        lead = self._create_lead()
        lead.action_set_lost()
        self.assertEqual(lead.crm_outcome, "negative")
        lead.lost_reason_id = self.price
        self.assertEqual(lead.crm_outcome, "negative")
        lead.lost_reason_id = self.duplicate
        self.assertEqual(lead.crm_outcome, "neutral")

    def test_changed_lost_reason_counts_for_archived_leads(self):
        lead = self._create_lead()
        lead.action_set_lost(lost_reason_id=self.price.id)
        self.price.crm_outcome = "positive"
        self.assertEqual(lead.crm_outcome, "positive")

    def test_lost_goes_before_the_ending_stage(self):
        self.no_decision.crm_outcome = "positive"
        lead = self._create_lead(self.no_decision)
        self.assertEqual(lead.crm_outcome, "positive")
        lead.action_set_lost()
        self.assertEqual(lead.crm_outcome, "negative")

    def test_ending_stage_ends_without_won_or_lost(self):
        lead = self._create_lead()
        lead.stage_id = self.no_decision
        self.assertEqual(lead.won_status, "pending")
        self.assertEqual(lead.crm_outcome, "neutral")
        self.no_decision.crm_outcome = "negative"
        self.assertEqual(lead.crm_outcome, "negative")

    def test_stage_set_as_ending_later_counts_at_once(self):
        lead = self._create_lead()
        self.talks.crm_is_ending = True
        self.assertEqual(lead.crm_outcome, "neutral")
        self.talks.crm_is_ending = False
        self.assertFalse(lead.crm_outcome)
        self.assertFalse(lead.crm_date_outcome)

    def test_plain_archive_is_no_outcome(self):
        lead = self._create_lead(probability=30)
        lead.action_archive()
        self.assertTrue(lead.date_closed)  # Odoo sets it although nothing ended
        self.assertFalse(lead.crm_outcome)
        self.assertFalse(lead.crm_date_outcome)

    def test_reopened_opportunity_loses_both(self):
        lost = self._create_lead()
        lost.action_set_lost()
        won = self._create_lead()
        won.action_set_won()
        for lead in (lost, won):
            self.assertTrue(lead.crm_outcome and lead.crm_date_outcome)
        lost.action_restore()
        won.stage_id = self.talks
        for lead in (lost, won):
            self.assertFalse(lead.crm_outcome)
            self.assertFalse(lead.crm_date_outcome)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOutcomeDate(OutcomeCase):
    def test_won_and_lost_have_the_closed_date(self):
        closed = datetime(2026, 10, 3, 8)
        for lead in (
            self._create_lost(closed),
            self._create_lead(self.signed, probability=100, date_closed=closed),
        ):
            self.assertEqual(lead.crm_date_outcome, closed)

    def test_ending_stage_has_the_date_of_the_last_change_of_stage(self):
        moved = datetime(2026, 10, 4, 8)
        lead = self._create_lead(self.no_decision, date_last_stage_update=moved)
        self.assertFalse(lead.date_closed)
        self.assertEqual(lead.crm_date_outcome, moved)

    def test_created_lost_ended_when_it_was_created(self):
        lead = self._create_lost()
        self.assertFalse(lead.date_closed)
        self.assertEqual(lead.crm_outcome, "negative")
        self.assertEqual(lead.crm_date_outcome, self.env.cr.now())

    def test_day_stays_when_the_outcome_is_changed_later(self):
        lead = self._create_lost(reason=self.price)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET crm_date_outcome = '2026-10-01' WHERE id = %s",
            [lead.id],
        )
        lead.invalidate_recordset()
        self.price.crm_outcome = "neutral"
        self.assertEqual(lead.crm_outcome, "neutral")
        self.assertEqual(lead.crm_date_outcome, datetime(2026, 10, 1))

    def test_day_stays_when_a_lost_one_changes_its_stage(self):
        closed = datetime(2026, 10, 3, 8)
        lead = self._create_lost(closed)
        self.env.flush_all()
        lead.stage_id = self.no_decision
        self.assertFalse(lead.date_closed)
        self.assertEqual(lead.crm_outcome, "negative")
        self.assertEqual(lead.crm_date_outcome, closed)

    def test_lost_again_counts_on_the_second_day(self):
        lead = self._create_lost(datetime(2026, 10, 3, 8))
        lead.action_restore()
        with freeze_time(LATER):
            lead.action_set_lost()
        self.assertEqual(lead.crm_date_outcome, datetime(2026, 12, 5, 9))

    def test_leads_from_before_the_addon_are_filled_as_if_computed(self):
        closed = datetime(2026, 10, 3, 8)
        leads = (
            self._create_lost(closed)
            | self._create_lost(reason=self.price)
            | self._create_lead(self.signed, probability=100, date_closed=closed)
            | self._create_lead()
            | self._create_lead(active=False, probability=30, date_closed=closed)
        )
        computed = [(lead.crm_outcome, lead.crm_date_outcome) for lead in leads]
        created = leads[1].create_date
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET crm_outcome = NULL, crm_date_outcome = NULL"
        )
        leads._init_outcomes()
        leads.invalidate_recordset()
        filled = [(lead.crm_outcome, lead.crm_date_outcome) for lead in leads]
        self.assertEqual(
            filled,
            [
                ("negative", closed),
                ("negative", created),
                ("positive", closed),
                (False, False),
                (False, False),
            ],
        )
        self.assertEqual(
            [outcome for outcome, _date in filled],
            [outcome for outcome, _date in computed],
        )


@tagged("post_install", "-at_install")
class TestOutcomeSettings(OutcomeCase):
    def test_kind_of_stage_decides_what_it_counts_as_at_first(self):
        self.assertFalse(self.talks.crm_outcome)
        self.assertEqual(self.no_decision.crm_outcome, "neutral")
        self.assertEqual(self.signed.crm_outcome, "positive")
        self.no_decision.write({"crm_is_ending": False, "is_won": True})
        self.assertEqual(self.no_decision.crm_outcome, "positive")
        self.no_decision.is_won = False
        self.assertFalse(self.no_decision.crm_outcome)

    def test_chosen_outcome_of_a_stage_is_kept(self):
        stage = self.env["crm.stage"].create(
            {"name": "Rejected", "crm_is_ending": True, "crm_outcome": "negative"}
        )
        stage.name = "Refused"
        self.assertEqual(stage.crm_outcome, "negative")

    def test_new_lost_reason_is_negative(self):
        self.assertEqual(self.price.crm_outcome, "negative")
