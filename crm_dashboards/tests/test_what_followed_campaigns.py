# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .missing_order_common import MissingOrderCase

MODEL = "crm.reactivation.month"
SEPTEMBER = date(2026, 9, 1)


@tagged("post_install", "-at_install")
class TestWhatFollowedCampaigns(MissingOrderCase):
    """What is told of campaigns, to those who may see everybody's figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls._create_user(
            "administrator", "sales_team.group_sale_salesman,base.group_system"
        )

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
        self._refresh()
        self.env.invalidate_all()
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
