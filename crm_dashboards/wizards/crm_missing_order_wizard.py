# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.named_records import name_first
from ..models.rpc import rpc

MOST_NAMED = 3


class CrmMissingOrderWizard(models.TransientModel):
    """Asks until when, or why, an alert about a missing order is put off."""

    _name = "crm.missing.order.wizard"
    _inherit = ["crm.chosen.customers.mixin", "crm.when.mixin", "crm.undo.mixin"]
    _description = "Decide on Missing Orders"

    _makes = ("crm.missing.order.decision",)

    decision = fields.Selection(
        [("snooze", "Snooze"), ("not_a_loss", "Not a loss")], required=True
    )
    choice = fields.Selection(default="two_weeks")
    reason = fields.Char(help="Such as: on holiday, moved to another branch.")

    @api.depends("metric_ids")
    def _compute_expected_date(self):
        return super()._compute_expected_date()

    def _get_metrics(self):
        return self.metric_ids._origin.exists()

    def _asks_when(self):
        return self.decision == "snooze"

    @api.constrains("decision", "reason")
    def _check_reason(self):
        for wizard in self:
            if wizard.decision == "not_a_loss" and not wizard.reason:
                raise ValidationError(
                    self.env._("Please say why this customer is not a loss.")
                )

    @rpc(one=True)
    def action_confirm(self):
        """Note the decision; the alerts of these customers go at once."""
        self._check_chosen()
        made = self._decide()
        words = {"customers": self._name_chosen(), "day": self._format_date()}
        several = len(self.metric_ids.partner_id) > 1
        if self.decision == "snooze":
            message = self.env._("%(customers)s is snoozed until %(day)s.", **words)
            if several:
                message = self.env._("%(customers)s: snoozed until %(day)s.", **words)
        else:
            message = self.env._("%(customers)s is no loss.", **words)
            if several:
                message = self.env._("%(customers)s: no loss.", **words)
        return self._answer(message, made)

    @rpc(one=True)
    def action_undo(self):
        """Take back what was done a moment ago."""
        return self._undo()

    def _decide(self):
        return self.env["crm.missing.order.decision"]._decide(
            self.metric_ids, self.decision, **self._get_answer()
        )

    def _get_answer(self):
        return {
            "snoozed_until": self.decision == "snooze" and self.date,
            "reason": self.reason,
        }

    def _name_chosen(self):
        partners = self.metric_ids.partner_id
        names = partners[:MOST_NAMED].mapped("display_name")
        return name_first(self.env, names, len(partners))
