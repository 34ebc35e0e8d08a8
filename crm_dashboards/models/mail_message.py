# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    # Hardly ever anything is in it: the night looks for activities done on impossible
    # dates, and would read all that were ever done for it.
    _crm_impossible_idx = models.Index(
        "(id) WHERE mail_activity_type_id IS NOT NULL"
        " AND (date BETWEEN '1970-01-01' AND '2100-01-01') IS NOT TRUE"
    )
