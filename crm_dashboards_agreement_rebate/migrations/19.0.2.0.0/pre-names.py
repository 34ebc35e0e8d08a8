# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.crm_dashboards import migration

FIELDS = {
    "agreement": {
        "bonus_currency_id": "crm_bonus_currency_id",
        "bonus_now": "crm_bonus_now",
        "invoiced_now": "crm_invoiced_now",
    },
}


def migrate(cr, version):
    """Fields on models of others say whose they are."""
    migration.rename_fields(cr, "crm_dashboards_agreement_rebate", FIELDS)
