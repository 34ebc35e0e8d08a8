# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo.modules.migration import load_script
from odoo.tests import freeze_time, tagged

from .followed_common import FollowedCase
from .test_migration import SCRIPTS

SEPTEMBER = date(2026, 9, 1)


@tagged("post_install", "-at_install")
class TestCampaigns(FollowedCase):
    """Campaigns of autumn; the clock stands at 21 November."""

    month_model = "crm.reactivation.month"
    month_keys = ("month", "kind", "share_out", "had_alert")

    def _begin(self, customer, day, last, kind="activity", company=None, **values):
        """A customer in a campaign of a day of this year, at ten o'clock."""
        row = self.env["crm.reactivation"].create(
            {
                "partner_id": customer.id,
                "company_id": (company or self.company).id,
                "kind": kind,
                "last_order_date": last,
                "interval_days": 14,
                **values,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_reactivation SET create_date = %s WHERE id = %s",
            [f"2026-{day} 10:00:00", row.id],
        )
        return row

    def _begin_new(self, day, orders=(), **values):
        """A campaign with a new customer that last ordered in June."""
        customer = self._create_customer("New", self.seller)
        for ordered in ("06-01", *orders):
            self._create_order(customer, f"2026-{ordered}", 100)
        return self._begin(customer, day, "2026-06-01", **values)

    def test_first_order_since_it_began_is_its_outcome(self):
        row = self._begin_new("09-10", ["09-20", "09-25"])
        before = self._begin_new("09-10", ["09-08"])  # entered later
        self._get_counts()
        (outcome,) = row.outcome_ids
        self.assertEqual(
            (outcome.date, outcome.days, outcome.is_in_time),
            (date(2026, 9, 20), 10, True),
        )
        self.assertFalse(before.outcome_ids)
        self._create_order(before.partner_id, "2026-09-10", 100)
        self._get_counts()
        self.assertEqual(before.outcome_ids.days, 0)
        self._get_counts()
        self.assertEqual(row.outcome_ids, outcome)

    def test_in_time_is_30_days_or_the_usual_interval(self):
        rows = [
            self._begin_new("09-01", ["10-01"]),
            self._begin_new("09-01", ["10-02"]),
            self._begin_new("09-01", ["10-10"], interval_days=39),
            self._begin_new("09-01", ["10-11"], interval_days=39),
        ]
        self._get_counts()
        self.assertEqual(
            [row.outcome_ids.is_in_time for row in rows], [True, False, True, False]
        )

    def test_night_counts_by_month_kind_and_part(self):
        self._begin_new("09-10", ["09-20"])
        self._begin_new("09-11")
        self._begin_new("09-12", kind="opportunity", has_hold_out=True)
        held_out = {"has_hold_out": True, "is_held_out": True}
        self._begin_new("10-05", ["10-08"], **held_out)
        self.assertEqual(
            self._get_counts(),
            {
                (SEPTEMBER, "activity", "all", False): (2, 1),
                (SEPTEMBER, "opportunity", "treated", False): (1, 0),
                (date(2026, 10, 1), "activity", "held_out", False): (1, 1),
            },
        )
        self.assertEqual(self._get_counts(self.sister), {})

    def test_whose_time_is_not_over_does_not_count(self):
        self._begin_new("10-22", ["10-25"])  # 30 days until today
        self._begin_new("09-10", interval_days=73)
        self.assertEqual(self._get_counts(), {})
        with freeze_time("2026-11-22 12:00:00"):
            self.assertEqual(
                self._get_counts(),
                {(date(2026, 10, 1), "activity", "all", False): (1, 1)},
            )

    def test_two_campaigns_about_the_same_order_count_once(self):
        first = self._begin_new("09-10", ["09-20"], has_hold_out=True)
        self._begin(first.partner_id, "09-12", "2026-06-01", "opportunity")
        # about the next order, it is another one
        self._begin(first.partner_id, "10-12", "2026-09-20")
        self.assertEqual(
            self._get_counts(),
            {
                (SEPTEMBER, "activity", "treated", False): (1, 1),
                (date(2026, 10, 1), "activity", "all", False): (1, 0),
            },
        )

    def test_whose_order_was_missing_is_told_apart(self):
        for shown in ("09-05", "09-15"):
            row = self._begin_new("09-10")
            self.env["crm.alert"].create(
                {
                    "kind": "missing_order",
                    "partner_id": row.partner_id.id,
                    "company_id": self.company.id,
                    "currency_id": self.company.currency_id.id,
                    "as_of": f"2026-{shown} 02:00:00",
                    "date": f"2026-{shown}",
                    "last_order_date": "2026-06-01",
                }
            )
        self.assertEqual(
            self._get_counts(),
            {
                (SEPTEMBER, "activity", "all", True): (1, 0),
                (SEPTEMBER, "activity", "all", False): (1, 0),  # shown later
            },
        )

    def test_campaigns_of_before_get_their_interval(self):
        late = self._begin(self.customers["Late"], "11-15", "2026-10-12")
        other = self._begin(self.customers["Gone"], "09-15", "2026-09-01")
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_reactivation SET interval_days = NULL")
        script = load_script(
            str(SCRIPTS / "19.0.2.3.0" / "post-campaigns.py"),
            "crm_dashboards_post_campaigns",
        )
        script.migrate(self.env.cr, "19.0.2.2.0")
        self.env.invalidate_all()
        self.assertEqual((late.interval_days, other.interval_days), (14, 0))
