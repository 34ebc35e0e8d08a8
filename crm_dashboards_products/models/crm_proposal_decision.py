# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmProposalDecision(models.Model):
    """What was decided about a proposal, by a person or since its time was over.

    Rows are only added; the newest of a customer and product counts.
    """

    _name = "crm.proposal.decision"
    _description = "Decision on a Proposal"
    _rec_name = "partner_id"
    _order = "id DESC"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(
        "product.template", "Product", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
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

    def _decide(self, proposals, decision):
        """Note a decision about proposals, which the user must be able to read.

        Nobody writes decisions but through here, and the night.
        """
        proposals.check_access("read")
        refresh = self.env["crm.metric.refresh"]
        return self.sudo().create(
            [
                {
                    "partner_id": proposal.partner_id.id,
                    "product_tmpl_id": proposal.product_tmpl_id.id,
                    "company_id": proposal.company_id.id,
                    "decision": decision,
                    "date": refresh._get_figures_today(proposal.company_id),
                }
                for proposal in proposals
            ]
        )
