# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.rpc import rpc
from ..nightly.assignment import (
    ASSIGNMENT_SELECTION,
    assign,
    find_unassigned,
    propose_managers,
)

ONE_USER = "user"


class CrmAssignmentWizard(models.TransientModel):
    """Gives the customers of nobody account managers, after a look at who gets whom."""

    _name = "crm.assignment.wizard"
    _description = "Assign Account Managers"

    company_id = fields.Many2one(
        "res.company", readonly=True, default=lambda self: self.env.company
    )
    method = fields.Selection(
        [*ASSIGNMENT_SELECTION, (ONE_USER, "One user")],
        "Account Manager",
        required=True,
        default=ASSIGNMENT_SELECTION[0][0],
    )
    user_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    is_for_new = fields.Boolean(
        "Also for new customers, each night",
        default=lambda self: bool(self.env.company.sudo().crm_assignment),
        help="Customers whose first order comes from today on get their account "
        "manager in the same way, in the night after it.",
    )
    line_ids = fields.One2many(
        "crm.assignment.wizard.line",
        "wizard_id",
        "Who Gets Whom",
        compute="_compute_line_ids",
    )
    message = fields.Char(compute="_compute_line_ids")

    @api.depends("method", "user_id")
    def _compute_line_ids(self):
        for wizard in self:
            customers = wizard._find_customers()
            proposed = wizard._propose(customers)
            counts = {}
            for customer, user in proposed.items():
                counts.setdefault(user, []).append(customer)
            wizard.line_ids = [
                fields.Command.clear(),
                *(
                    fields.Command.create(
                        {
                            "user_id": user.id,
                            "customer_count": len(own),
                            "customers": wizard._name_customers(own),
                        }
                    )
                    for user, own in sorted(
                        counts.items(), key=lambda item: -len(item[1])
                    )
                ),
            ]
            wizard.message = wizard._describe_rest(len(customers), len(proposed))

    def _find_customers(self):
        """Return the customers of nobody that the user may write."""
        company = self.env.company.with_env(self.env)
        customers = find_unassigned(company).partner_id
        return customers._filtered_access("write")

    def _propose(self, customers):
        if self.method != ONE_USER:
            company = self.env.company.sudo()
            proposed = propose_managers(company, self.method, customers.sudo())
            return {
                customer.with_env(self.env): user.with_env(self.env)
                for customer, user in proposed.items()
            }
        return dict.fromkeys(customers, self.user_id) if self.user_id else {}

    def _name_customers(self, customers):
        names = ", ".join(customer.display_name for customer in customers[:3])
        more = len(customers) - 3
        if more <= 0:
            return names
        return self.env._("%(names)s and %(count)s more", names=names, count=more)

    def _describe_rest(self, number, found):
        if not number:
            return self.env._("Every customer has an account manager.")
        if found == number:
            return self.env._(
                "Customers without account manager: %(number)s. All of them get one.",
                number=number,
            )
        if not found:
            return self.env._(
                "Customers without account manager: %(number)s. None of them gets one "
                "in this way.",
                number=number,
            )
        return self.env._(
            "Customers without account manager: %(number)s. %(rest)s of them get none "
            "in this way.",
            number=number,
            rest=number - found,
        )

    @rpc(one=True)
    def action_assign(self):
        """Assign what the lines show, and have new customers follow where asked for.

        :raise AccessError: the user may not write these customers
        :raise UserError: nobody gets anybody
        """
        self.check_access("write")
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(
                self.env._("Account managers are assigned by sales managers.")
            )
        proposed = self._propose(self._find_customers())
        wanted = self.method if self.is_for_new and self.method != ONE_USER else False
        company = self.env.company.sudo()
        if not proposed and company.crm_assignment == wanted:
            raise UserError(self.message)
        assign(self.env, proposed)
        company.crm_assignment = wanted
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Customers that got an account manager: %(count)s.",
                    count=len(proposed),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
