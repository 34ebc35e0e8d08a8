# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # A customer's payments are among its events; Odoo has no index on them.
    _crm_partner_idx = models.Index("(partner_id)")
