# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmLeavingDecision(models.Model):
    """What a person decided about a line that a customer stopped buying.

    *Not a loss* holds until the customer buys the product again.
    """

    _name = "crm.leaving.decision"
    _inherit = ["crm.product.decision.mixin"]
    _description = "Decision on a Line That Leaves"

    _undecided = {"decision": "alert", "snoozed_until": False, "reason": False}

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

    def _prepare_circumstances(self, finding):
        return {"last_date": finding.last_date}
