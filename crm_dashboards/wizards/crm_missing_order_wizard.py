# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.rpc import rpc

USUAL_SNOOZE = timedelta(days=14)


class CrmMissingOrderWizard(models.TransientModel):
    """Asks until when, or why, an alert about a missing order is put off."""

    _name = "crm.missing.order.wizard"
    _inherit = ["crm.chosen.customers.mixin"]
    _description = "Decide on Missing Orders"

    decision = fields.Selection(
        [("snooze", "Snooze"), ("not_a_loss", "Not a loss")], required=True
    )
    snoozed_until = fields.Date(
        "Until", default=lambda self: fields.Date.context_today(self) + USUAL_SNOOZE
    )
    reason = fields.Char(help="Such as: on holiday, moved to another branch.")

    @api.constrains("decision", "snoozed_until", "reason")
    def _check_answer(self):
        for wizard in self:
            if wizard.decision == "not_a_loss" and not wizard.reason:
                raise ValidationError(
                    self.env._("Please say why this customer is not a loss.")
                )
            if wizard.decision == "snooze" and (
                not wizard.snoozed_until
                or wizard.snoozed_until <= fields.Date.context_today(wizard)
            ):
                raise ValidationError(
                    self.env._("Please choose a day after today to be alerted again.")
                )

    @rpc(one=True)
    def action_confirm(self):
        """Note the decision; the alerts of these customers go at once."""
        self._check_chosen()
        self.env["crm.missing.order.decision"]._decide(
            self.metric_ids,
            self.decision,
            snoozed_until=self.decision == "snooze" and self.snoozed_until,
            reason=self.reason,
        )
        return {"type": "ir.actions.act_window_close"}
