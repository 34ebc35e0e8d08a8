from odoo import api, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles import blocks


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_demo_quotations_domain(self, scope):
        """Return what no facet of Odoo's own report takes away."""
        return Domain("company_id", "=", self.env.company.id) & scope.get_domain(
            self.env, "account_manager_id"
        )

    @api.model
    def _tile_demo_quotations(self, scope):
        """Open quotations: how many, and what they are worth."""
        domain = self._get_demo_quotations_domain(scope)
        domain &= Domain("state", "in", ["draft", "sent"])
        ((number, value),) = self.env["sale.order"]._read_group(
            domain, [], ["__count", "base_net_value:sum"]
        )
        if not number:
            return self._empty(self.env._("No open quotation."))
        cell = blocks.money(value, self.env.company.currency_id)
        label = self.env._("in %(count)s quotations", count=number)
        return self._ready(blocks.figure(blocks.figure_line(cell, label, "large")))

    @api.model
    def _open_demo_quotations(self, scope, drill):
        """Open the same quotations in Odoo's own list."""
        self._check_drill(drill)
        return self._get_report_action(
            "sale.action_quotations",
            self._get_demo_quotations_domain(scope),
            search_default_draft=1,
        )
