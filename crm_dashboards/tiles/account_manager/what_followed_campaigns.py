# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from ..mixins.what_followed import (
    WHAT_FOLLOWED_CAMPAIGNS,
    describe_campaigns,
    get_campaigns_term,
)
from ..report import Report


class CrmTileWhatFollowedCampaigns(models.AbstractModel):
    """The report of what followed campaigns, which no tile of its own stands for."""

    _name = "crm.tile.what_followed_campaigns"
    _inherit = "crm.tile"
    _description = "Report: What Followed Campaigns"

    _report_action = WHAT_FOLLOWED_CAMPAIGNS

    def _get_report(self):
        campaign_month = self.env["crm.reactivation.month"]
        campaign_month.check_access("read")
        company = self.env.company
        today = self.env["crm.metric.refresh"]._get_figures_today(company)
        return Report(
            title=self.env._("What Followed Campaigns"),
            action=self._report_action,
            domain=Domain("company_id", "in", self.env.companies.ids),
            group_by="share_out",
            measure="customer_count",
            reading_note=" ".join(describe_campaigns(campaign_month, company, today)),
            is_stored=True,
            terms=(get_campaigns_term(self.env),),
        )
