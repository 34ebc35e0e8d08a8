# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from ..report import Report, Term


class CrmTileMonthProjection(models.AbstractModel):
    """The report of what account managers' months are expected to come to.

    No tile shows it: the tile of orders leads here.
    """

    _name = "crm.tile.month_projection"
    _inherit = "crm.tile"
    _description = "Report: Projected Month"

    _report_action = "crm_dashboards.crm_month_projection_action"

    def _get_report(self):
        return Report(
            title=self.env._("Projected Month"),
            action=self._report_action,
            domain=Domain("company_id", "in", self.env.companies.ids),
            group_by="name",
            measure="projected_value",
            link_field="user_id",
            reading_note=self.env._("All orders of each customer"),
            is_stored=True,
            terms=(self._get_scope_term(), *self._get_terms()),
        )

    def _get_terms(self):
        return [
            *super()._get_terms(),
            Term(
                self.env._("Projected month"),
                self.env._(
                    "What the orders of this month are expected to come to, as of the "
                    "night: the sum of the customers' projections, which are scaled to "
                    "that of the company. Orders of today do not change it."
                ),
            ),
            Term(
                self.env._("Not counted"),
                self.env._(
                    "Customers that are not compared with others are projected as one "
                    "for each reason: account managers, unassigned and not counted add "
                    "up to the company."
                ),
            ),
        ]
