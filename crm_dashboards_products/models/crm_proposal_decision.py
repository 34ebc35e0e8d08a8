# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmProposalDecision(models.Model):
    """What was decided about a proposal, by a person or since its time was over."""

    _name = "crm.proposal.decision"
    _inherit = ["crm.product.decision.mixin"]
    _description = "Decision on a Proposal"

    decision = fields.Selection(
        [
            ("not_for_them", "Not for them"),
            ("take_back", "Taken back"),
            ("ended", "Ended"),
        ],
        required=True,
    )
    date = fields.Date(required=True, help="That day in the company.")

    _proposal_idx = models.Index("(company_id, partner_id, product_tmpl_id, id)")

    def _prepare_circumstances(self, finding):
        refresh = self.env["crm.metric.refresh"]
        return {"date": refresh._get_figures_today(finding.company_id)}
