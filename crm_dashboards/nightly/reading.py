# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What figures are made from: orders, turnover and customers of a company."""

from datetime import date
from itertools import chain

import numpy as np

from odoo.tools import SQL

from ..analytics.history import OrderHistory, add_months, day_number
from ..analytics.lookup import Lookup
from .columns import COMPARED, LEFT_OUT_REASONS
from .copy_binary import MOMENT, read_columns
from .periods import FIRST_MOMENT, Zone

LEFT_OUT_CODES = {code: i for i, code in enumerate(LEFT_OUT_REASONS, start=1)}
HISTORY_TYPES = {"customer_id": "int32", "day": "int32", "cents": "int64"}
TURNOVER_MONTHS = 25  # of two years before the end of last month
NO_CONTACT = 0


def read_all_orders(env, company, settings, now, contacts):
    """Read the confirmed orders of a company up to ``now``.

    :param settings: FigureSettings
    :param now: UTC moment
    :param Contacts contacts: of the same transaction
    :return: OrderHistory by commercial entity, days in the company's zone
    """
    query = get_orders_sql(env, company, None, settings.decimals, now)
    columns = read_columns(env, query, {**HISTORY_TYPES, "day": MOMENT})
    columns["day"] = _get_days(Zone(env, settings.zone), columns["day"])
    columns["customer_id"] = contacts.get_entities(columns["customer_id"])
    return OrderHistory.from_columns(**columns)


def read_orders(env, company, settings, now, customers):
    """Read the same of a few customers.

    :param customers: res.partner
    """
    ids = SQL("%s", customers.ids)
    query = get_orders_sql(env, company, settings.zone, settings.decimals, now, ids)
    return OrderHistory.from_columns(**read_columns(env, query, HISTORY_TYPES))


def _get_days(zone, moments):
    """Return the days, from 1970-01-01 on, on which UTC moments are in a zone.

    By the moments at which PostgreSQL has days begin: telling the day of each of a
    million moments takes PostgreSQL itself ten times as long.

    :param moments: datetime64 array
    """
    if not len(moments):
        return np.zeros(0, "int32")
    # a day of a zone is less than a day away from UTC
    first = moments.min().item().year - 1
    last = moments.max().item().year + 1
    starts = [zone.get_day_starts(year) for year in range(first, last + 1)]
    starts = np.array(list(chain.from_iterable(starts)), MOMENT)
    ahead = np.searchsorted(starts, moments, side="right") - 1
    return (day_number(date(first, 1, 1)) + ahead).astype("int32")


def get_orders_sql(env, company, zone, decimals, now, customers=None):
    """Return the query of the orders that figures are made from.

    :param str zone: of figures; None for moments in UTC instead of days
    :param int decimals: of the company's currency
    :param now: UTC moment
    :param customers: SQL of an array of customers, whose orders come under the
        commercial entity; all come under their contact if left out
    :return: SQL with columns customer_id, day (from 1970-01-01 on) and cents
    """
    order = env["sale.order"]
    return SQL(
        """
        SELECT %(customer)s::int4 AS customer_id,
               %(day)s AS day,
               (%(value)s * %(scale)s)::int8 AS cents
          FROM %(source)s
         WHERE sale_order.state = 'sale'
           AND sale_order.company_id = %(company)s
           AND sale_order.date_order <= %(now)s
           AND %(is_sound)s
           AND %(condition)s
        """,
        customer=SQL("sale_order.partner_id")
        if customers is None
        else SQL("contact.commercial_partner_id"),
        day=_get_day_sql(zone) if zone else SQL("sale_order.date_order"),
        value=order._get_sound_net_value_sql("sale_order", None, company),
        is_sound=order._get_sound_sql("sale_order", company),
        scale=10**decimals,
        source=SQL("sale_order")
        if customers is None
        else SQL(
            "sale_order JOIN res_partner contact ON contact.id = sale_order.partner_id"
        ),
        company=company.id,
        now=now,
        condition=SQL("TRUE")
        if customers is None
        else SQL("contact.commercial_partner_id = ANY(%s)", customers),
        to_flush=[
            *(
                order._fields[name]
                for name in ("state", "company_id", "date_order", "partner_id")
            ),
            env["res.partner"]._fields["commercial_partner_id"],
        ],
    )


def _get_day_sql(zone):
    return SQL(
        """
        ((sale_order.date_order AT TIME ZONE 'UTC' AT TIME ZONE %s)::date
         - DATE '1970-01-01')::int4
        """,
        zone,
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


def read_turnover(env, company, settings, customers=None):
    """Read the posted invoices and credit notes of the last 25 months.

    Of those before only the first day of each customer is read, with an amount of 0.

    :param settings: FigureSettings
    :param customers: res.partner to read only their invoices
    :return: OrderHistory by commercial entity, net amounts by invoice date
    """
    first_day = add_months(settings.as_of, -TURNOVER_MONTHS)
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
        first_day=first_day,
        last_day=settings.as_of,
    )
    columns = read_columns(env, query, HISTORY_TYPES)
    kept = _is_recent_or_first(columns["customer_id"], columns["day"], first_day)
    return OrderHistory.from_columns(
        **{name: column[kept] for name, column in columns.items()}
    )


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
