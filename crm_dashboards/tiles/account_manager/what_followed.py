# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from ..mixins.what_followed import (
    WHAT_FOLLOWED,
    describe_what_followed,
    get_followed_term,
)
from ..report import Report


class CrmTileWhatFollowed(models.AbstractModel):
    """The report of what followed alerts, which no tile of its own stands for."""

    _name = "crm.tile.what_followed"
    _inherit = "crm.tile"
    _description = "Report: What Followed"

    _report_action = WHAT_FOLLOWED

    def _get_report(self):
        alert_month = self.env["crm.alert.month"]
        alert_month.check_access("read")
        company = self.env.company
        today = self.env["crm.metric.refresh"]._get_figures_today(company)
        return Report(
            title=self.env._("What Followed"),
            action=self._report_action,
            domain=Domain("company_id", "in", self.env.companies.ids),
            group_by="first_action",
            measure="alert_count",
            reading_note=" ".join(describe_what_followed(alert_month, company, today)),
            is_stored=True,
            terms=(get_followed_term(self.env),),
        )
