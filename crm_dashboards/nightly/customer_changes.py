# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Customers that changed since the night, see crm.customer.change."""

from datetime import timedelta

from odoo.tools import SQL

# A transaction that was open while the figures were made shows its changes later.
LONGEST_TRANSACTION = timedelta(hours=1)


def get_changed_sql(company):
    """Return the query of the customers that changed since the night; maybe a few more.

    :param company: res.company
    """
    return _get_query(
        company,
        SQL(
            """
            (change.id > COALESCE(refresh.customer_change_id, 0)
             OR change.date >= refresh.as_of - %s AND change.date < refresh.as_of)
            """,
            LONGEST_TRANSACTION,
        ),
    )


def get_rearranged_sql(company):
    """Return the query of the customers whose documents changed hands since the night.

    :param company: res.company
    """
    return _get_query(
        company,
        SQL(
            """
            change.kind = 'documents'
            AND change.id > COALESCE(refresh.customer_change_id, 0)
            """
        ),
    )


def get_last_change_id(env):
    """Return the id of the last change there is, 0 without any."""
    query = SQL("SELECT COALESCE(MAX(id), 0) FROM crm_customer_change")
    return env.execute_query(query)[0][0]


def _get_query(company, condition):
    return SQL(
        """
        SELECT change.partner_id
          FROM crm_customer_change change
          JOIN crm_metric_refresh refresh ON refresh.company_id = %s
         WHERE %s
        """,
        company.id,
        condition,
    )
