from odoo import api, models


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_dashboard_terms(self, dashboard):
        terms = super()._get_dashboard_terms(dashboard)
        if dashboard == "customer":
            terms += self._get_agreement_terms()
        return terms

    @api.model
    def _get_agreement_terms(self):
        return [
            (
                self.env._("Agreement"),
                self.env._(
                    "An agreement with the customer or one of its contacts that runs "
                    "today. One without company counts in the current company."
                ),
            ),
            (
                self.env._("Bonus now"),
                self.env._(
                    "What a settlement from the start of the agreement until today "
                    "would come to, of all posted invoices less credit notes of the "
                    "agreement's company."
                ),
            ),
            (
                self.env._("Target"),
                self.env._(
                    "Where the next section of the agreement begins, for the invoiced "
                    "contact with the largest amount."
                ),
            ),
            (
                self.env._("Pace of an agreement"),
                self.env._(
                    "The amount so far, taken on by days to the end of the agreement."
                ),
            ),
        ]
