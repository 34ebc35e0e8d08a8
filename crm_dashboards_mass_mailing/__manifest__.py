# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "CRM Dashboards: Reactivation Mailing",
    "summary": "Customers with a missing order into a mailing list",
    "version": "19.0.2.1.0",
    "category": "Sales/CRM",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards", "mass_mailing"],
    "data": ["wizards/crm_reactivation_wizard_views.xml"],
    "auto_install": True,
}
