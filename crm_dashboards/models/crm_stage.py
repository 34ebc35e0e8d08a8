from odoo import api, fields, models

OUTCOMES = [
    ("positive", "Positive"),
    ("negative", "Negative"),
    ("neutral", "Neutral"),
]


class CrmStage(models.Model):
    _inherit = "crm.stage"

    is_ending = fields.Boolean(
        "Is Ending Stage?",
        help="Opportunities in this stage are closed, although neither won nor lost.",
    )
    outcome = fields.Selection(
        OUTCOMES,
        compute="_compute_outcome",
        store=True,
        readonly=False,
        help="What opportunities that end in this stage count as in the close rate. "
        "Neutral ones are shown, but do not change the rate.",
    )

    @api.depends("is_won", "is_ending")
    def _compute_outcome(self):
        for stage in self:
            if stage.is_won:
                stage.outcome = "positive"
            else:
                stage.outcome = "neutral" if stage.is_ending else False
