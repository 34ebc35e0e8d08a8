# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.crm_dashboards.models.named_records import name_first
from odoo.addons.crm_dashboards.wizards.crm_missing_order_wizard import MOST_NAMED


class CrmMissingOrderWizard(models.TransientModel):
    """Decides on lines that leave, too: with lines it is about them alone."""

    _inherit = "crm.missing.order.wizard"

    _makes = ("crm.missing.order.decision", "crm.leaving.decision")

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

    def _decide(self):
        """Note the decision on the lines, or on missing orders."""
        if not self.is_about_lines:
            return super()._decide()
        if not self.leaving_line_ids:
            raise UserError(
                self.env._("These lines are not there any more. Please choose again.")
            )
        return self.env["crm.leaving.decision"]._decide(
            self.leaving_line_ids, self.decision, **self._get_answer()
        )

    def _name_chosen(self):
        """Name the products of one customer, or the customers."""
        lines = self.leaving_line_ids
        if not self.is_about_lines or len(lines.partner_id) != 1:
            return super()._name_chosen()
        names = lines[:MOST_NAMED].product_tmpl_id.mapped("name")
        return self.env._(
            "%(customer)s: %(products)s",
            customer=lines.partner_id.display_name,
            products=name_first(self.env, names, len(lines)),
        )
