from odoo import api, models
from odoo.fields import Domain

from .report_definition import Column, ReportDefinition


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "moved_this_week":
            return self._make_moves_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_moves_definition(self):
        """Return the definition of the report of segment moves."""
        return ReportDefinition(
            title=self.env._("Segment Moves"),
            model="crm.segment.move",
            columns=(
                Column("date", width=14),
                Column("partner_id", width=34),
                Column("user_id", width=22),
                Column("segment_from", type="segment", width=20),
                Column("segment_to", type="segment", width=20),
                Column("direction", width=12),
                Column("cause", width=14),
            ),
            fixed_domain=Domain("company_id", "=", self.env.company.id),
            order="date desc, id desc",
            group_by="segment_to",
            chart="count",
            link_field="partner_id",
            reading_note=self.env._("All orders of each customer"),
            is_stored=True,
            terms=(self._get_scope_term(), *self._get_rfm_terms()),
        )
