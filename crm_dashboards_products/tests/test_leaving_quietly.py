# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .lines_common import LinesCase

CODE = "leaving_quietly"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeavingQuietly(LinesCase):
    def test_a_line_that_the_customer_left_out(self):
        self._refresh()
        (line,) = self._get_lines()
        self.assertEqual(line.partner_id, self.baker)
        self.assertEqual(line.product_tmpl_id, self.salt.product_tmpl_id)
        # 181, 171, …, 71 days ago
        self.assertEqual(str(line.last_date), "2026-09-11")
        self.assertEqual(str(line.found_on), "2026-11-21")
        self.assertEqual(line.silent_days, 71)
        self.assertEqual(line.interval_days, 10)
        self.assertEqual((line.held_count, line.before_count), (10, 10))
        self.assertEqual(line.absent_count, 7)
        # 12 × 30 in 181 days are 725.97 in a year
        self.assertEqual(line.year_value, 725.97)
        self.assertEqual(
            line.evidence,
            "in 10 of 10 orders before, in none of the 7 since; every 10 days, last 71 "
            "days ago",
        )

    def test_tile(self):
        self._refresh()
        tile = self._get_tile(CODE)
        (figure,) = self._get_block(tile, "figure")["figures"]
        self.assertEqual(figure["cell"]["value"], 1)
        self.assertEqual(
            figure["label"], "line of 1 customer who still orders · 726\xa0€ a year"
        )
        (row,) = self._get_block(tile, "rows")["rows"]
        self.assertEqual(row["title"], "Baker")
        self.assertEqual(row["subtitle"], "Salt · in none of the last 7 orders")
        self.assertEqual(row["cell"]["value"], 725.97)

    def test_several_lines_of_a_customer_are_one_row(self):
        sugar = self._create_product("Sugar")
        for back in range(181, 61, -10):
            self._buy(self.baker, back, {sugar: 20})
        for back in range(181, 0, -10):
            self._buy(self.cook, back, {sugar: 1})
        self._refresh()
        tile = self._get_tile(CODE)
        (figure,) = self._get_block(tile, "figure")["figures"]
        self.assertEqual(figure["cell"]["value"], 2)
        (row,) = self._get_block(tile, "rows")["rows"]
        self.assertEqual(
            row["subtitle"], "Salt · in none of the last 7 orders, and 1 more"
        )
        # 12 × 50 in 181 days
        self.assertEqual(row["cell"]["value"], 725.97 + 483.98)

    def test_own_documents(self):
        self._refresh()
        self.assertEqual(self._get_tile(CODE, self.seller)["state"], "ready")
        self.baker.user_id = self.colleague
        tile = self._get_tile(CODE, self.seller)
        self.assertEqual(tile["state"], "empty")
        self.assertFalse(self._as(self.seller)["crm.leaving.line"].search([]))

    def test_second_company(self):
        self._tell_story(self.sister)
        self._refresh()
        self.manager.company_ids |= self.sister
        both = self.sister | self.company
        self.assertEqual(
            self._get_tile(CODE, companies=both)["state"],
            "empty",
            "The sister's night has not been.",
        )
        self._refresh(self.sister)
        self.assertEqual(self._get_tile(CODE, companies=both)["state"], "ready")
        self.assertEqual(len(self._get_lines()), 1)

    def test_strangers_are_refused(self):
        self._refresh()
        self._check_strangers_are_refused(CODE)

    def test_a_quiet_night_writes_nothing(self):
        self._refresh()
        before = self._read_versions()
        self._refresh()
        self.assertEqual(self._read_versions(), before)
        with freeze_time("2026-11-22 12:00:00"):
            self._refresh()
        # the rate of a line younger than a year falls: 12 × 30 in 182 days
        self.assertEqual(self._get_lines().year_value, 721.98)
        self.assertNotEqual(self._read_versions(), before)
        self.assertEqual(str(self._get_lines().found_on), "2026-11-21")

    def _read_versions(self):
        self.env.cr.execute(
            "SELECT id, xmin, ctid FROM crm_leaving_line WHERE company_id = %s",
            [self.company.id],
        )
        return self.env.cr.fetchall()

    def test_a_line_bought_again_goes_at_once_and_for_good(self):
        self._refresh()
        self._buy(self.baker, 0, {self.salt: 30})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._get_tile(CODE)["state"], "empty")
        self.assertTrue(self._get_lines())
        self._refresh()
        self.assertFalse(self._get_lines())

    def test_as_silent_as_the_company_asks_for(self):
        """Salt is silent for 71 days, 7.1 of its intervals."""
        self._refresh()
        refresh = self.company.crm_metric_refresh_ids
        self.assertEqual(refresh.leaving_least_silence, 0, "No past asks for more.")
        tile = self._as(self.manager)[f"crm.tile.{CODE}"]
        self.assertNotIn("Longer silence", [each.name for each in tile._get_terms()])
        for least, count in ((8, 0), (7, 1)):
            refresh.leaving_least_silence = least
            self._refresh()
            self.assertEqual(len(self._get_lines()), count)
        (term,) = (each for each in tile._get_terms() if each.name == "Longer silence")
        self.assertIn("must be silent for 7 times", term.meaning)

    def test_a_silence_that_the_past_tells_of(self):
        """Fifty lines, silent for 5.2 intervals 90 days ago, were all bought again."""
        goods = [self._create_product(f"Spice {number}") for number in range(50)]
        for back in (241, 231, 221, 211, 201, 191, 181, 171, 161, 151, 141):
            self._buy(self.baker, back, {self.flour: 1})
        for back in (201, 191, 181, 171, 161, 151, 141):
            self._buy(self.baker, back + 1, dict.fromkeys(goods, 1))
        for back in range(201, 0, -10):
            self._buy(self.cook, back, dict.fromkeys(goods, 1))
        self._buy(self.baker, 60, dict.fromkeys(goods, 1))
        self._refresh()
        refresh = self.company.crm_metric_refresh_ids
        self.assertEqual(
            (refresh.leaving_test_count, refresh.leaving_again_count), (50, 50)
        )
        self.assertEqual(refresh.leaving_least_silence, 5)

    def test_orders_of_contacts_are_the_customers(self):
        contact = self.env["res.partner"].create(
            {"name": "Apprentice", "parent_id": self.baker.id}
        )
        self._buy(contact, 11, {self.salt: 30})
        self._refresh()
        self.assertFalse(self._get_lines())

    def test_a_database_with_three_orders(self):
        company = self._create_company("New")
        self._create_orders(
            [(self.baker, f"2026-11-0{day}", 10) for day in (1, 2, 3)], company
        )
        self._refresh(company)
        self.manager.company_ids |= company
        tile = self._get_tile(CODE, companies=company)
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(
            tile["message"], "No line leaves: customers buy what they used to."
        )
