{
    "name": "CRM Dashboards: a tile of another addon",
    "summary": "Shows, as a test, all that it takes to add a tile",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards"],
    "data": [
        "security/ir.model.access.csv",
        "data/crm_dashboard_tile_data.xml",
    ],
}
