# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """The column holds another probability from here on: empty until the next night."""
    cr.execute(
        "UPDATE crm_customer_metric SET churn_probability = NULL"
        " WHERE churn_probability IS NOT NULL"
    )
