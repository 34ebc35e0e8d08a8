# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmAssignmentWizardLine(models.TransientModel):
    """An account manager and the customers that the dialog would give him."""

    _name = "crm.assignment.wizard.line"
    _description = "Assigned Account Manager"

    wizard_id = fields.Many2one("crm.assignment.wizard", ondelete="cascade")
    user_id = fields.Many2one("res.users", "Account Manager")
    customer_count = fields.Integer("Customers")
    customers = fields.Char("Who")
