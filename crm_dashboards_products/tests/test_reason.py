# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .lines_common import LinesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReason(LinesCase):
    """A line that leaves is a reason to call, which *Who Next* shows."""

    def _find(self, user=None):
        return self._read_reasons("leaving_line", user)

    def test_stake_of_the_next_90_days(self):
        self._refresh()
        (reason,) = self._find()
        self.assertEqual(reason["partner_id"], self.baker.id)
        self.assertEqual(reason["part"], "line")
        # 725.97 a year, of which a half is lost as long as no past lines are known
        self.assertAlmostEqual(reason["stake"], 725.97 * 90 / 365 / 2, places=2)
        self.assertEqual(str(reason["since_day"]), "2026-11-21")
        model = self._as(self.manager)["crm.reason.leaving_line"]
        self.assertEqual(
            model._describe(reason["facts"], self.euro),
            "1 line leaving · 726\xa0€ a year",
        )

    def test_by_what_became_of_earlier_lines(self):
        self._refresh()
        self.company.crm_metric_refresh_ids.write(
            {"leaving_test_count": 30, "leaving_again_count": 12}
        )
        (reason,) = self._find()
        # 18 of 30 were lost, and 15 of 30 that are none
        self.assertAlmostEqual(reason["stake"], 725.97 * 90 / 365 * 33 / 60, places=2)

    def test_only_of_ones_own_customers(self):
        self._refresh()
        self.assertTrue(self._find(self.seller))
        self.baker.user_id = self.colleague
        self.assertFalse(self._find(self.seller))

    def test_in_who_next(self):
        self._refresh()
        tile = self._get_tile("who_next")
        rows = {row["title"]: row for row in self._get_block(tile, "rows")["rows"]}
        chips = [chip["text"] for chip in rows["Baker"]["chips"]]
        self.assertIn("1 line leaving · 726\xa0€ a year", chips)
