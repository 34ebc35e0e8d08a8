# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

OUTCOMES = [
    ("positive", "Positive"),
    ("negative", "Negative"),
    ("neutral", "Neutral"),
]


class CrmStage(models.Model):
    _inherit = "crm.stage"

    crm_is_ending = fields.Boolean(
        "Is Ending Stage?",
        help="Opportunities in this stage are closed, although neither won nor lost.",
    )
    crm_outcome = fields.Selection(
        OUTCOMES,
        string="Outcome",
        compute="_compute_crm_outcome",
        store=True,
        readonly=False,
        help="What opportunities that end in this stage count as in the close rate. "
        "Neutral ones are shown, but do not change the rate.",
    )

    @api.depends("is_won", "crm_is_ending")
    def _compute_crm_outcome(self):
        for stage in self:
            if stage.is_won:
                stage.crm_outcome = "positive"
            else:
                stage.crm_outcome = "neutral" if stage.crm_is_ending else False
