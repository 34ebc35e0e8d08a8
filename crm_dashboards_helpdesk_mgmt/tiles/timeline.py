from odoo import models


class CrmTileTimelineMixin(models.AbstractModel):
    _inherit = "crm.tile.timeline.mixin"

    def _get_event_keys(self):
        return {**super()._get_event_keys(), "helpdesk.ticket": "ticket"}
