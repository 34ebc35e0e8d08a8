# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.crm_dashboards.tests.invariant_common import InvariantCase
from odoo.addons.crm_dashboards.tests.tile_checks import TileCheck
from odoo.addons.crm_dashboards.tests.tile_view import COUNT

from .test_problems import ProblemsCase


def compare_problems(view):
    number = view.get_tab()["count"]
    report = view.compare_see_more({COUNT: number})
    view.compare_rows(report, total=number)


def compare_customer_problems(view):
    _note, (number,) = view.get_note()
    report = view.compare_see_more({COUNT: number})
    view.compare_rows(report, total=number)


@tagged("post_install", "-at_install")
class TestInvariant(InvariantCase, ProblemsCase):
    """Problems: tile, report and workbook have the same number."""

    module = "crm_dashboards_helpdesk_mgmt"
    checks = {
        "problems": TileCheck(compare_problems),
        "customer_problems": TileCheck(compare_customer_problems),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # more than the tile has rows for, and a second one in the sister only
        for company, subjects in (
            (cls.company, ("First", "Second", "Third")),
            (cls.sister, ("Abroad",)),
        ):
            for subject in subjects:
                cls.tickets[company][subject] = cls._create_ticket(
                    "2026-11-12 12:00:00",
                    name=subject,
                    partner_id=cls.customer.id,
                    stage_id=cls.new.id,
                    company_id=company.id,
                )
            for ticket in cls.tickets[company].values():
                ticket.message_subscribe(cls.seller.partner_id.ids)

    def test_every_tile_has_a_check(self):
        self._check_every_tile_has_a_check()

    def test_everybody_has_one_number(self):
        self._check_everybody()

    def test_all_companies_have_one_number(self):
        self._check_all_companies()

    def test_numbers_by_hand(self):
        # five of the problems' tests; Azure's and two of Mine are the seller's
        for company, user, count in (
            (self.company, self.manager, 8),
            (self.company, self.seller, 5),
            (self.sister, self.manager, 6),
            (self.sister, self.seller, 3),
        ):
            tile = self._get_problems("all", user, companies=company)
            self.assertEqual(self._get_counts(tile)["all"], count)
