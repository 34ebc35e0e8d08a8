# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW
from odoo.addons.crm_dashboards.tests.forged_calls import ForgedCallCase
from odoo.addons.crm_dashboards.tests.leaks_common import LeakCase

OF_CUSTOMERS = {
    "crm.leaving.decision",
    "crm.leaving.line",
    "crm.product.proposal",
    "crm.proposal.decision",
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeaks(LeakCase):
    """The walks of the main addon, with rows of ours about each customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_lines_and_proposals()
        cls.env.flush_all()

    @classmethod
    def _create_lines_and_proposals(cls):
        metrics = cls.env["crm.customer.metric"].search(cls._of_company())
        template = cls.product.product_tmpl_id
        rows = [
            {
                "partner_id": metric.partner_id.id,
                "company_id": cls.company.id,
                "product_tmpl_id": template.id,
            }
            for metric in metrics
        ]
        lines = cls.env["crm.leaving.line"].create(
            [
                {
                    **row,
                    "kind": "leaving",
                    "last_date": "2026-09-01",
                    "found_on": "2026-11-01",
                }
                for row in rows
            ]
        )
        cls.env["crm.leaving.decision"]._decide(lines, "not_a_loss", reason="Moved")
        proposals = cls.env["crm.product.proposal"].create(
            [
                {
                    **row,
                    "product_id": cls.product.id,
                    "rank": 1,
                    "behind_count": 10,
                    "taking_count": 5,
                    "proposed_on": "2026-11-20",
                }
                for row in rows
            ]
        )
        cls.env["crm.proposal.decision"]._decide(proposals, "not_for_them")

    def test_no_model_tells_more_than_one_may_know(self):
        self.assertGreaterEqual(self._check_models(), OF_CUSTOMERS)

    def test_no_field_tells_a_stranger_of_figures(self):
        self._check_fields()

    def test_no_path_leads_to_figures(self):
        self._check_paths()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestForgedCalls(ForgedCallCase):
    def test_every_method_answers_in_words(self):
        self._check_methods(but_of="crm_dashboards")
