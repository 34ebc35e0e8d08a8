# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW
from odoo.addons.crm_dashboards.tests.search_view import open_report

from .agreement_common import SECTIONS, AgreementCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAgreementSettlement(AgreementCase):
    """The tile says what a settlement of today comes to, and stores nothing."""

    def test_bonus_is_that_of_a_real_settlement(self):
        self._invoice("2026-04-01", {"Chair": 30000}, self.buyer)
        self._invoice("2026-05-01", {"Lamp": 345.67}, self.buyer)
        self._invoice("2026-06-01", {"Chair": 99.99}, move_type="out_refund")
        makers = {
            "global": lambda: self._create_agreement("global", ()),
            "line": self._create_line_agreement,
            "section_total": self._create_agreement,
            "section_prorated": lambda: self._create_agreement("section_prorated"),
        }
        found = set()
        for rebate_type, make in makers.items():
            with self.subTest(rebate_type=rebate_type):
                agreement = make()
                tile = self._get_agreements()
                settlement = self._settle(agreement)
                self.assertEqual(len(settlement), 1)
                bonus = self._get_bonus(tile)
                self.assertAlmostEqual(bonus, settlement.amount_rebate, 2)
                self.assertGreater(bonus, 0)
                found.add(bonus)
                agreement.active = False
        self.assertEqual(len(found), 4)  # each type has its own way

    def test_rebate_lines_narrow_every_type_like_the_settlement(self):
        only_lamps = Command.create(
            {
                "rebate_target": "product",
                "rebate_product_ids": [Command.set(self.products["Lamp"].ids)],
            }
        )
        for rebate_type in ("global", "section_total", "section_prorated"):
            with self.subTest(rebate_type=rebate_type):
                agreement = self._create_agreement(
                    rebate_type, SECTIONS, rebate_line_ids=[only_lamps]
                )
                tile = self._get_agreements()
                bonus = self._get_bonus(tile)
                # of 10 000
                self.assertEqual(bonus, 1000 if rebate_type == "global" else 100)
                self.assertEqual(self._settle(agreement).amount_rebate, bonus)
                agreement.active = False

    def test_a_replica_can_serve_the_tile(self):
        """Nothing is stored: the database would refuse it here."""
        self._create_agreement()
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            tile = self._get_agreements()
            savepoint.rollback()
        self.assertEqual(self._get_bonus(tile), 1246)
        self.assertFalse(self.env["agreement.rebate.settlement"].search([]))

    def test_what_was_settled_already_is_said(self):
        agreement = self._create_agreement()
        self.assertNotIn("settled", self._get_all_words(self._get_agreements()))
        self._settle(agreement)
        self._invoice("2026-11-20", {"Chair": 700})
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 1260)
        self.assertIn(
            "1,246 € of it was settled already, until Nov 21.",
            self._get_all_words(tile),
        )

    def test_settled_before_a_credit_note_is_more_than_the_bonus(self):
        agreement = self._create_agreement("global", ())
        self._settle(agreement)  # 6 230, 10% of 62 300
        self._invoice("2026-11-20", {"Chair": 62200}, move_type="out_refund")
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 10)
        words = self._get_all_words(tile)
        self.assertIn(
            "6,230 € was settled already, until Nov 21: 6,220 € more than the "
            "bonus now.",
            words,
        )
        self.assertNotIn("of it was settled", words)

    def test_settlement_of_the_time_before_a_renewal_is_none_of_this_bonus(self):
        agreement = self._create_agreement(
            "global", (), start_date="2025-01-01", end_date="2026-10-31"
        )
        self._settle(agreement)  # today, yet of invoices until the end of October
        agreement.write({"start_date": "2026-11-01", "end_date": "2027-10-31"})
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 2230)
        self.assertNotIn("settled", self._get_all_words(tile))

    def test_settlement_of_another_company_is_none_of_this_bonus(self):
        self._add_sister().active = False
        agreement = self._create_agreement("global", (), company_id=False)
        self.env["agreement.rebate.settlement"].create(
            {
                "company_id": self.sister.id,
                "date_to": "2026-11-21",
                "line_ids": [
                    Command.create({"agreement_id": agreement.id, "amount_rebate": 50})
                ],
            }
        )
        self.assertNotIn("settled", self._get_all_words(self._get_agreements()))
        tile = self._get_agreements(companies=self.sister | self.company)
        self.assertIn("of it was settled already", self._get_all_words(tile))

    def test_prorated_sections_overpay_and_the_tile_says_so(self):
        self._invoice("2026-11-20", {"Chair": 17700})  # 80 000 in all
        agreement = self._create_agreement(
            "section_prorated", ((0, 50000, 1), (50000, 75000, 2), (75000, 100000, 3))
        )
        tile = self._get_agreements()
        # 1% of 50 000, 2% of 75 000 where 25 000 were meant, 3% of 5 000
        self.assertEqual(self._get_bonus(tile), 2150)
        self.assertEqual(self._settle(agreement).amount_rebate, 2150)
        self.assertIn(
            "comes to 2,150 €; each part counted once, it would be 1,150 €.",
            self._get_all_words(tile),
        )

    def test_prorated_sections_that_pay_right_need_no_word(self):
        self._create_agreement("section_prorated")
        # 1% of 49 999.99, 2% of 12 300
        self.assertEqual(self._get_bonus(self._get_agreements()), 746)
        self.assertNotIn("counted", self._get_all_words(self._get_agreements()))

    # ------------------------------------------------------------------
    # Companies
    # ------------------------------------------------------------------

    def _add_sister(self):
        """The sister counts in dollars and has an agreement of its own."""
        self.sister.currency_id = self.dollar
        self._invoice("2026-04-01", {"Chair": 500}, books=self.sister_books)
        self.manager.company_ids = self.both
        return self._create_agreement(
            "global", (), name="Sister's", company_id=self.sister.id
        )

    def test_each_company_has_its_own_agreements_and_invoices(self):
        agreement = self._add_sister()
        self._create_agreement("global", ())
        self.assertEqual(self._get_bonus(self._get_agreements()), 6230)
        tile = self._get_agreements(companies=self.both)
        self.assertEqual(self._get_bonus(tile), 6230)
        tile = self._get_agreements(companies=self.sister | self.company)
        (row,) = self._get_rows(tile)
        self.assertEqual(
            row["cell"],
            {"value": 50, "unit": "money", "currency_id": self.dollar.id},
        )
        settlement = self._settle(agreement, self.sister)
        self.assertEqual(settlement.amount_rebate, 50)

    def test_agreement_without_company_counts_in_the_current_one(self):
        self._add_sister().active = False
        self._create_agreement("global", (), company_id=False)
        self.assertEqual(self._get_bonus(self._get_agreements()), 6230)
        tile = self._get_agreements(companies=self.sister | self.company)
        self.assertEqual(self._get_bonus(tile), 50)

    def test_show_all_sales_has_each_agreement_once_in_its_own_currency(self):
        self._add_sister()
        self._create_agreement("global", (), name="Own", end_date="2026-11-30")
        self._create_agreement(
            "global", (), name="Nobody's", company_id=False, end_date=False
        )
        self.manager.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        rows = self._get_rows(self._get_agreements(all_sales=True))
        self.assertEqual(
            [
                (row["title"], row["cell"]["value"], row["cell"]["currency_id"])
                for row in rows
            ],
            [
                ("Own", 6230, self.euro.id),
                ("Sister's", 50, self.dollar.id),
                ("Nobody's", 6230, self.euro.id),
            ],
        )
        self.manager.company_ids = self.company
        rows = self._get_rows(self._get_agreements(all_sales=True))
        self.assertEqual([row["title"] for row in rows], ["Own", "Nobody's"])

    # ------------------------------------------------------------------
    # Report
    # ------------------------------------------------------------------

    def test_see_more_lists_the_same_agreements(self):
        self._add_sister()
        own = self._create_agreement()
        frame = self._create_agreement(False, (), company_id=False)
        self._create_agreement(end_date="2026-11-20")
        self._create_agreement(start_date="2026-11-22")
        self._create_agreement(domain="purchase")
        self._create_agreement(is_template=True)
        ids = [row["id"] for row in self._get_rows(self._get_agreements())]
        self.assertEqual(set(ids), {own.id, frame.id})
        scope = {"customer_id": self.customer.id}
        report = open_report(self._as(self.manager), "customer_agreements", scope)
        self.assertEqual(set(report.search().ids), set(ids))
        self.assertEqual(report.defaults, {"running": 1, "sale": 1})

    def test_other_customers_cost_no_query(self):
        self._create_agreement()
        self._get_agreements()
        for extra in (0, 10):
            for number in range(extra):
                stranger = self._create_customer(f"Stranger {number}")
                self._invoice("2026-06-01", {"Chair": 5}, stranger)
                self._create_agreement(partner_id=stranger.id)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(extra=extra), self.assertQueryCount(40):
                self._get_agreements()
