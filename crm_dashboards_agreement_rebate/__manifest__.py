# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "CRM Dashboards: Agreements",
    "summary": "A customer's rebate agreements: bonus, target, next tier and pace",
    "version": "19.0.2.1.0",
    "category": "Sales/CRM",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards", "agreement_rebate"],
    "data": [
        "report/agreements_report_views.xml",
        "report/who_next_report_views.xml",
        "data/crm_dashboard_tile_data.xml",
        "views/res_partner_views.xml",
    ],
    "auto_install": True,
}
