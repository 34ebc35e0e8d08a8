# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CrmTileTimelineMixin(models.AbstractModel):
    _inherit = "crm.tile.timeline.mixin"

    def _get_event_keys(self):
        return {**super()._get_event_keys(), "helpdesk.ticket": "ticket"}
