# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmMissingOrderDecision(models.Model):
    """What a person decided about a customer's missing order.

    Rows are only added; the newest of a customer counts. *Not a loss* holds until the
    customer orders again, since it is about this one alert.
    """

    _name = "crm.missing.order.decision"
    _inherit = ["crm.decision.mixin"]
    _description = "Missing Order Decision"
    _rec_name = "partner_id"
    _order = "id DESC"

    _undecided = {"decision": "alert", "snoozed_until": False, "reason": False}

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    decision = fields.Selection(
        [
            ("snooze", "Snoozed"),
            ("not_a_loss", "Not a loss"),
            ("alert", "Alert again"),
        ],
        required=True,
    )
    snoozed_until = fields.Date(help="The alert comes back on that day.")
    reason = fields.Char()
    last_order_date = fields.Date(
        help="Last order when it was decided: tells which alert it was about."
    )

    _customer_idx = models.Index("(company_id, partner_id, id)")
    _snooze_has_date = models.Constraint(
        "CHECK(decision <> 'snooze' OR snoozed_until IS NOT NULL)",
        "Please say until when the alert is snoozed.",
    )

    def _decide(self, metrics, decision, **values):
        """Note a decision about the customers of ``metrics``.

        The user must be able to read these figures, and needs no other right: nobody
        writes decisions but through here.
        """
        metrics.check_access("read")
        rows = [
            {
                "partner_id": metric.partner_id.id,
                "company_id": metric.company_id.id,
                "last_order_date": metric.last_order_date,
                "decision": decision,
                **values,
            }
            for metric in metrics
        ]
        return self.sudo().create(rows).sudo(False)
