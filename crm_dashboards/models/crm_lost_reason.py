from odoo import fields, models

from .crm_stage import OUTCOMES


class CrmLostReason(models.Model):
    _inherit = "crm.lost.reason"

    outcome = fields.Selection(
        OUTCOMES,
        required=True,
        default="negative",
        help="What opportunities lost for this reason count as in the close rate. "
        "Neutral ones, such as duplicates, are shown, but do not change the rate.",
    )
