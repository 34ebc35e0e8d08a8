{
    "name": "CRM Dashboards",
    "summary": "Customer insight for sales: RFM segments, order trends and dashboards",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Dashboards contributors",
    "website": "https://crm-dashboards.example.org",
    "license": "AGPL-3",
    "depends": ["sale_crm", "account", "contacts", "report_xlsx"],
    "external_dependencies": {
        "python": ["numpy", "pandas", "xlsxwriter"],
        "apt": {
            "numpy": "python3-numpy",
            "pandas": "python3-pandas",
            "xlsxwriter": "python3-xlsxwriter",
        },
    },
    "data": [
        "security/crm_dashboards_rules.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "report/orders_report_views.xml",
        "report/rfm_report_views.xml",
        "report/segment_move_views.xml",
        "views/crm_dashboard_tile_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/crm_dashboards_menus.xml",
        "data/crm_dashboard_tile_data.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_dashboards/static/src/core/**/*",
            "crm_dashboards/static/src/loader/**/*",
            "crm_dashboards/static/src/scss/**/*",
            "crm_dashboards/static/src/badge/**/*",
            "crm_dashboards/static/src/report/**/*",
            ("remove", "crm_dashboards/static/src/**/*.dark.scss"),
        ],
        "crm_dashboards.assets_dashboard": [
            "crm_dashboards/static/src/dashboard/**/*",
            "crm_dashboards/static/src/blocks/**/*",
            "crm_dashboards/static/src/chart/**/*",
        ],
        "web.assets_web_dark": [
            "crm_dashboards/static/src/**/*.dark.scss",
        ],
        "web.assets_unit_tests": [
            ("include", "crm_dashboards.assets_dashboard"),
            "crm_dashboards/static/tests/**/*",
            ("remove", "crm_dashboards/static/tests/tours/**/*"),
        ],
        "web.assets_tests": [
            "crm_dashboards/static/tests/tours/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "application": True,
}
