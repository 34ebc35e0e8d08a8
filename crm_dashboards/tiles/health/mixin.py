# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import AccessError

from ...models.date_words import format_moment
from ...nightly.periods import get_figures_zone


class CrmTileHealthMixin(models.AbstractModel):
    """What an administrator has to know of a company's figures, and nobody else.

    Counts are of the whole company, whatever the administrator may read as a
    salesperson; what a click opens follows the record rules.
    """

    _name = "crm.tile.health.mixin"
    _inherit = "crm.tile"
    _description = "Tile of Health"

    _follows_scope = False

    def _get_full_content(self, scope):
        self._check_administrator()
        return super()._get_full_content(scope)

    def _follow(self, scope, drill):
        self._check_administrator()
        return super()._follow(scope, drill)

    def _check_administrator(self):
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Health is for administrators."))

    def _open_list(self, title, model, domain, **context):
        """Return the action that opens some records of a model."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
            "context": context,
        }

    def _format_moment(self, scope, moment):
        """A UTC moment in words, in the zone of figures."""
        zone = get_figures_zone(scope.company).name
        return format_moment(self.env, moment, zone, "MMMEd")
