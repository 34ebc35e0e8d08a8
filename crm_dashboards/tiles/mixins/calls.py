# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError, ValidationError

from .. import blocks

UNDO_TIME = timedelta(minutes=5)  # the browser offers it for ten seconds


class CrmTileCallsMixin(models.AbstractModel):
    """What one does with the customers to call; a row's id is the customer's."""

    _name = "crm.tile.calls.mixin"
    _inherit = "crm.tile.customers.mixin"
    _description = "Tile of Customers to Call"

    def _find_turn(self, customer_id):
        """Return the crm.who.next of a row.

        :raise AccessError: the user may not read it
        :raise ValidationError: there is no reason to call any more
        """
        turn = self.env["crm.who.next"].search([("id", "=", customer_id)])
        if not turn:
            raise ValidationError(
                self.env._("There is no reason to call this customer any more.")
            )
        return turn

    def _get_buttons(self):
        """Return the buttons of a row, none for those who may only read customers."""
        usual_order = self._get_usual_order_buttons()
        if not self.env["res.partner"].has_access("write"):
            return usual_order
        return (
            *usual_order,
            blocks.RowAction(
                "log_engagement", self.env._("Log engagement"), "fa-pencil-square-o"
            ),
            self._get_schedule_button(),
            blocks.RowAction("snooze", self.env._("Snooze"), "fa-clock-o"),
        )

    def _get_undo_button(self, turn):
        """Return the button that takes a snooze back; other acts stay as they are."""
        acts = turn.act_facts or ()
        if not acts or acts[0]["kind"] != "snooze" or not self._get_buttons():
            return ()
        return (blocks.RowAction("unsnooze", self.env._("Call again"), "fa-undo"),)

    def _row_action_usual_order(self, customer_id, _scope):
        """Propose what the customer of a row usually orders."""
        customer = self._find_turn(customer_id).partner_id
        return self.env["crm.usual.order"]._get_action(customer)

    def _row_action_log_engagement(self, customer_id, _scope):
        """Note how one was in touch with the customer of a row."""
        customer = self._find_turn(customer_id).partner_id
        return self.env["crm.log.engagement"]._get_action(customer)

    def _row_action_schedule(self, customer_id, _scope):
        """Plan an activity with the customer of a row."""
        return self._open_call_dialog(customer_id, "plan")

    def _row_action_snooze(self, customer_id, _scope):
        """Ask until when the customer of a row need not be called."""
        return self._open_call_dialog(customer_id, "snooze")

    def _row_action_unsnooze(self, customer_id, _scope):
        """Take a snooze back."""
        self._find_turn(customer_id)._snooze(False)

    def _row_action_undo_plan(self, activity_id, _scope):
        """Take back an activity that the user has just planned."""
        activity = self.env["mail.activity"].browse(activity_id).exists()
        self._check_undo(activity)
        activity.unlink()

    def _row_action_undo_log(self, message_id, _scope):
        """Take back an engagement that the user has just logged."""
        message = self.env["mail.message"].browse(message_id).exists()
        self._check_undo(message)
        if not message.mail_activity_type_id:
            self._refuse_undo()
        message.sudo().unlink()

    def _check_undo(self, record):
        """Make sure that a record was made by the user a moment ago.

        :raise UserError: it was not, or is not there any more
        """
        record.check_access("read")
        since = self.env.cr.now() - UNDO_TIME
        if (
            not record
            or record.create_uid != self.env.user
            or record.create_date < since
        ):
            self._refuse_undo()

    def _refuse_undo(self):
        raise UserError(self.env._("This cannot be undone any more."))

    def _open_call_dialog(self, customer_id, decision):
        turn = self._find_turn(customer_id)
        titles = {
            "plan": self.env._("Plan with %(customer)s", customer=turn.display_name),
            "snooze": self.env._("Snooze %(customer)s", customer=turn.display_name),
        }
        return {
            "type": "ir.actions.act_window",
            "name": titles[decision],
            "res_model": "crm.call.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": turn.id,
                "default_decision": decision,
            },
        }
