# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

TABLES = ("crm_customer_metric", "crm_metric_backtest", "crm_metric_refresh")


def migrate(cr, version):
    """Stored amounts know their currency: until now, that of their company."""
    for table in TABLES:
        cr.execute(
            f"""
            UPDATE {table} stored SET currency_id = company.currency_id
              FROM res_company company
             WHERE company.id = stored.company_id AND stored.currency_id IS NULL
            """  # pylint: disable=sql-injection
        )
