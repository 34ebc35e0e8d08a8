# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW
from odoo.addons.crm_dashboards.tests.invariant_common import InvariantCase
from odoo.addons.crm_dashboards.tests.tile_checks import TileCheck
from odoo.addons.crm_dashboards.tests.tile_view import COUNT

from .lines_common import LinesCase

YEAR = "year_value:sum"


def compare_leaving(view):
    """Lines and products that fade; a row is the lines of a customer."""
    headline, *fading = view.get_blocks("figure")[0]["figures"]
    report = view.compare_see_more({COUNT: headline["cell"]["value"]})
    total = report.aggregate(YEAR)[YEAR]
    view.case.assertIn(view.format(total), headline["label"])
    view.compare_report(headline["drill"], {COUNT: headline["cell"]["value"]})
    for figure in fading:
        lines = view.compare_report(figure["drill"], {}).search()
        view.case.assertEqual(len(lines.product_tmpl_id), figure["cell"]["value"])
    for row in view.get_rows():
        customer = view.env["crm.customer.metric"].browse(row["id"]).partner_id
        lines = report.search().filtered(lambda line, c=customer: line.partner_id == c)
        view.assert_same(
            sum(lines.mapped("year_value")), row["cell"]["value"], row["title"]
        )
        view.compare_record(row["drill"])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestInvariant(LinesCase, InvariantCase):
    module = "crm_dashboards_products"
    checks = {"leaving_quietly": TileCheck(compare_leaving)}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spice = cls._create_product("Spice")
        cls._tell_story(cls.sister)
        for company in cls.company | cls.sister:
            for back in range(181, 71, -10):
                cls._buy(cls.baker, back, {spice: 30}, company)
                cls._buy(cls.cook, back, {spice: 30}, company)
            cls._refresh(company)

    def test_every_tile_has_a_check(self):
        self._check_every_tile_has_a_check()

    def test_everybody_has_one_number(self):
        self._check_everybody()

    def test_all_companies_have_one_number(self):
        self._check_all_companies()
