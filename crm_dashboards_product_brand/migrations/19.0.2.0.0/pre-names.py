# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.crm_dashboards import migration

FIELDS = {
    "sale.order.line": {
        "product_brand_id": "crm_product_brand_id",
        "quotation_date": "crm_quotation_date",
        "is_quoted": "crm_is_quoted",
    },
}


def migrate(cr, version):
    """Fields on models of others say whose they are."""
    migration.rename_fields(cr, "crm_dashboards_product_brand", FIELDS)
