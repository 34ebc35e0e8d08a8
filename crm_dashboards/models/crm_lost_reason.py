# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .crm_stage import OUTCOMES


class CrmLostReason(models.Model):
    _inherit = "crm.lost.reason"

    crm_outcome = fields.Selection(
        OUTCOMES,
        string="Outcome",
        required=True,
        default="negative",
        help="What opportunities lost for this reason count as in the close rate. "
        "Neutral ones, such as duplicates, are shown, but do not change the rate.",
    )
