# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What figures are made from: orders, turnover and customers of a company."""

import numpy as np

from odoo.tools import SQL

from ..analytics.history import OrderHistory, add_months
from ..analytics.lookup import Lookup
from .columns import COMPARED, LEFT_OUT_REASONS
from .copy_binary import read_columns
from .periods import FIRST_MOMENT

LEFT_OUT_CODES = {code: i for i, code in enumerate(LEFT_OUT_REASONS, start=1)}
HISTORY_TYPES = {"customer_id": "int32", "day": "int32", "cents": "int64"}
TURNOVER_MONTHS = 25  # of two years before the end of last month
NO_CONTACT = 0


def read_orders(env, company, settings, now, customers):
    """Read the same of a few customers.

    :param customers: res.partner
    """
    ids = SQL("%s", customers.ids)
    query = get_orders_sql(env, company, settings.zone, settings.decimals, now, ids)
    return OrderHistory.from_columns(**read_columns(env, query, HISTORY_TYPES))


def get_orders_sql(env, company, zone, decimals, now, customers):
    """Return the query of the orders that figures of some customers are made from.

    :param str zone: of figures
    :param int decimals: of the company's currency
    :param now: UTC moment
    :param customers: SQL of an array of commercial entities
    :return: SQL with columns customer_id, day (from 1970-01-01 on) and cents
    """
    order = env["sale.order"]
    return SQL(
        """
        SELECT contact.commercial_partner_id::int4 AS customer_id,
               ((sale_order.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                - DATE '1970-01-01')::int4 AS day,
               (%(value)s * %(scale)s)::int8 AS cents
          FROM sale_order
          JOIN res_partner contact ON contact.id = sale_order.partner_id
         WHERE sale_order.state = 'sale'
           AND sale_order.company_id = %(company)s
           AND sale_order.date_order <= %(now)s
           AND %(is_sound)s
           AND contact.commercial_partner_id = ANY(%(customers)s)
        """,
        zone=zone,
        value=order._get_sound_net_value_sql("sale_order", None, company),
        is_sound=order._get_sound_sql("sale_order", company),
        scale=10**decimals,
        company=company.id,
        now=now,
        customers=customers,
        to_flush=[
            *(
                order._fields[name]
                for name in ("state", "company_id", "date_order", "partner_id")
            ),
            env["res.partner"]._fields["commercial_partner_id"],
        ],
    )


class Contacts:
    """Contacts with a commercial entity that is another partner.

    Looked up here: PostgreSQL takes longer to join the wide table of partners with
    millions of orders than to read these.
    """

    def __init__(self, env):
        query = SQL(
            """
            SELECT id::int4, commercial_partner_id::int4
              FROM res_partner
             WHERE commercial_partner_id <> id
            """
        )
        contacts = read_columns(env, query, {"id": "int32", "entity": "int32"})
        self._entities = Lookup(contacts["id"], contacts["entity"], NO_CONTACT)

    def get_entities(self, partner_ids):
        """Return the commercial entities of partners, an int32 array of ids."""
        entities = self._entities.find(partner_ids)
        return np.where(entities == NO_CONTACT, partner_ids, entities)


def read_turnover(env, company, settings, customers):
    """Read the turnover of a few customers, see :func:`make_turnover`.

    :param settings: FigureSettings
    :param customers: res.partner
    """
    return make_turnover(
        read_turnover_rows(env, company, settings, customers), settings
    )


def read_turnover_rows(env, company, settings, customers=None):
    """Read the posted invoices and credit notes, older ones without their amounts.

    :param settings: FigureSettings
    :param customers: res.partner to read only their invoices
    :return: columns of HISTORY_TYPES
    """
    query = SQL(
        """
        SELECT commercial_partner_id::int4,
               (invoice_date - DATE '1970-01-01')::int4,
               CASE WHEN invoice_date >= DATE '1970-01-01' + %(first_day)s
                    THEN (amount_untaxed_signed * %(scale)s)::int8
                    ELSE 0 END
          FROM account_move
         WHERE state = 'posted'
           AND move_type IN ('out_invoice', 'out_refund')
           AND company_id = %(company)s
           AND commercial_partner_id IS NOT NULL
           AND amount_untaxed_signed BETWEEN -%(largest)s AND %(largest)s
           AND invoice_date >= %(first)s
           AND invoice_date <= DATE '1970-01-01' + %(last_day)s
           AND %(among)s
        """,
        among=SQL("TRUE")
        if customers is None
        else SQL("commercial_partner_id = ANY(%s)", customers.ids),
        scale=10**settings.decimals,
        company=company.id,
        largest=env["sale.order"]._get_largest_amount(),
        first=FIRST_MOMENT.date(),
        first_day=_get_first_day(settings),
        last_day=settings.as_of,
    )
    return read_columns(env, query, HISTORY_TYPES)


def make_turnover(columns, settings):
    """Return the OrderHistory by commercial entity, net amounts by invoice date.

    Of the last 25 months; of those before only the first day of each customer, with an
    amount of 0.

    :param columns: see :func:`read_turnover_rows`
    :param settings: FigureSettings
    """
    first_day = _get_first_day(settings)
    kept = _is_recent_or_first(columns["customer_id"], columns["day"], first_day)
    return OrderHistory.from_columns(
        **{name: column[kept] for name, column in columns.items()}
    )


def _get_first_day(settings):
    """Return the day number from which the amounts of invoices count."""
    return add_months(settings.as_of, -TURNOVER_MONTHS)


def _is_recent_or_first(customer_id, day, first_day):
    """Whether rows are from a day on, or a customer's first one before it: bool[n]."""
    kept = day >= first_day
    (old,) = np.nonzero(~kept)
    key = customer_id[old].astype("int64") << 32 | day[old].astype("int64")
    order = np.argsort(key)
    customers = customer_id[old][order]
    is_first = np.ones(len(old), bool)
    is_first[1:] = customers[1:] != customers[:-1]
    kept[old[order[is_first]]] = True
    return kept


def read_customers(env, company, settings, partners=None):
    """Read who may have figures, and who is compared with the others.

    A company may use the partners that Odoo lets it use: those of no company, its own
    and those of the companies it is a branch of. Who trades with other companies only
    is theirs.

    :param settings: FigureSettings
    :param partners: res.partner to read of these only
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
           AND (company_id IS NULL OR company_id = ANY(%(usable_from)s))
           AND (company_id = %(company)s OR %(trades_here)s)
           AND id NOT IN (SELECT partner_id FROM res_company)
           AND %(among)s
         ORDER BY id
        """,
        company=company.id,
        among=SQL("TRUE") if partners is None else SQL("id = ANY(%s)", partners.ids),
        usable_from=company.parent_ids.ids,
        trades_here=_get_trades_here_sql(company, partners),
        individuals=settings.include_individuals,
        uninvoiced=settings.include_never_invoiced,
        compared=COMPARED,
        **LEFT_OUT_CODES,
    )
    return read_columns(env, query, {"id": "int32", "code": "int16"})


def _get_trades_here_sql(company, partners=None):
    """Return whether a partner trades with a company, or with none at all.

    :param partners: res.partner of which this is asked, if not of all
    """
    others = company._get_crm_all() - company
    if not others:  # nobody to tell apart from
        return SQL("TRUE")
    elsewhere = SQL("= ANY(%s)", others.ids)  # found in the indexes
    trades_elsewhere = _get_trades_sql(elsewhere)
    if partners is None:
        trades_elsewhere = SQL(
            """
            res_partner.id IN (
                SELECT contact.commercial_partner_id
                  FROM (%s UNION %s) document
                  JOIN res_partner contact ON contact.id = document.partner_id)
            """,
            _get_ordered_sql(elsewhere),
            _get_invoiced_sql(elsewhere),
        )
    return SQL(
        "((%s) IS NOT TRUE OR %s)",
        trades_elsewhere,
        _get_trades_sql(SQL("= %s", company.id)),
    )


def _get_trades_sql(companies):
    """Return whether a partner or one of its contacts ordered or was invoiced."""
    return SQL(
        """
        EXISTS (
            SELECT FROM res_partner contact
             WHERE contact.commercial_partner_id = res_partner.id
               AND (EXISTS (%s AND sale_order.partner_id = contact.id)
                    OR EXISTS (
                        %s AND account_move.commercial_partner_id = contact.id)))
        """,
        _get_ordered_sql(companies),
        _get_invoiced_sql(companies),
    )


def _get_ordered_sql(companies):
    return SQL(
        "SELECT sale_order.partner_id FROM sale_order"
        " WHERE sale_order.state = 'sale' AND sale_order.company_id %s",
        companies,
    )


def _get_invoiced_sql(companies):
    return SQL(
        """
        SELECT account_move.commercial_partner_id
          FROM account_move
         WHERE account_move.state = 'posted'
           AND account_move.move_type IN ('out_invoice', 'out_refund')
           AND account_move.company_id %s
        """,
        companies,
    )
