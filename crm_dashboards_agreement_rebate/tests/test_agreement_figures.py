# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .agreement_common import SECTIONS, AgreementCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAgreementFigures(AgreementCase):
    def test_sections_have_bonus_target_nudge_pace_and_expiry(self):
        agreement = self._create_agreement()
        tile = self._get_agreements()
        (row,) = self._get_rows(tile)
        self.assertEqual(
            {key: value for key, value in row.items() if value},
            {
                "id": agreement.id,
                "title": "Annual bonus 2026",
                "subtitle": "until Dec 31, 40 days left",
                # 2% of 62 300
                "cell": {"value": 1246, "unit": "money", "currency_id": self.euro.id},
                "cell_note": "bonus now, 2%",
                "drill": {"key": "agreement", "value": agreement.id},
            },
        )
        progress = self._get_block(tile, "progress")
        self.assertAlmostEqual(progress["value"], 62300 / 75000)
        self.assertEqual(
            progress["label"].replace("\N{NO-BREAK SPACE}", " "), "62,300 € of 75,000 €"
        )
        (mark,) = progress["marks"]
        self.assertAlmostEqual(mark["at"], 50000 / 75000)
        self.assertEqual(
            self._get_all_words(tile),
            # 62 300 in 325 of 365 days
            "12,700 € more by Dec 31 reaches 3%. "
            "At the current pace it ends at 69,968 €.",
        )

    def test_day_of_another_year_has_its_year(self):
        self._create_agreement(end_date="2027-06-30")
        self.assertIn(
            "by Jun 30, 2027 reaches", self._get_all_words(self._get_agreements())
        )

    def _invoice_what_is_promised(self, agreement, customer=None):
        """Invoice the amount of the nudge and settle.

        :return: (the amount, percentage of each line of the settlement)
        """
        words = self._get_all_words(self._get_agreements())
        amount = float(re.search(r"([\d,.]+) € more", words)[1].replace(",", ""))
        self._invoice("2026-11-20", {"Chair": amount}, customer)
        return amount, self._settle(agreement).line_ids.mapped("percent")

    def test_what_is_missing_is_not_rounded_down(self):
        self._invoice("2026-11-10", {"Chair": 0.6})
        agreement = self._create_agreement()
        # 75 000 - 62 300.60 = 12 699.40: with 12 699 the section would be missed
        self.assertEqual(self._invoice_what_is_promised(agreement), (12700, [3]))

    def test_section_that_begins_where_another_ends_takes_a_cent_more(self):
        self._invoice("2026-11-10", {"Chair": 12600})
        agreement = self._create_agreement(sections=((0, 75000, 2), (75000, 80000, 3)))
        # 100.00 more would stand in both, where a settlement fails
        section = agreement._get_next_section(74900)
        missing = agreement._get_missing_amount(section, 74900, self.euro)
        self.assertEqual(missing, 100.01)
        self.assertEqual(self._invoice_what_is_promised(agreement), (101, [3]))

    def test_nudge_of_several_contacts_names_whose_invoices_count(self):
        self._invoice("2026-04-01", {"Chair": 30000}, self.buyer)
        agreement = self._create_agreement()
        self.assertIn(
            "12,700 € more by Dec 31 reaches 3%. For that, only invoices of Azure "
            "count.",
            self._get_all_words(self._get_agreements()),
        )
        amount, percentages = self._invoice_what_is_promised(agreement)
        self.assertEqual((amount, sorted(percentages)), (12700, [1, 3]))

    def test_last_section_has_no_next_one(self):
        self._invoice("2026-11-02", {"Chair": 20000})
        self._create_agreement()
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 2469)  # 3% of 82 300
        progress = self._get_block(tile, "progress")
        self.assertEqual(progress["value"], 1)
        self.assertIn("in the last section", progress["label"])
        self.assertNotIn("more by", self._get_all_words(tile))

    def test_next_section_that_gives_less_is_no_target_to_praise(self):
        self._create_agreement(sections=((0, 70000, 2), (70001, 90000, 1)))
        self.assertNotIn("more by", self._get_all_words(self._get_agreements()))

    def test_global_bonus_has_no_target(self):
        self._create_agreement("global", ())
        tile = self._get_agreements()
        (row,) = self._get_rows(tile)
        self.assertEqual(row["cell"]["value"], 6230)
        self.assertEqual(row["cell_note"], "bonus now, 10%")
        self.assertFalse(self._get_blocks(tile, "progress"))
        self.assertEqual(
            self._get_all_words(tile),
            "62,300 € invoiced At the current pace it ends at 69,968 €.",
        )

    def test_bonus_by_line(self):
        self._create_line_agreement()
        tile = self._get_agreements()
        (row,) = self._get_rows(tile)
        self.assertEqual(row["cell"]["value"], 1546)  # 2% of 52 300, 5% of 10 000
        self.assertEqual(row["cell_note"], "bonus now")
        self.assertIn("62,300 € invoiced", self._get_all_words(tile))

    def test_prorated_bonus_by_section(self):
        self._create_agreement("section_prorated")
        tile = self._get_agreements()
        (row,) = self._get_rows(tile)
        self.assertEqual(row["cell"]["value"], 746)  # 1% of 49 999.99, 2% of 12 300
        self.assertEqual(row["cell_note"], "bonus now, 2%")
        self.assertIn(
            "12,700 € more by Dec 31 reaches 3% for what follows.",
            self._get_all_words(tile),
        )

    def test_below_the_first_section_there_is_a_way_to_it(self):
        for rebate_type in ("section_total", "section_prorated"):
            agreement = self._create_agreement(rebate_type, SECTIONS[2:])
            tile = self._get_agreements()
            self.assertEqual(self._get_bonus(tile), 0)
            self.assertAlmostEqual(
                self._get_block(tile, "progress")["value"], 62300 / 75000
            )
            self.assertIn("12,700 € more by Dec 31", self._get_all_words(tile))
            agreement.active = False

    def test_credit_notes_count(self):
        self._invoice("2026-11-05", {"Chair": 300}, move_type="out_refund")
        self._create_agreement("global", ())
        self.assertEqual(self._get_bonus(self._get_agreements()), 6200)

    def test_consumption_elsewhere_counts_once_in_the_pace(self):
        self._create_agreement(additional_consumption=1000)
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 1266)
        # 62 300 × 365 / 325 + 1000
        self.assertIn("ends at 70,968 €", self._get_all_words(tile))

    def test_touching_sections_take_the_upper_one_and_say_so(self):
        customer = self._create_customer("Edge", self.seller)
        self._invoice("2026-05-01", {"Chair": 100}, customer)
        agreement = self._create_agreement(
            sections=((0, 100, 5), (100, 200, 10)), partner_id=customer.id
        )
        with self.assertRaises(ValueError):
            self._settle(agreement)
        tile = self._get_agreements(customer=customer)
        self.assertEqual(tile["state"], "ready")
        (row,) = self._get_rows(tile)
        self.assertEqual(row["cell"]["value"], 10)
        self.assertEqual(row["cell_note"], "bonus now, 10%")
        self.assertIn(
            "100 € stands in two sections, where a settlement fails: the upper one "
            "is taken here.",
            self._get_all_words(tile),
        )

    def test_touching_sections_do_no_harm_beside_the_edge(self):
        self._create_agreement(sections=((0, 50000, 1), (50000, 80000, 2)))
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 1246)
        self.assertNotIn("two sections", self._get_all_words(tile))

    def test_above_the_last_section_a_settlement_gives_nothing_and_the_tile_says_so(
        self,
    ):
        agreement = self._create_agreement(sections=SECTIONS[:1])
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 0)
        self.assertFalse(self._settle(agreement))
        self.assertIn(
            "62,300 € is above the last section, which ends at 50,000 €: a settlement "
            "gives 0%.",
            self._get_all_words(tile),
        )
        self.assertIn("above", self._get_block(tile, "progress")["label"])
        (warning,) = [
            block
            for block in self._get_blocks(tile, "text")
            if "above" in block["text"]
        ]
        self.assertEqual(warning["tone"], "negative")

    def test_above_the_last_prorated_section_the_rest_earns_nothing(self):
        agreement = self._create_agreement("section_prorated", ((0, 1000, 5),))
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 50)
        self.assertEqual(self._settle(agreement).amount_rebate, 50)
        self.assertIn("The last section ends at 1,000 €", self._get_all_words(tile))

    def test_gap_between_sections_is_said(self):
        self._create_agreement(sections=((0, 100, 5), (70000, 80000, 10)))
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 0)
        self.assertIn("62,300 € is between two sections", self._get_all_words(tile))

    def test_invoiced_contacts_are_settled_each_by_itself(self):
        self._invoice("2026-04-01", {"Chair": 30000}, self.buyer)
        agreement = self._create_agreement()
        tile = self._get_agreements()
        # 2% of 62 300 and 1% of 30 000; together they would be in the 3% section
        self.assertEqual(self._get_bonus(tile), 1546)
        self.assertEqual(self._settle(agreement).amount_rebate, 1546)
        # of two percentages, none is that of the bonus
        self.assertEqual(self._get_rows(tile)[0]["cell_note"], "bonus now")
        self.assertIn(
            "Each invoiced contact is settled by itself: Azure 62,300 €; "
            "Azure, Buyer 30,000 €.",
            self._get_all_words(tile),
        )
        self.assertAlmostEqual(
            self._get_block(tile, "progress")["value"], 62300 / 75000
        )

    def test_contacts_are_added_up_where_there_are_no_sections(self):
        self._invoice("2026-04-01", {"Chair": 30000}, self.buyer)
        agreement = self._create_agreement("global", (), additional_consumption=1000)
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 9430)  # 10% of 63 300 and 31 000
        self.assertEqual(self._settle(agreement).amount_rebate, 9430)
        self.assertEqual(
            self._get_all_words(tile),
            # 92 300 × 365 / 325, and 1000 elsewhere for each of them
            "94,300 € invoiced At the current pace it ends at 105,660 €.",
        )

    def test_agreement_of_a_contact_counts_its_invoices_only(self):
        self._invoice("2026-04-01", {"Chair": 30000}, self.buyer)
        self._create_agreement("global", (), partner_id=self.buyer.id)
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 3000)
        self.assertEqual(tile, self._get_agreements(customer=self.buyer))

    def test_nothing_invoiced_yet(self):
        customer = self._create_customer("Fresh", self.seller)
        self._create_agreement(partner_id=customer.id)
        tile = self._get_agreements(customer=customer)
        self.assertEqual(self._get_bonus(tile), 0)
        self.assertEqual(self._get_block(tile, "progress")["value"], 0)
        self.assertEqual(
            self._get_all_words(tile), "50,000 € more by Dec 31 reaches 2%."
        )

    def test_pace_needs_two_weeks(self):
        agreement = self._create_agreement("global", (), start_date="2026-11-09")
        self._invoice("2026-11-10", {"Chair": 1300})
        # 13 days until today
        self.assertNotIn("pace", self._get_all_words(self._get_agreements()))
        agreement.start_date = "2026-11-08"
        # 1300 in 14 of 54 days
        self.assertIn("ends at 5,014 €", self._get_all_words(self._get_agreements()))

    def test_agreement_without_end_has_no_pace(self):
        self._create_agreement(end_date=False)
        tile = self._get_agreements()
        (row,) = self._get_rows(tile)
        self.assertEqual(row["subtitle"], "no end date")
        self.assertEqual(self._get_all_words(tile), "12,700 € more reaches 3%.")

    def test_without_start_date_it_is_never_settled(self):
        agreement = self._create_agreement("global", (), start_date=False)
        tile = self._get_agreements()
        self.assertEqual(self._get_bonus(tile), 0)
        self.assertFalse(self._settle(agreement))
        self.assertIn("Without a start date", self._get_all_words(tile))

    def test_agreement_without_rebate_has_its_expiry_only(self):
        self._create_agreement(False, (), end_date="2026-11-22")
        tile = self._get_agreements()
        (row,) = self._get_rows(tile)
        self.assertEqual(row["subtitle"], "until Nov 22, 1 day left")
        self.assertFalse(row["cell"])
        self.assertEqual(len(tile["blocks"]), 1)

    def test_expired_and_coming_agreements_are_not_active(self):
        agreement = self._create_agreement(end_date="2026-11-20")
        tile = self._get_agreements()
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(tile["message"], "No agreement is active.")
        agreement.end_date = "2026-11-21"
        (row,) = self._get_rows(self._get_agreements())
        self.assertEqual(row["subtitle"], "expires today")
        agreement.write({"start_date": "2026-11-22", "end_date": "2026-12-31"})
        self.assertEqual(self._get_agreements()["state"], "empty")
        agreement.start_date = "2026-11-21"
        self.assertEqual(self._get_agreements()["state"], "ready")

    def test_purchases_templates_and_other_customers_are_out(self):
        agreement = self._create_agreement()
        for values in (
            {"domain": "purchase"},
            {"is_template": True},
            {"active": False},
            {"partner_id": self._create_customer("Other").id},
        ):
            before = {name: agreement[name] for name in values}
            agreement.write(values)
            with self.subTest(values=values):
                self.assertEqual(self._get_agreements()["state"], "empty")
            agreement.write(
                {name: getattr(old, "id", old) for name, old in before.items()}
            )
        self.assertEqual(self._get_agreements()["state"], "ready")

    def test_those_that_end_first_are_first_and_the_rest_is_counted(self):
        for name, end in (
            ("Open", False),
            ("December", "2026-12-31"),
            ("June", "2027-06-30"),
            ("November", "2026-11-30"),
            ("July", "2027-07-31"),
        ):
            self._create_agreement("global", (), name=name, end_date=end)
        tile = self._get_agreements()
        self.assertEqual(
            [row["title"] for row in self._get_rows(tile)],
            ["November", "December", "June"],
        )
        self.assertIn("2 more agreements are active.", self._get_all_words(tile))
