# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "CRM Dashboards: Demonstration",
    "summary": "Writes a made-up wholesaler into a test database",
    "version": "19.0.2.1.0",
    "category": "Demonstration",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards", "sale_management"],
    "pre_init_hook": "pre_init_hook",
    "uninstall_hook": "uninstall_hook",
}
