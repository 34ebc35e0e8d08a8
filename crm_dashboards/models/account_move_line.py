# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # What is due: of all lines that are not reconciled, those of accounts that are at
    # all. Odoo's own index has each line of sales and taxes, too.
    _crm_due_idx = models.Index(
        "(partner_id, account_id) WHERE reconciled IS NOT TRUE AND parent_state ="
        " 'posted' AND (amount_residual <> 0 OR amount_residual_currency <> 0)"
    )
