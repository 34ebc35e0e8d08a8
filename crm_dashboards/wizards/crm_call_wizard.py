# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from ..models.named_records import name_first
from ..models.rpc import rpc

MOST_NAMED = 3


class CrmCallWizard(models.TransientModel):
    """Asks when customers are to be called: a planned activity, or a snooze."""

    _name = "crm.call.wizard"
    _inherit = ["crm.when.mixin", "crm.undo.mixin"]
    _description = "Plan or Snooze a Call"

    _makes = ("mail.activity", "crm.call.snooze", "crm.missing.order.decision")

    decision = fields.Selection(
        [("plan", "Plan"), ("snooze", "Snooze")], required=True, readonly=True
    )
    partner_ids = fields.Many2many(
        "res.partner", string="Customers", required=True, readonly=True
    )
    order_ids = fields.Many2many(
        "sale.order",
        string="Quotations",
        readonly=True,
        help="What the activity is about, if not the customer as a whole.",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        "Activity",
        domain="[('res_model', 'in', [False, 'res.partner'])]",
        default=lambda self: self.env["crm.log.engagement"]._get_default_type(),
    )
    user_id = fields.Many2one(
        "res.users",
        "Assigned to",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    note = fields.Text()

    @api.model
    def default_get(self, fields):
        """Leave out whom or what somebody has deleted meanwhile."""
        values = super().default_get(fields)
        for name in ("partner_ids", "order_ids"):
            if name in values:
                chosen = self.new({name: values[name]})[name]._origin.exists()
                values[name] = [Command.set(chosen.ids)]
        return values

    @api.depends("partner_ids")
    def _compute_expected_date(self):
        return super()._compute_expected_date()

    def _get_metrics(self):
        return self.env["crm.customer.metric"].search(
            self.env.company._get_crm_figures_domain()
            & Domain("partner_id", "in", self.partner_ids.ids)
        )

    def _get_first_day(self):
        if self.decision == "plan":
            return fields.Date.context_today(self)
        return super()._get_first_day()

    @rpc(one=True)
    def action_confirm(self):
        """Plan the activities, or snooze the customers; their rows go at once."""
        if not self.partner_ids:
            raise UserError(self.env._("Please choose a customer."))
        self.partner_ids.check_access("read")
        words = {"customers": self._name_customers(), "day": self._format_date()}
        if self.decision == "snooze":
            made = self._snooze()
            message = self.env._("%(customers)s: snoozed until %(day)s.", **words)
            if len(self.partner_ids) == 1:
                message = self.env._("%(customers)s is snoozed until %(day)s.", **words)
            return self._answer(message, *made)
        message = self.env._(
            "%(type)s with %(customers)s is planned for %(day)s.",
            type=self.activity_type_id.name,
            **words,
        )
        return self._answer(message, self._plan())

    @rpc(one=True)
    def action_undo(self):
        """Take back what was done a moment ago."""
        return self._undo()

    def _snooze(self):
        turns = self.env["crm.who.next"].search([("id", "in", self.partner_ids.ids)])
        if not turns:
            raise ValidationError(
                self.env._("There is no reason to call this customer any more.")
            )
        return turns._snooze(self.date)

    def _plan(self):
        """Plan an activity on each customer or quotation.

        Not by ``activity_schedule``, which marks what it makes as automated.
        """
        documents = self.order_ids or self.partner_ids
        return self.env["mail.activity"].create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(documents._name),
                    "res_id": document.id,
                    "activity_type_id": self.activity_type_id.id,
                    "date_deadline": self.date,
                    "note": self.note,
                    "user_id": (self.user_id or self.env.user).id,
                }
                for document in documents
            ]
        )

    def _name_customers(self):
        partners = self.partner_ids
        names = partners[:MOST_NAMED].mapped("display_name")
        return name_first(self.env, names, len(partners))

    def _get_action(self, partners, decision, orders=None):
        """Return the action that opens the dialog about customers.

        :param decision: plan or snooze
        :param orders: sale.order that an activity is about
        """
        if len(partners) == 1:
            names = {"customer": partners.display_name}
            titles = {
                "plan": self.env._("Plan with %(customer)s", **names),
                "snooze": self.env._("Snooze %(customer)s", **names),
            }
        else:
            numbers = {"count": len(partners)}
            titles = {
                "plan": self.env._("Plan with %(count)s customers", **numbers),
                "snooze": self.env._("Snooze %(count)s customers", **numbers),
            }
        context = {"default_partner_ids": partners.ids, "default_decision": decision}
        if orders:
            context["default_order_ids"] = orders.ids
        return {
            "type": "ir.actions.act_window",
            "name": titles[decision],
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }
