# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Customers that changed since the night, see crm.customer.change."""

from datetime import timedelta

from odoo.tools import SQL

# A transaction that was open while the figures were made shows its changes later.
LONGEST_TRANSACTION = timedelta(hours=1)


def get_changed_sql(company):
    """Return the query of the customers that changed since the night; maybe a few more.

    Without those of whom only an order was entered, see :func:`get_ordering_sql`.

    :param company: res.company
    """
    return SQL(
        """
        SELECT change.partner_id
          FROM crm_customer_change change
         WHERE change.kind <> 'entered' AND %s
        """,
        _get_since_sql(company),
    )


def get_ordering_sql(company, now):
    """Return the query of the customers whose orders came or changed since the night.

    Maybe a few more. What comes past Odoo is told by the date of the order.

    :param company: res.company
    :param now: UTC moment
    """
    return SQL(
        """
        SELECT contact.commercial_partner_id
          FROM (SELECT change.partner_id
                  FROM crm_customer_change change
                 WHERE change.kind = 'entered' AND %(since)s
                 UNION
                SELECT sale_order.partner_id
                  FROM sale_order
                 WHERE sale_order.state = 'sale'
                   AND sale_order.company_id = %(company)s
                   AND sale_order.date_order > %(as_of)s
                   AND sale_order.date_order <= %(now)s) ordering
          JOIN res_partner contact ON contact.id = ordering.partner_id
        """,
        since=_get_since_sql(company),
        company=company.id,
        as_of=_get_refresh(company).as_of - LONGEST_TRANSACTION,
        now=now,
    )


def get_rearranged_sql(company):
    """Return the query of the customers whose documents changed hands since the night.

    :param company: res.company
    """
    return SQL(
        """
        SELECT change.partner_id
          FROM crm_customer_change change
         WHERE change.kind = 'documents' AND change.id > %s
        """,
        _get_refresh(company).customer_change_id or 0,
    )


def get_last_change_id(env):
    """Return the id of the last change there is, 0 without any."""
    query = SQL("SELECT COALESCE(MAX(id), 0) FROM crm_customer_change")
    return env.execute_query(query)[0][0]


def _get_since_sql(company):
    """Return the condition on ``change``: no night can have seen it for sure."""
    refresh = _get_refresh(company)
    if not refresh.as_of:
        return SQL("FALSE")
    return SQL(
        "(change.id > %s OR change.date >= %s AND change.date < %s)",
        refresh.customer_change_id,
        refresh.as_of - LONGEST_TRANSACTION,
        refresh.as_of,
    )


def _get_refresh(company):
    return company.sudo().crm_metric_refresh_ids
