# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tools import SQL

TABLES = ("crm_customer_metric", "crm_metric_backtest", "crm_metric_refresh")


def migrate(cr, version):
    """Stored amounts know their currency: until now, that of their company."""
    for table in TABLES:
        cr.execute(
            SQL(
                """
                UPDATE %s stored SET currency_id = company.currency_id
                  FROM res_company company
                 WHERE company.id = stored.company_id AND stored.currency_id IS NULL
                """,
                SQL.identifier(table),
            )
        )
