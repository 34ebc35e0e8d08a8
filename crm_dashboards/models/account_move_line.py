# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # What customers owe: without it all lines are read that they ever had. By account,
    # since of what is open most may be of others, such as outstanding receipts.
    _crm_due_idx = models.Index(
        "(account_id, partner_id)"
        " INCLUDE (company_id, date_maturity, date, amount_residual)"
        " WHERE reconciled IS NOT TRUE AND parent_state = 'posted'"
        " AND (amount_residual <> 0 OR amount_residual_currency <> 0)"
    )
