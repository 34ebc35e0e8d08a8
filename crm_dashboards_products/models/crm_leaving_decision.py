# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmLeavingDecision(models.Model):
    """What a person decided about a line that a customer stopped buying.

    Rows are only added; the newest of a line counts. *Not a loss* holds until the
    customer buys the product again.
    """

    _name = "crm.leaving.decision"
    _inherit = ["crm.decision.mixin"]
    _description = "Decision on a Line That Leaves"
    _rec_name = "partner_id"
    _order = "id DESC"

    _about = ("partner_id", "company_id", "product_tmpl_id")
    _undecided = {"decision": "alert", "snoozed_until": False, "reason": False}

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(
        "product.template", "Product", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    decision = fields.Selection(
        [
            ("snooze", "Snoozed"),
            ("not_a_loss", "Not a loss"),
            ("alert", "Alert again"),
        ],
        required=True,
    )
    snoozed_until = fields.Date(help="The line comes back on that day.")
    reason = fields.Char()
    last_date = fields.Date(
        "Last Bought",
        required=True,
        help="When it was decided: tells what it was about.",
    )

    _line_idx = models.Index("(company_id, partner_id, product_tmpl_id, id)")
    _snooze_has_date = models.Constraint(
        "CHECK(decision <> 'snooze' OR snoozed_until IS NOT NULL)",
        "Please say until when the line is snoozed.",
    )

    def _decide(self, lines, decision, **values):
        """Note a decision about lines, which the user must be able to read.

        Nobody writes decisions but through here.
        """
        lines.check_access("read")
        return self.sudo().create(
            [
                {
                    "partner_id": line.partner_id.id,
                    "product_tmpl_id": line.product_tmpl_id.id,
                    "company_id": line.company_id.id,
                    "last_date": line.last_date,
                    "decision": decision,
                    **values,
                }
                for line in lines
            ]
        )
