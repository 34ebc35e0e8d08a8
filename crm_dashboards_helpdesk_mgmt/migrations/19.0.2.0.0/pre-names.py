# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.crm_dashboards import migration

FIELDS = {
    "helpdesk.ticket": {
        "account_manager_id": "crm_account_manager_id",
        "date_last_update": "crm_date_last_update",
    },
}


def migrate(cr, version):
    """Fields on models of others say whose they are."""
    migration.rename_fields(cr, "crm_dashboards_helpdesk_mgmt", FIELDS)
