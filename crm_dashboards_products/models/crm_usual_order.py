# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.crm_dashboards.models.crm_usual_order import Section


class CrmUsualOrder(models.AbstractModel):
    """Names apart what the customer stopped buying."""

    _inherit = "crm.usual.order"

    def _get_special_sections(self, scope, purchases):
        sections = super()._get_special_sections(scope, purchases)
        products = self._find_leaving_products(scope, purchases)
        if not products:
            return sections
        title = self.env._("Leaving quietly: ask before you offer")
        lines = tuple(
            self._make_line(scope, purchases, product, ticked=False)
            for product in products
        )
        return [*sections, Section("leaving", title, lines)]

    def _find_leaving_products(self, scope, purchases):
        """Return the variants of the lines that leave, as they were bought."""
        line = self.env["crm.leaving.line"]
        if not line.has_access("read"):
            return []
        lines = line.search(
            line._get_shown_domain(scope.company) & scope.get_customer_domain()
        )
        bought = (
            [
                product
                for product in line.product_tmpl_id.product_variant_ids
                if purchases.find(product)
            ]
            for line in lines
        )
        return [products[0] for products in bought if products]
