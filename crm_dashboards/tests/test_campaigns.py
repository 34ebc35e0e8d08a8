# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.modules.migration import load_script
from odoo.tests import freeze_time, tagged

from ..wizards import crm_reactivation_wizard
from .missing_order_common import MissingOrderCase
from .test_migration import SCRIPTS

MODEL = "crm.reactivation.month"
SEPTEMBER = date(2026, 9, 1)
MISSING = ("Late", "Gone", "Nobody's")
KEYS = ("month", "kind", "share_out", "had_alert")


@tagged("post_install", "-at_install")
class TestHoldOut(MissingOrderCase):
    """Who is drawn by lot is left out of campaigns, where the company wants that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.crm_hold_out = True

    def setUp(self):
        super().setUp()
        self.drawn = {self.customers["Late"].id}
        draw = patch.object(
            crm_reactivation_wizard,
            "is_held_out",
            lambda customer, year: year == 2026 and customer in self.drawn,
        )
        self.startPatcher(draw)

    def _create_wizard(self, *names, **values):
        return self._as(self.manager)["crm.reactivation.wizard"].create(
            {"metric_ids": self._get_metrics(*names).ids, **values}
        )

    def _get_activities(self):
        customers = [customer.id for customer in self.customers.values()]
        return self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", customers)]
        )

    def _get_rows(self):
        return {
            row.partner_id.name: (row.is_held_out, row.has_hold_out, row.interval_days)
            for row in self.env["crm.reactivation"].search([])
        }

    def test_who_is_drawn_is_named_noted_and_left_alone(self):
        wizard = self._create_wizard(*MISSING)
        self.assertEqual(
            wizard.message,
            "Held out by lot, so that the effect of campaigns can be told: Late.",
        )
        done = wizard.action_confirm()
        self.assertEqual(done["params"]["message"], "2 customers are in the campaign.")
        self.assertEqual(
            self._get_rows(),
            {
                "Late": (True, True, 14),
                "Gone": (False, True, 14),
                "Nobody's": (False, True, 14),
            },
        )
        self.assertEqual(
            set(self._get_activities().mapped("res_name")), {"Gone", "Nobody's"}
        )
        self.assertFalse(self._get_metrics("Late").follow_up)

    def test_off_unless_the_company_wants_it(self):
        self.assertFalse(self.sister.crm_hold_out)
        self.company.crm_hold_out = False
        wizard = self._create_wizard(*MISSING)
        self.assertFalse(wizard.message)
        wizard.action_confirm()
        self.assertEqual(len(self._get_activities()), 3)
        self.assertEqual(self._get_rows()["Late"], (False, False, 14))

    def test_who_could_not_be_in_it_is_not_drawn(self):
        self.drawn.add(self.customers["Regular"].id)
        wizard = self._create_wizard("Regular", "Gone")
        self.assertEqual(
            wizard.message, "Left out, for their order is not late: Regular."
        )
        wizard.action_confirm()
        self.assertEqual(list(self._get_rows()), ["Gone"])

    def test_alone_it_is_noted_and_told(self):
        done = self._create_wizard("Late").action_confirm()
        self.assertEqual(
            done["params"]["message"],
            "Held out by lot: Late. Nobody is in the campaign.",
        )
        self.assertEqual(self._get_rows(), {"Late": (True, True, 14)})
        with self.assertRaisesRegex(UserError, "Held out by lot"):
            self._create_wizard("Late").action_confirm()
        self.assertEqual(len(self.env["crm.reactivation"].search([])), 1)

    def test_same_order_is_held_out_next_year_and_without_the_setting(self):
        self._create_wizard("Late").action_confirm()
        self.company.crm_hold_out = False
        with freeze_time("2027-01-10"):
            done = self._create_wizard("Late", kind="opportunity").action_confirm()
        self.assertIn("Held out by lot: Late.", done["params"]["message"])
        self.assertFalse(self._get_activities())

    def test_undo(self):
        done = self._create_wizard(*MISSING).action_confirm()
        undo = done["params"]["undo"]
        dialog = self._as(self.manager)[undo["model"]].browse(undo["ids"])
        getattr(dialog, undo["method"])()
        self.assertFalse(self.env["crm.reactivation"].search([]))

    def test_held_out_is_no_action_about_an_alert(self):
        self._create_wizard(*MISSING).action_confirm()
        with freeze_time("2026-11-23 12:00:00"):
            self._refresh()
        actions = self.env["crm.alert.action"].search([("kind", "=", "campaign")])
        self.assertEqual(
            set(actions.alert_id.partner_id.mapped("name")), {"Gone", "Nobody's"}
        )


class CampaignCase(MissingOrderCase):
    """Campaigns of autumn; the clock stands at 21 November."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls._create_user(
            "administrator", "sales_team.group_sale_salesman,base.group_system"
        )

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

    def _get_counts(self, company=None):
        self._refresh(company)
        self.env.invalidate_all()
        rows = self.env[MODEL].search(
            [("company_id", "=", (company or self.company).id)]
        )
        return {
            tuple(row[name] for name in KEYS): (row.customer_count, row.ordered_count)
            for row in rows
        }

    def _add_months(self, *rows):
        """Numbers as nights count them: (share out, had alert, customers, orders)."""
        self.env[MODEL].create(
            [
                {
                    "company_id": self.company.id,
                    "month": SEPTEMBER,
                    "kind": "activity",
                    "share_out": share_out,
                    "had_alert": had_alert,
                    "customer_count": customers,
                    "ordered_count": ordered,
                }
                for share_out, had_alert, customers, ordered in rows
            ]
        )

    def _get_health_words(self):
        tiles = self._as(self.administrator)["crm.dashboard.tile"]
        tile = tiles.get_tiles("health", ["health_what_followed"])
        return [
            block["text"]
            for block in self._get_blocks(tile["health_what_followed"], "text")
        ]


@tagged("post_install", "-at_install")
class TestCampaigns(CampaignCase):
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


@tagged("post_install", "-at_install")
class TestWhatFollowedCampaigns(CampaignCase):
    """What is told of them, to those who may see everybody's figures."""

    def test_nothing_is_said_before_there_is_one(self):
        self._add_months(("all", True, 70, 10))  # told with the alerts
        self.assertFalse(
            [each for each in self._get_health_words() if "campaign" in each]
        )

    def test_without_alert_from_fifty_on(self):
        self._add_months(("all", False, 40, 16), ("treated", False, 9, 4))
        self.assertIn(
            "What followed campaigns is told from 50 customers on whose order was not "
            "missing. So far: 49.",
            self._get_health_words(),
        )
        self._add_months(("held_out", False, 30, 9), ("all", True, 30, 9))
        self.env[MODEL].search([("share_out", "=", "treated")]).customer_count = 10
        # 20 of 50: .2937 to .5165
        self.assertIn(
            "Of 50 customers in a campaign whose order was not missing, 40% ordered in "
            "time (29% to 52%).",
            self._get_health_words(),
        )

    def test_effect_from_five_hundred_on(self):
        self._add_months(("treated", True, 449, 180), ("held_out", True, 50, 15))
        self.assertIn(
            "The effect of campaigns is told from 500 customers on, those held out "
            "among them. So far: 499, 50 held out.",
            self._get_health_words(),
        )
        self.env[MODEL].search([("share_out", "=", "treated")]).customer_count = 450
        self.assertIn(
            "Effect of campaigns: +10 percentage points (−2 to +20). Of 450 customers "
            "in them 40% ordered in time, of 50 held out by lot 30%.",
            self._get_health_words(),
        )

    def test_without_hold_out_no_effect_is_told(self):
        self._add_months(("all", True, 700, 300), ("treated", True, 20, 10))
        self.assertNotIn("ffect", " ".join(self._get_health_words()))

    def test_history_in_which_campaigns_do_nothing(self):
        """600 customers, two in five of whom order whatever is done; 60 held out."""
        values, outcomes = [], []
        customers = self.env["res.partner"].create(
            [{"name": f"Target {number}", "is_company": True} for number in range(600)]
        )
        for number, customer in enumerate(customers):
            values.append(
                {
                    "partner_id": customer.id,
                    "company_id": self.company.id,
                    "kind": "activity",
                    "last_order_date": "2026-06-01",
                    "has_hold_out": True,
                    "is_held_out": number % 10 == 0,
                }
            )
        rows = self.env["crm.reactivation"].create(values)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_reactivation SET create_date = '2026-09-10' WHERE id = ANY(%s)",
            [rows.ids],
        )
        for number, row in enumerate(rows):
            if number // 10 % 5 < 2:
                after = 1 + number % 30
                outcomes.append(
                    {
                        "reactivation_id": row.id,
                        "date": SEPTEMBER + timedelta(days=9 + after),
                        "days": after,
                        "is_in_time": True,
                    }
                )
        self.env["crm.reactivation.outcome"].create(outcomes)
        self._get_counts()
        # 216 of 540 and 24 of 60
        (words,) = (
            each for each in self._get_health_words() if each.startswith("Effect")
        )
        self.assertIn("Effect of campaigns: 0 percentage points (−11 to +10).", words)
        self.assertIn("Of 540 customers in them 40%", words)
        self.assertIn("of 60 held out by lot 40%.", words)

    def test_report_and_its_workbook(self):
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        self._add_months(("treated", True, 450, 180), ("held_out", True, 50, 15))
        self._add_months(("treated", False, 50, 20))
        tiles = self._as(self.administrator)["crm.dashboard.tile"]
        drill = {"key": "campaigns", "value": True}
        action = tiles.open_report("health_what_followed", {}, drill)
        self.assertEqual(action["res_model"], MODEL)
        groups = self.env[MODEL].formatted_read_group(
            action["domain"], ["share_out"], ["customer_count:sum", "ordered_share:avg"]
        )
        self.assertEqual(
            {group["share_out"]: group["ordered_share:avg"] for group in groups},
            {"treated": 0.4, "held_out": 0.3},
        )
        book = self._open(self._export_report("what_followed_campaigns", self.manager))
        texts = [str(cell.value) for row in book.worksheets[0] for cell in row]
        self.assertTrue([text for text in texts if "Effect of campaigns: +10" in text])
        self.assertIn("Held out", texts)

    def test_own_documents_only_know_nothing_of_it(self):
        self._add_months(("treated", True, 450, 180))
        tiles = self._as(self.seller)["crm.dashboard.tile"]
        for name in (MODEL, "crm.reactivation.outcome"):
            with self.assertRaises(AccessError):
                tiles.env[name].search([])
        with self.assertRaises(AccessError):
            self._as(self.manager)["crm.reactivation.outcome"].search([])
        with self.assertRaises(AccessError):
            tiles.export_report("what_followed_campaigns")
