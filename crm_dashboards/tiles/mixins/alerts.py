# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .. import blocks
from ..words import format_share


class CrmTileAlertsMixin(models.AbstractModel):
    """Words and buttons of an alert about a customer's missing order."""

    _name = "crm.tile.alerts.mixin"
    _inherit = "crm.tile.customers.mixin"
    _description = "Tile With Alerts"

    def _get_alert_buttons(self):
        """Return the buttons of an alert, none for those who may only read."""
        if not self.env["crm.missing.order.wizard"].has_access("create"):
            return ()
        return (
            *self._get_usual_order_buttons(),
            blocks.RowAction("snooze", self.env._("Snooze"), "fa-clock-o"),
            blocks.RowAction("not_a_loss", self.env._("Not a loss"), "fa-thumbs-o-up"),
            self._get_schedule_button(),
        )

    def _describe_leaving(self, probability):
        """Return in words how probable it is that the customer of an alert leaves.

        Empty where that is next to nothing, or not known before the next night.
        """
        if not probability:
            return ""
        share = format_share(self.env, probability)
        return self.env._("leaves: %(share)s", share=share)

    def _row_action_snooze(self, metric_id, _scope):
        """Put off the alert of a row until a date."""
        return self.env["crm.customer.metric"].browse(metric_id).action_snooze()

    def _row_action_not_a_loss(self, metric_id, _scope):
        """Take the alert of a row away, with a reason."""
        return self.env["crm.customer.metric"].browse(metric_id).action_not_a_loss()
