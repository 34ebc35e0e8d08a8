# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.crm_dashboards.tiles import blocks

_lt = LazyTranslate(__name__)


class CrmTileDemoQuotations(models.AbstractModel):
    """Open quotations: how many, and what they are worth."""

    _name = "crm.tile.demo_quotations"
    _inherit = "crm.tile"
    _description = "Tile: Open Quotations"
    _purpose = _lt("Which quotations are open.")

    _report_action = "sale.action_quotations"

    def _get_content(self, scope):
        domain = self._get_fixed_domain(scope)
        domain &= Domain("state", "in", ["draft", "sent"])
        ((number, value),) = self.env["sale.order"]._read_group(
            domain, [], ["__count", "crm_base_net_value:sum"]
        )
        if not number:
            return self._empty(self.env._("No open quotation."))
        cell = blocks.money(value, scope.currency)
        label = self.env._("in %(count)s quotations", count=number)
        return self._ready(blocks.figure(blocks.FigureLine(cell, label, "large")))

    def _get_fixed_domain(self, scope):
        """Return what no facet of Odoo's own report takes away."""
        return Domain("company_id", "=", scope.company.id) & scope.get_manager_domain(
            "crm_account_manager_id"
        )

    def _open(self, scope, drill):
        """Open the same quotations in Odoo's own list."""
        self._check_drill(drill)
        return self._get_report_action(
            self._get_fixed_domain(scope), search_default_draft=1
        )
