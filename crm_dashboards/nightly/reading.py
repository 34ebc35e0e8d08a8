# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What figures are made from: orders, turnover and customers of a company."""

import numpy as np

from odoo.tools import SQL

from ..analytics.history import OrderHistory, add_months
from .columns import COMPARED, LEFT_OUT_REASONS
from .copy_binary import read_columns

LEFT_OUT_CODES = {code: i for i, code in enumerate(LEFT_OUT_REASONS, start=1)}
HISTORY_TYPES = {"customer_id": "int32", "day": "int32", "cents": "int64"}
TURNOVER_MONTHS = 25  # of two years before the end of last month


def read_orders(env, company, settings, now, customer=None):
    """Read the confirmed orders of a company up to ``now``.

    :param settings: FigureSettings
    :param now: UTC moment
    :param customer: res.partner to read only its orders
    :return: OrderHistory by commercial entity, days in the company's zone
    """
    query = SQL(
        """
        SELECT sale_order.partner_id::int4,
               ((sale_order.date_order AT TIME ZONE 'UTC'
                 AT TIME ZONE %(zone)s)::date - DATE '1970-01-01')::int4,
               (%(value)s * %(scale)s)::int8
          FROM sale_order
         WHERE sale_order.state = 'sale'
           AND sale_order.company_id = %(company)s
           AND sale_order.date_order <= %(now)s
           AND %(customer)s
        """,
        zone=settings.zone,
        value=env["sale.order"]._get_own_net_value_sql("sale_order"),
        scale=10**settings.decimals,
        company=company.id,
        now=now,
        customer=SQL(
            """
            sale_order.partner_id IN (
                SELECT id FROM res_partner WHERE commercial_partner_id = %s)
            """,
            customer.id,
        )
        if customer
        else SQL("TRUE"),
    )
    columns = read_columns(env, query, HISTORY_TYPES)
    if customer:
        columns["customer_id"].fill(customer.id)
    else:
        _replace_contacts(env, columns["customer_id"])
    return OrderHistory.from_columns(**columns)


def _replace_contacts(env, partner_ids):
    """Put commercial entities in the place of their contacts.

    Looked up here: PostgreSQL takes longer to join the wide table of partners with
    millions of orders than to read these.

    :param partner_ids: int32 array, which is changed
    """
    query = SQL(
        """
        SELECT id::int4, commercial_partner_id::int4
          FROM res_partner
         WHERE commercial_partner_id <> id
         ORDER BY id
        """
    )
    contacts = read_columns(env, query, {"id": "int32", "entity": "int32"})
    if not len(contacts["id"]):
        return
    place = np.searchsorted(contacts["id"], partner_ids)
    np.minimum(place, len(contacts["id"]) - 1, out=place)
    found = contacts["id"][place] == partner_ids
    partner_ids[found] = contacts["entity"][place[found]]


def read_turnover(env, company, settings):
    """Read the posted invoices and credit notes of the last 25 months.

    Of those before only the first day of each customer is read, with an amount of 0.

    :param settings: FigureSettings
    :return: OrderHistory by commercial entity, net amounts by invoice date
    """
    posted = SQL(
        """
        state = 'posted'
        AND move_type IN ('out_invoice', 'out_refund')
        AND company_id = %s
        AND commercial_partner_id IS NOT NULL
        """,
        company.id,
    )
    query = SQL(
        """
        SELECT commercial_partner_id::int4,
               (invoice_date - DATE '1970-01-01')::int4,
               (amount_untaxed_signed * %(scale)s)::int8
          FROM account_move
         WHERE %(posted)s
           AND invoice_date >= DATE '1970-01-01' + %(first_day)s
           AND invoice_date <= DATE '1970-01-01' + %(last_day)s
         UNION ALL
        SELECT commercial_partner_id::int4,
               (MIN(invoice_date) - DATE '1970-01-01')::int4,
               0::int8
          FROM account_move
         WHERE %(posted)s AND invoice_date < DATE '1970-01-01' + %(first_day)s
         GROUP BY commercial_partner_id
        """,
        scale=10**settings.decimals,
        posted=posted,
        first_day=add_months(settings.as_of, -TURNOVER_MONTHS),
        last_day=settings.as_of,
    )
    return OrderHistory.from_columns(**read_columns(env, query, HISTORY_TYPES))


def read_customers(env, company, settings):
    """Read who may have figures, and who is compared with the others.

    A partner of another company is none of this one's customers.

    :param settings: FigureSettings
    :return: {"id": sorted int array of active commercial entities, "code": int16
        array: COMPARED, or a value of LEFT_OUT_CODES}
    """
    query = SQL(
        """
        SELECT id::int4,
               (CASE WHEN crm_exclude_from_figures THEN %(excluded)s
                     WHEN NOT COALESCE(is_company, FALSE) AND NOT %(individuals)s
                     THEN %(individual)s
                     WHEN COALESCE(customer_rank, 0) <= 0
                      AND NOT (%(uninvoiced)s AND EXISTS (
                          SELECT FROM sale_order
                            JOIN res_partner contact
                              ON contact.id = sale_order.partner_id
                           WHERE contact.commercial_partner_id = res_partner.id
                             AND sale_order.state = 'sale'))
                     THEN %(never_invoiced)s
                     ELSE %(compared)s END)::int2
          FROM res_partner
         WHERE active AND id = commercial_partner_id
           AND COALESCE(company_id, %(company)s) = %(company)s
           AND id NOT IN (SELECT partner_id FROM res_company)
         ORDER BY id
        """,
        company=company.id,
        individuals=settings.include_individuals,
        uninvoiced=settings.include_never_invoiced,
        compared=COMPARED,
        **LEFT_OUT_CODES,
    )
    return read_columns(env, query, {"id": "int32", "code": "int16"})


def count_unrated_orders(env, company):
    """Count the confirmed orders of a company in a currency that has no rate."""
    query = SQL(
        """
        SELECT COUNT(*)
          FROM sale_order
         WHERE state = 'sale' AND company_id = %(company)s
           AND currency_id IS DISTINCT FROM %(currency)s
           AND NOT EXISTS (
               SELECT FROM res_currency_rate rate
                WHERE rate.currency_id = sale_order.currency_id
                  AND COALESCE(rate.company_id, %(root)s) = %(root)s)
        """,
        company=company.id,
        currency=company.currency_id.id,
        root=company.root_id.id,
    )
    return env.execute_query(query)[0][0]
