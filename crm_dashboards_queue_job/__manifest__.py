# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "CRM Dashboards: Parallel Refresh",
    "summary": "The nightly refresh as one job a company, over workers and hosts",
    "version": "19.0.2.1.0",
    "category": "Sales/CRM",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["crm_dashboards", "queue_job"],
    "data": ["data/queue_job_data.xml"],
    "auto_install": True,
}
