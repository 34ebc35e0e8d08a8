# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.crm_dashboards.tests.invariant_common import CUSTOMER, InvariantCase
from odoo.addons.crm_dashboards.tests.tile_checks import CORE_CHECKS

TILES = ("customer_events", "customer_upcoming")


@tagged("post_install", "-at_install")
class TestInvariant(InvariantCase):
    """Tasks among the events: tile, list and workbook have the same lines."""

    checks = {code: CORE_CHECKS[code] for code in TILES}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for company in (cls.company, cls.sister):
            project = cls.env["project.project"].create(
                {
                    "name": "Shop fitting",
                    "privacy_visibility": "employees",
                    "company_id": company.id,
                }
            )
            for name, deadline, state in (
                ("Measure", "2026-11-19 16:00:00", "01_in_progress"),
                ("Deliver", "2026-12-04 16:00:00", "01_in_progress"),
                ("Draw", "2026-11-10 16:00:00", "1_done"),
            ):
                cls.env["project.task"].create(
                    {
                        "name": f"{name} for {company.name}",
                        "project_id": project.id,
                        "partner_id": cls.contact.id,
                        "date_deadline": deadline,
                        "state": state,
                        "user_ids": [Command.set(cls.seller.ids)],
                    }
                )

    def _get_codes(self, dashboard):
        """Return the tiles of the core that tasks are added to."""
        return list(TILES) if dashboard == CUSTOMER else []

    def test_everybody_has_the_same_lines(self):
        self._check_everybody()

    def test_all_companies_have_the_same_lines(self):
        self._check_all_companies()

    def test_tasks_are_among_the_lines(self):
        for company in (self.company, self.sister):
            for user in (self.manager, self.seller):
                found = self._get_texts(TILES[1], user, companies=company)
                self.assertIn(f"Task: Measure for {company.name}", found)
                self.assertNotIn(f"Task: Draw for {company.name}", found)
