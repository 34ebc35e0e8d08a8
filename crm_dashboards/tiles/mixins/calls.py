# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import ValidationError

from ...models.answer import answer
from .. import blocks


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

    def _get_phone_button(self, customer):
        """Return the button for whom nobody can call, False if it may not be used."""
        if not customer.has_access("write"):
            return False
        return blocks.RowAction("add_phone", self.env._("Add phone"), "fa-phone")

    def _get_undo_button(self, turn):
        """Return the button that takes a snooze back; other acts stay as they are."""
        acts = turn.act_facts or ()
        if not acts or acts[0]["kind"] != "snooze" or not self._get_buttons():
            return ()
        return (blocks.RowAction("unsnooze", self.env._("Call again"), "fa-undo"),)

    def _row_action_add_phone(self, customer_id, _scope):
        """Open the address of the customer of a row, to note how it is reached."""
        return self._find_turn(customer_id).partner_id._get_crm_address_action()

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
        turn = self._find_turn(customer_id)
        turn._snooze(False)
        name = turn.partner_id.display_name
        return answer(self.env._("%(customer)s can be called again.", customer=name))

    def _open_call_dialog(self, customer_id, decision):
        customer = self._find_turn(customer_id).partner_id
        return self.env["crm.call.wizard"]._get_action(customer, decision)
