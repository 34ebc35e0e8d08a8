# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.crm_dashboards.models.rpc import rpc


class CrmMissingOrderWizard(models.TransientModel):
    """Decides on lines that leave, too: with lines it is about them alone."""

    _inherit = "crm.missing.order.wizard"

    leaving_line_ids = fields.Many2many(
        "crm.leaving.line", string="Products", readonly=True
    )
    is_about_lines = fields.Boolean(
        default=lambda self: bool(self.env.context.get("default_leaving_line_ids")),
        readonly=True,
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "leaving_line_ids" in values:
            chosen = self.new({"leaving_line_ids": values["leaving_line_ids"]})
            lines = chosen.leaving_line_ids._origin.exists()
            values["leaving_line_ids"] = [Command.set(lines.ids)]
        return values

    @rpc(one=True)
    def action_confirm(self):
        """Note the decision on the lines, or on missing orders."""
        if not self.is_about_lines:
            return super().action_confirm()
        self._check_chosen()
        if not self.leaving_line_ids:
            raise UserError(
                self.env._("These lines are not there any more. Please choose again.")
            )
        self.env["crm.leaving.decision"]._decide(
            self.leaving_line_ids,
            self.decision,
            snoozed_until=self.decision == "snooze" and self.snoozed_until,
            reason=self.reason,
        )
        return {"type": "ir.actions.act_window_close"}
