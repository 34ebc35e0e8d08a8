# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .test_recorded_alerts import RecordedAlertCase

REACTIVATION = "crm.reactivation"
DECISION = "crm.missing.order.decision"


@tagged("post_install", "-at_install")
class TestPartnerMerge(RecordedAlertCase):
    """Odoo's own wizard, pressed by a user: Gone and Slow become Late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.merger = cls._create_user(
            "merger",
            "base.group_partner_manager,sales_team.group_sale_salesman_all_leads",
            cls.company | cls.sister,
        )
        cls.late, cls.gone, cls.slow = (
            cls.customers[name] for name in ("Late", "Gone", "Slow")
        )
        for customer, kind, day in (
            (cls.late, "activity", "2026-10-12"),
            (cls.gone, "activity", "2026-10-12"),  # the same alert of both
            (cls.slow, "activity", "2026-10-12"),
            (cls.gone, "activity", "2026-06-01"),
            (cls.slow, "activity", "2026-06-01"),  # of both that go
            (cls.gone, "opportunity", "2026-10-12"),
        ):
            cls.env[REACTIVATION].create(
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "kind": kind,
                    "last_order_date": day,
                }
            )
        cls.env[DECISION].create(
            [
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "decision": "snooze",
                    "snoozed_until": day,
                }
                for customer, day in (
                    (cls.gone, "2026-12-24"),
                    (cls.gone, "2026-12-31"),
                )
            ]
        )
        cls.env["crm.segment.change"].create(
            {
                "partner_id": cls.gone.id,
                "company_id": cls.company.id,
                "date": "2026-11-20",
                "segment_from": "new",
                "segment_to": "promising",
                "cause": "orders",
            }
        )
        with freeze_time("2026-12-01 02:00:00"):
            cls._refresh()

    def _merge(self):
        wizard = self._as(self.merger, self.company | self.sister)[
            "base.partner.merge.automatic.wizard"
        ].create(
            {
                "partner_ids": [Command.set((self.late | self.gone | self.slow).ids)],
                "dst_partner_id": self.late.id,
                "state": "selection",
            }
        )
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertTrue(self.late.exists())
        self.assertFalse((self.gone | self.slow).exists())

    def _find(self, model):
        return self.env[model].search([("partner_id", "=", self.late.id)], order="id")

    def test_campaigns_are_kept_and_none_is_there_twice(self):
        self._merge()
        self.assertEqual(
            sorted(
                (each.kind, str(each.last_order_date))
                for each in self._find(REACTIVATION)
            ),
            [
                ("activity", "2026-06-01"),
                ("activity", "2026-10-12"),
                ("opportunity", "2026-10-12"),
            ],
        )

    def test_decisions_and_moves_are_kept(self):
        self._merge()
        self.assertEqual(
            [str(each.snoozed_until) for each in self._find(DECISION)],
            ["2026-12-24", "2026-12-31"],
        )
        self.assertTrue(
            self._find("crm.segment.change").filtered(
                lambda move: str(move.date) == "2026-11-20"
            )
        )

    def test_what_was_recorded_is_kept(self):
        models = ("crm.account.manager.change", "crm.alert", "crm.month.end.line")
        before = {
            model: self.env[model].search(
                [("partner_id", "in", (self.late | self.gone | self.slow).ids)]
            )
            for model in models
        }
        self._merge()
        for model in models:
            self.assertEqual(self._find(model), before[model].sorted("id"), model)
        lines = self._find("crm.month.end.line")
        gone = lines.filtered(lambda line: line.recorded_partner_id == self.gone.id)
        self.assertTrue(gone)
        self.assertEqual(gone.user_id, self.colleague)

    def test_figures_are_those_of_one_customer(self):
        own = self._get_metric(self.late)
        abroad = self._get_metric(self.late, self.sister)
        self._merge()
        self.assertEqual(self._get_metric(self.late), own)
        self.assertEqual(self._get_metric(self.late, self.sister), abroad)
        self._refresh()
        # Gone's last order was a week after Late's
        self.assertEqual(str(self._get_metric(self.late).last_order_date), "2026-11-01")
        self.assertEqual(self._get_metric(self.late).order_total_count, 18)

    def test_figures_that_only_the_merged_had_are_kept(self):
        self._get_metric(self.late, self.sister).unlink()
        self._merge()
        self.assertEqual(self._get_metric(self.late, self.sister).order_value, 6 * 2000)
        self.assertEqual(self._get_metric(self.late).order_value, 6 * 100)

    def test_night_after_it_goes_on(self):
        self._merge()
        with freeze_time("2026-12-02 02:00:00"):
            self._refresh()
        refresh = self.env["crm.metric.refresh"]._get_refresh(self.company)
        self.assertFalse(refresh.error)
        managers = self._find("crm.account.manager.change").sorted("id")
        self.assertEqual(managers[-1].user_id, self.late.user_id)
