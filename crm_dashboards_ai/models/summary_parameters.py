# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Names of the system parameters of the written summary."""

ENABLED = "crm_dashboards_ai.enabled"
URL = "crm_dashboards_ai.url"
MODEL = "crm_dashboards_ai.model"
KEY = "crm_dashboards_ai.key"
SECRET = "database.secret"  # Odoo's own
PARAMETERS = (ENABLED, URL, MODEL, KEY)
