# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "CRM Dashboards: Products",
    "summary": "What customers stop buying, what they could buy, open quotations",
    "version": "19.0.2.1.0",
    "category": "Sales/CRM",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards"],
    "data": [
        "security/crm_dashboards_products_rules.xml",
        "security/ir.model.access.csv",
        "report/leaving_report_views.xml",
        "report/could_buy_report_views.xml",
        "report/follow_up_report_views.xml",
        "wizards/crm_missing_order_wizard_views.xml",
        "views/crm_dashboards_products_menus.xml",
        "data/crm_dashboard_tile_data.xml",
        "data/crm_dashboard_customer_tile_data.xml",
    ],
    "post_init_hook": "post_init_hook",
}
