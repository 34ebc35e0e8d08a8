# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.date_words import format_soon
from ..models.rpc import rpc
from .notice import close_with_notice

DAYS = {"tomorrow": 1, "week": 7}


class CrmCallWizard(models.TransientModel):
    """Asks when a customer is to be called: a planned activity, or a snooze."""

    _name = "crm.call.wizard"
    _description = "Plan or Snooze a Call"

    decision = fields.Selection(
        [("plan", "Plan"), ("snooze", "Snooze")], required=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True
    )
    expected_date = fields.Date("Expected Order", compute="_compute_expected_date")
    choice = fields.Selection(
        [
            ("tomorrow", "Tomorrow"),
            ("week", "In a week"),
            ("expected", "When the next order is expected"),
            ("day", "On another day"),
        ],
        "When",
        required=True,
        default="tomorrow",
    )
    date = fields.Date(
        "On",
        compute="_compute_date",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        "Activity",
        domain="[('res_model', 'in', [False, 'res.partner'])]",
        default=lambda self: self.env["crm.log.engagement"]._get_default_type(),
    )
    note = fields.Text()

    @api.depends("partner_id")
    def _compute_expected_date(self):
        for wizard in self:
            day = wizard._get_turn().metric_id.expected_order_date
            is_ahead = day and day > fields.Date.context_today(wizard)
            wizard.expected_date = day if is_ahead else False

    @api.depends("choice", "expected_date")
    def _compute_date(self):
        for wizard in self:
            today = fields.Date.context_today(wizard)
            if wizard.choice in DAYS:
                wizard.date = today + timedelta(days=DAYS[wizard.choice])
            elif wizard.choice == "expected" and wizard.expected_date:
                wizard.date = wizard.expected_date
            elif not wizard.date:
                wizard.date = today + timedelta(days=1)

    @api.constrains("decision", "date")
    def _check_date(self):
        for wizard in self:
            today = fields.Date.context_today(wizard)
            if wizard.date < today or (
                wizard.decision == "snooze" and wizard.date == today
            ):
                raise ValidationError(self.env._("Please choose a day to come."))

    @rpc(one=True)
    def action_confirm(self):
        """Plan the activity, or snooze the customer; the row goes at once."""
        turn = self._get_turn()
        turn.check_access("read")
        words = {"customer": self.partner_id.display_name, "day": self._format_date()}
        if self.decision == "snooze":
            turn._snooze(self.date)
            notice = self.env._("%(customer)s is snoozed until %(day)s.", **words)
            undo = {"action": "unsnooze", "row_id": turn.id}
        else:
            # no activity_schedule, which marks what it makes as automated
            activity = self.env["mail.activity"].create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "res_id": self.partner_id.id,
                    "activity_type_id": self.activity_type_id.id,
                    "date_deadline": self.date,
                    "note": self.note,
                    "user_id": self.env.uid,
                }
            )
            notice = self.env._(
                "%(type)s with %(customer)s is planned for %(day)s.",
                type=self.activity_type_id.name,
                **words,
            )
            undo = {"action": "undo_plan", "row_id": activity.id}
        return close_with_notice(notice, undo)

    def _format_date(self):
        return format_soon(self.env, self.date, fields.Date.context_today(self))

    def _get_turn(self):
        """Return the crm.who.next of the customer, none without a reason to call."""
        return self.env["crm.who.next"].search([("id", "=", self.partner_id.id)])
