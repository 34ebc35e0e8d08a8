# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tools import SQL
from odoo.tools.sql import drop_constraint, table_exists

UNCHECKED = {
    "crm_customer_metric": (
        *("company_id", "currency_id"),
        *("night_engagement_type_id", "night_engagement_user_id"),
    ),
    "crm_quotation_change": ("order_id", "replaced_by_id"),
}


def migrate(cr, version):
    """Drop the foreign keys of references that are not checked any more."""
    for table, columns in UNCHECKED.items():
        if not table_exists(cr, table):
            continue
        for column in columns:
            name = f"{table}_{column}_fkey"
            if _exists(cr, table, name):
                drop_constraint(cr, table, name)
            cr.execute("DELETE FROM ir_model_constraint WHERE name = %s", [name])


def _exists(cr, table, name):
    query = SQL(
        "SELECT FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s",
        table,
        name,
    )
    cr.execute(query)
    return bool(cr.rowcount)
