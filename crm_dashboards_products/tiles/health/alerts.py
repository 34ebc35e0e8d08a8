# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import formatLang

from odoo.addons.crm_dashboards.tiles import blocks

from ...models.crm_metric_refresh import LEAST_LIFT


class CrmTileHealthAlerts(models.AbstractModel):
    """Tells also how good proposals are, and where they are left out for that."""

    _inherit = "crm.tile.health_alerts"

    def _get_reservations(self, scope):
        words = scope.refresh._describe_proposal_test()
        if not words:
            return super()._get_reservations(scope)
        if scope.refresh._has_poor_proposals():
            left_out = self.env._(
                "That is less than %(lift)s times as good: Could Buy shows no "
                "proposals.",
                lift=formatLang(self.env, LEAST_LIFT, 1),
            )
            words = f"{words} {left_out}"
        return [*super()._get_reservations(scope), blocks.Text(words)]
