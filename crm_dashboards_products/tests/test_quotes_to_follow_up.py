# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .lines_common import TODAY
from .quotations_common import MOMENT, QuotationsCase

CODE = "quotes_to_follow_up"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQuotesToFollowUp(QuotationsCase):
    def _get_figures(self, user=None, **kwargs):
        self.env.flush_all()
        self.env.invalidate_all()
        tile = self._get_tile(CODE, user, **kwargs)
        if tile["state"] == "empty":
            return {}
        figures = self._get_block(tile, "figure")["figures"]
        return {figure["drill"]["key"]: figure["cell"]["value"] for figure in figures}

    def _get_rows(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._get_block(self._get_tile(CODE, user), "rows")["rows"]

    def test_chance_by_age(self):
        self._tell_history()
        self._refresh()
        chances = self.env["crm.quotation.chance"].search(
            [("company_id", "=", self.company.id)]
        )
        # 20 are still open on day 8: pooled with those of day 4, 10 of 30
        self.assertEqual(
            [(each.age_days, each.ordered_count, each.open_count) for each in chances],
            [(0, 40, 60), *((age, 10, 30) for age in (4, 8, 15, 31, 61))],
        )

    def test_by_value_and_chance(self):
        self._tell_history()
        fresh = self._quote(1, 600)
        old = self._quote(20, 900, validity_date=TODAY + timedelta(days=5))
        self._refresh()
        self.assertEqual(self._get_figures(), {"all": 2, "expiring": 1, "silent": 2})
        figures = self._get_block(self._get_tile(CODE), "figure")["figures"]
        self.assertEqual(figures[1]["label"], "expires within 7 days")
        first, second = self._get_rows()
        self.assertEqual((first["id"], second["id"]), (fresh.id, old.id))
        self.assertEqual(first["cell"]["value"], 600)
        self.assertEqual(first["cell_note"], "chance 67% (40 of 60)")
        self.assertEqual(second["cell_note"], "chance 33% (10 of 30)")
        self.assertEqual(
            second["subtitle"],
            f"{old.name} · sent 20 days ago · expires Nov 26 · never followed up",
        )
        self.assertEqual((fresh.crm_expected_value, old.crm_expected_value), (400, 300))
        self.assertIn(
            "Of 60 quotations sent 6 to 24 months ago, 40 were ordered.",
            self._get_words(self._get_tile(CODE)),
        )

    def test_without_thirty_no_chance(self):
        for amount in (600, 900):
            self._quote(1, amount)
        self._refresh()
        first, second = self._get_rows()
        self.assertEqual((first["cell"]["value"], second["cell"]["value"]), (900, 600))
        self.assertFalse(first["cell_note"])

    def test_what_is_lost(self):
        self._quote(40, 1, validity_date=TODAY - timedelta(days=30))
        self._quote(179, 2)
        self.assertEqual(self._get_figures()["all"], 2)
        self._quote(40, 4, validity_date=TODAY - timedelta(days=31))
        self._quote(180, 8)
        self._quote(10, 16).action_cancel()
        self._quote(10, 32).action_confirm()
        self.assertEqual(self._get_figures()["all"], 2)

    def test_a_newer_one_of_the_opportunity_replaces_it(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Opening",
                "partner_id": self.buyer.id,
                "type": "opportunity",
                "company_id": self.company.id,
            }
        )
        self._quote(30, 1, opportunity_id=lead.id)
        self._quote(16, 2, opportunity_id=lead.id)  # 14 days later
        newest = self._quote(1, 4, opportunity_id=lead.id)  # and 15
        self._quote(15, 8)
        values = {row["cell"]["value"] for row in self._get_rows()}
        self.assertEqual(values, {2, 4, 8})
        newest.with_context(disable_cancel_warning=True).action_cancel()
        values = {row["cell"]["value"] for row in self._get_rows()}
        self.assertEqual(values, {2, 8})

    def test_drafts_are_not_sent_yet(self):
        self._quote(2, 1, sent=False)
        self.assertEqual(self._get_figures(), {"all": 0, "not_sent": 1})
        self._quote(0, 2, sent=False)
        self.assertEqual(self._get_figures()["not_sent"], 1)

    def test_followed_up_by_an_engagement(self):
        order = self._quote(10, 1)
        self._refresh()
        self.assertEqual(self._get_figures()["silent"], 1)
        with freeze_time(MOMENT - timedelta(days=9)):
            order.activity_schedule("mail.mail_activity_data_call").action_feedback()
        self.assertNotIn("silent", self._get_figures())
        (row,) = self._get_rows()
        self.assertNotIn("never followed up", row["subtitle"])

    def test_own_documents(self):
        self._quote(10, 1)
        self._quote(10, 2, user_id=self.colleague.id)
        self.assertEqual(self._get_figures()["all"], 2)
        self.assertEqual(self._get_figures(self.seller)["all"], 1)

    def test_second_company(self):
        self._quote(10, 1)
        self._quote(10, 2, company=self.sister)
        self.manager.company_ids |= self.sister
        both = self.sister | self.company
        figures = self._get_figures(companies=both)
        self.assertEqual(figures["all"], 1)
        scope = {"account_manager": "all", "all_sales": True}
        self.assertEqual(self._get_figures(scope=scope, companies=both)["all"], 2)

    def test_nothing_to_follow_up(self):
        tile = self._get_tile(CODE)
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(tile["message"], "No quotation waits for an answer.")
        self._check_strangers_are_refused(CODE)

    def test_a_database_with_three_orders(self):
        company = self._create_company("New")
        self._create_orders(
            [(self.buyer, f"2026-11-0{day}", 10) for day in (1, 2, 3)], company
        )
        self._refresh(company)
        self.manager.company_ids |= company
        tile = self._get_tile(CODE, companies=company)
        self.assertEqual(
            (tile["state"], tile["message"]),
            ("empty", "No quotation waits for an answer."),
        )
        self.assertFalse(
            self.env["crm.quotation.chance"].search([("company_id", "=", company.id)])
        )

    def test_row_actions(self):
        order = self._quote(10, 1)
        tile = self._as(self.seller)["crm.dashboard.tile"]
        action = tile.run_row_action(CODE, "schedule", order.id)
        self.assertEqual(action["context"]["default_order_ids"], order.ids)
        action = tile.run_row_action(CODE, "log", order.id)
        self.assertEqual(action["res_model"], "crm.log.engagement")
        others = self._quote(10, 2, user_id=self.colleague.id)
        with self.assertRaises(AccessError):
            tile.run_row_action(CODE, "schedule", others.id)
