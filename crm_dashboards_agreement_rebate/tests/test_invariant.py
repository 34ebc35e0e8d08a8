# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.crm_dashboards.tests.invariant_common import InvariantCase
from odoo.addons.crm_dashboards.tests.tile_checks import TileCheck
from odoo.addons.crm_dashboards.tests.tile_view import COUNT

from .agreement_common import AgreementCase


def compare_agreements(view):
    """Bonuses are those of settlements, see their own test."""
    rows = view.get_rows()
    report = view.compare_see_more({COUNT: len(rows)})
    view.compare_rows(report, "crm_bonus_now")


@tagged("post_install", "-at_install")
class TestInvariant(InvariantCase, AgreementCase):
    """Agreements: tile, list and workbook have the same ones."""

    module = "crm_dashboards_agreement_rebate"
    checks = {"customer_agreements": TileCheck(compare_agreements)}
    row_count = 3

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_agreement("global", ())
        cls._create_agreement("global", (), end_date="2026-11-20")  # has ended
        cls._create_agreement("global", (), name="Everywhere", company_id=False)
        cls._create_agreement("global", (), name="Abroad", company_id=cls.sister.id)
        cls._create_agreement(name="Ladder", company_id=cls.sister.id)
        cls._create_agreement("global", (), name="Others'", partner_id=cls.theirs.id)

    def test_every_tile_has_a_check(self):
        self._check_every_tile_has_a_check()

    def test_everybody_has_one_number(self):
        self._check_everybody()

    def test_all_companies_have_one_number(self):
        self.env["agreement"].search([("name", "=", "Ladder")]).active = False
        self._check_all_companies()

    def test_numbers_by_hand(self):
        # 10% of 62 300, and of 1200, 70, 60, 50, 40 and 300, which the sister has too
        for company, names, bonus in (
            (self.company, ["Annual bonus 2026", "Everywhere"], 6402),
            (self.sister, ["Everywhere", "Abroad"], 1720),
        ):
            for user in (self.manager, self.seller):
                rows = self._get_rows(self._get_agreements(user, company))
                found = {row["title"]: row["cell"]["value"] for row in rows}
                self.assertEqual([found[name] for name in names], [bonus, bonus])
