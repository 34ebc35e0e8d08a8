# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "CRM Dashboards: Problems",
    "summary": "Customers' helpdesk tickets on the dashboards",
    "version": "19.0.2.1.0",
    "category": "Sales/CRM",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards", "helpdesk_mgmt"],
    "data": [
        "report/problems_report_views.xml",
        "views/helpdesk_ticket_views.xml",
        "report/who_next_report_views.xml",
        "data/crm_dashboard_tile_data.xml",
    ],
    "auto_install": True,
}
