# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "CRM Dashboards: what another addon adds",
    "summary": "Shows, as a test, how to add a tile, a dashboard, a report, a phase",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards"],
    "data": [
        "security/ir.model.access.csv",
        "views/demo_catalogue_views.xml",
        "data/crm_dashboard_tile_data.xml",
    ],
}
