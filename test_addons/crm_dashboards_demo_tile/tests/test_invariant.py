# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.crm_dashboards.tests.invariant_common import InvariantCase
from odoo.addons.crm_dashboards.tests.tile_checks import ORDERS, TileCheck
from odoo.addons.crm_dashboards.tests.tile_view import COUNT

from .test_demo_tile import CODE


def compare_quotations(view):
    (figure,) = view.figures
    number = int(figure.label.split()[1])  # in 3 quotations
    view.compare_see_more({ORDERS: figure.value, COUNT: number})


@tagged("post_install", "-at_install")
class TestInvariant(InvariantCase):
    """What an addon adds to have its tile walked over."""

    module = "crm_dashboards_demo_tile"
    checks = {
        CODE: TileCheck(compare_quotations, no_workbook="The list is Odoo's own.")
    }

    def test_every_tile_has_a_check(self):
        self._check_every_tile_has_a_check()

    def test_everybody_has_one_number(self):
        self._check_everybody()

    def test_all_companies_have_one_number(self):
        self._check_all_companies()
