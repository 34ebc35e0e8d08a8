# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.report import Report

_lt = LazyTranslate(__name__)


class CrmTileDemoProducts(models.AbstractModel):
    """Products on sale: the one tile of a dashboard of another addon."""

    _name = "crm.tile.demo_products"
    _inherit = "crm.tile"
    _description = "Tile: Products"
    _purpose = _lt("What is on sale.")

    _report_action = "crm_dashboards_demo_tile.product_product_action_demo_products"

    def _get_content(self, scope):
        number = self.env["product.product"].search_count(self._get_domain())
        line = blocks.FigureLine(blocks.count(number), self.env._("products on sale"))
        return self._ready(blocks.figure(line))

    def _get_domain(self):
        return Domain("sale_ok", "=", True)

    def _open(self, scope, drill):
        self._check_drill(drill)
        return self._get_report_action(self._get_domain())

    def _get_report(self):
        return Report(
            title=self.env._("Products"),
            action=self._report_action,
            domain=self._get_domain(),
            group_by="categ_id",
            reading_note=self.env._("Products on sale"),
        )
