# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .crm_reason import NEVER


class CrmReasonMovedDown(models.AbstractModel):
    """The customer fell into another segment this week."""

    _name = "crm.reason.moved_down"
    _inherit = "crm.reason"
    _description = "Reason: Moved Down"

    _reads = ("crm.segment.change",)
    _counts = NEVER

    def _get_query(self):
        moves = self.env["crm.segment.change"]._search(
            self.env.company._get_crm_figures_domain()
            & Domain("date", ">", "today -7d")
            & Domain("direction", "=", "down")
        )
        moves.order = None
        return SQL(
            """
            SELECT DISTINCT ON (move.partner_id)
                   move.partner_id, NULL::numeric, NULL::timestamp, move.date,
                   NULL::date, JSONB_BUILD_OBJECT('segment', move.segment_to)
              FROM crm_segment_change move
             WHERE move.id IN %s
             ORDER BY move.partner_id, move.date DESC, move.id DESC
            """,
            moves.subselect(),
        )

    def _describe(self, facts, currency):
        field = self.env["crm.customer.metric"]._fields["segment"]
        labels = dict(field._description_selection(self.env))
        return self.env._("fell to %(segment)s", segment=labels[facts["segment"]])
