# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from ..analytics.tier import get_tier_stake, get_usual_sales
from .agreement_common import AgreementCase

# what is missing at 62 300 is 700, and 12 700 in the sections of the other tests
NEAR = ((0, 62999.99, 1), (63000, 100000, 2.5))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReason(AgreementCase):
    """A bonus within reach is a reason to call, which *Who Next* shows.

    The customer was invoiced 63 000 in the last 365 days, of which 40 days that are
    left of the year, today included 41, are 7 076.71.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._refresh()

    def _find(self, user=None, company=None):
        return self._read_reasons("tier", user, company)

    def _describe(self, reason):
        model = self._as(self.manager)["crm.reason.tier"]
        words = model._describe(reason["facts"], self.euro)
        return words.replace("\N{NO-BREAK SPACE}", " ")

    def test_stake_is_what_is_short(self):
        self._create_agreement(sections=NEAR)
        (reason,) = self._find()
        self.assertEqual(reason["partner_id"], self.customer.id)
        self.assertEqual((reason["part"], reason["stake"]), ("tier", 700))
        self.assertEqual(str(reason["ends"]), "2026-12-31")
        self.assertEqual(self._describe(reason), "700 € to the 2.5% bonus")
        words = self._get_all_words(self._get_agreements())
        self.assertIn("700 € more by Dec 31 reaches 2.5%.", words)

    def test_at_most_the_usual_sales_until_its_date(self):
        year_sales = self._get_metric(self.customer).trend_this_year
        self.assertEqual(year_sales, 63000)
        self._create_agreement()
        (reason,) = self._find()
        # 12 700 is short, less than twice the usual 63 000 * 41 / 365
        self.assertAlmostEqual(reason["stake"], 7076.71, places=2)
        self.assertEqual(self._describe(reason), "12,700 € to the 3% bonus")

    def test_out_of_reach(self):
        self._create_agreement(sections=((0, 76999.99, 1), (77000, 100000, 2)))
        self.assertFalse(self._find())

    def test_nothing_to_reach(self):
        self._create_agreement(sections=((0, 100000, 2),))
        self._create_agreement(sections=((0, 62999.99, 3), (63000, 100000, 2)))
        self._create_agreement("global", ())
        self._create_agreement(sections=NEAR, end_date="2026-11-20")
        self._create_agreement(sections=NEAR, company_id=self.sister.id)
        self.assertFalse(self._find())

    def test_of_several_the_one_with_most_at_stake(self):
        self._create_agreement(sections=((0, 62399.99, 1), (62400, 100000, 2)))
        self._create_agreement("section_prorated", NEAR)
        (reason,) = self._find()
        self.assertEqual(reason["stake"], 700)

    def test_largest_contact_decides(self):
        self._invoice("2026-05-01", {"Chair": 60000}, self.buyer)
        self._create_agreement(sections=NEAR)
        (reason,) = self._find()
        self.assertEqual(reason["facts"]["value"], 700)

    def test_without_company_and_end(self):
        self._create_agreement(sections=NEAR, company_id=False, end_date=False)
        (reason,) = self._find()
        self.assertEqual((reason["stake"], reason["ends"]), (700, None))

    def test_only_of_ones_own_customers(self):
        self._create_agreement(sections=NEAR)
        self.assertTrue(self._find(self.seller))
        self.customer.user_id = self.colleague
        self.assertFalse(self._find(self.seller))
        self.assertTrue(self._find())

    def test_who_reads_no_agreements(self):
        self._create_agreement(sections=NEAR)
        groups = "sales_team.group_sale_salesman_all_leads"
        self.assertFalse(self._find(self._create_user("no_agreements", groups)))

    def test_in_who_next(self):
        self._create_agreement(sections=NEAR)
        tile = self._get_tile("who_next", scope={"account_manager": "all"})
        rows = {row["title"]: row for row in self._get_block(tile, "rows")["rows"]}
        chips = [chip["text"] for chip in rows["Azure"]["chips"]]
        self.assertIn("700\xa0€ to the 2.5% bonus", chips)
        self.assertEqual(rows["Azure"]["cell"]["value"], 700)

    def test_as_many_queries_for_many_agreements(self):
        self._create_agreement(sections=NEAR)
        counts = []
        for _round in range(2):
            for _time in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._find()
            counts.append(self.env.cr.sql_log_count - before)
            for _number in range(5):
                self._create_agreement(sections=NEAR)
        self.assertEqual(counts[0], counts[1])

    def test_usual_sales_by_hand(self):
        today = self._get_metric(self.customer).env["crm.metric.refresh"]
        today = today._get_figures_today(self.company)
        self.assertEqual(get_usual_sales(3650, today, today), 10)
        self.assertEqual(get_usual_sales(3650, today, None), 900)
        self.assertEqual(get_usual_sales(3650, today, today.replace(year=2028)), 900)
        self.assertEqual(get_usual_sales(-5, today, None), 0)

    def test_stake_by_hand(self):
        self.assertEqual(get_tier_stake(10, 15), 10)
        self.assertEqual(get_tier_stake(20, 15), 15)
        self.assertEqual(get_tier_stake(30, 15), 15)
        self.assertIsNone(get_tier_stake(30.01, 15))
        self.assertIsNone(get_tier_stake(0, 15))
