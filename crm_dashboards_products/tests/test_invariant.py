# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW
from odoo.addons.crm_dashboards.tests.invariant_common import InvariantCase
from odoo.addons.crm_dashboards.tests.tile_checks import ORDERS, TileCheck
from odoo.addons.crm_dashboards.tests.tile_view import COUNT

from .lines_common import TODAY
from .proposals_common import ProposalsCase
from .quotations_common import QuotationsCase

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


def compare_could_buy(view):
    """Five proposals, and who else lacks each product."""
    proposals = view.compare_see_more({}).search()
    rows = view.get_rows()
    view.case.assertEqual([row["id"] for row in rows], proposals.ids[: len(rows)])
    view.case.assertEqual(len(rows), min(len(proposals), view.case.row_count))
    for row, proposal in zip(rows, proposals, strict=False):
        view.assert_same(proposal.today_value, row["cell"]["value"], row["title"])
        lacking = view.compare_report(row["drill"], {}).search()
        view.case.assertIn(row["id"], lacking.ids)
        view.case.assertEqual(lacking.product_tmpl_id, proposal.product_tmpl_id)


def compare_quotations(view):
    """Each figure is a number of quotations; those sent come to the value."""
    view.compare_drills(count=COUNT)
    headline = view.get_blocks("figure")[0]["figures"][0]
    report = view.compare_see_more({COUNT: headline["cell"]["value"]})
    view.case.assertIn(
        view.format(report.aggregate(ORDERS)[ORDERS] or 0.0), headline["label"]
    )
    view.compare_rows(report, "crm_base_net_value", headline["cell"]["value"])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestInvariant(ProposalsCase, QuotationsCase, InvariantCase):
    module = "crm_dashboards_products"
    checks = {
        "leaving_quietly": TileCheck(compare_leaving),
        "could_buy": TileCheck(compare_could_buy),
        "quotes_to_follow_up": TileCheck(compare_quotations),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spice = cls._create_product("Spice")
        cls._tell_story(cls.sister)
        cls._sell_ribbons(cls.sister)
        for company in cls.company | cls.sister:
            for back, amount in ((1, 100), (20, 70), (40, 30)):
                day = TODAY + timedelta(days=5) if back == 20 else False
                values = {"company": company, "validity_date": day}
                cls._quote(back, amount, **values)
                cls._quote(back, amount, sent=False, **values)
            for back in range(181, 71, -10):
                cls._buy(cls.baker, back, {spice: 30}, company)
                cls._buy(cls.cook, back, {spice: 30}, company)
            cls._buy(cls.customer, 30, {cls.pot: 5, cls.vase: 5}, company)
            cls.env["crm.metric.refresh"]._get_refresh(company).proposals_on = False
            cls._refresh(company)
            cls.env["crm.quotation.chance"].create(
                {
                    "company_id": company.id,
                    "age_days": 0,
                    "ordered_count": 12,
                    "open_count": 41,
                }
            )

    def test_every_tile_has_a_check(self):
        self._check_every_tile_has_a_check()

    def test_everybody_has_one_number(self):
        self._check_everybody()

    def test_all_companies_have_one_number(self):
        self._check_all_companies()
