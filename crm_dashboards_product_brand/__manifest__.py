# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "CRM Dashboards: Quotes by Brand",
    "summary": "What a customer was quoted of each brand, and what came of it",
    "version": "19.0.2.1.0",
    "category": "Sales/CRM",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards", "product_brand"],
    "data": [
        "report/brands_report_views.xml",
        "data/crm_dashboard_tile_data.xml",
    ],
    "auto_install": True,
}
