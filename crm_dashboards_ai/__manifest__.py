# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "CRM Dashboards: Written Summary",
    "summary": "A model of your choice sums a customer up in sentences",
    "version": "19.0.2.1.0",
    "category": "Sales/CRM",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards"],
    "external_dependencies": {"python": ["cryptography"]},
    "data": [
        "security/crm_dashboards_ai_rules.xml",
        "security/ir.model.access.csv",
        "wizards/crm_summary_preview_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "crm_dashboards.assets_dashboard": [
            "crm_dashboards_ai/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "crm_dashboards_ai/static/tests/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
}
