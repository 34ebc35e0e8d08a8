# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from ...models.date_words import format_day
from ..mixins.segment_months import SEGMENT_MONTHS, get_first_month_end
from ..report import Report


class CrmTileSegmentMonths(models.AbstractModel):
    """The report of segments by month, which no tile of its own stands for."""

    _name = "crm.tile.segment_months"
    _inherit = "crm.tile.customers.mixin"
    _description = "Report: Segments by Month"

    _report_action = SEGMENT_MONTHS

    def _get_report(self):
        return Report(
            title=self.env._("Segments by Month"),
            action=self._report_action,
            domain=Domain("company_id", "=", self.env.company.id),
            group_by="segment",
            link_field="partner_id",
            reading_note=self._describe_beginning(),
            terms=tuple(self._get_terms()),
        )

    def _describe_beginning(self):
        refresh = self.env["crm.metric.refresh"]._get_last(self.env.company)
        first = get_first_month_end(refresh)
        if not first:
            return ""
        day = format_day(self.env, first)
        return self.env._("Kept at the end of each month, since %(day)s.", day=day)
