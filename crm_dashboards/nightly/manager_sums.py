# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Sums that a night keeps of each account manager's customers.

For those who may read their own documents only: figures of customers that they are
appointed for, and orders that they took or nobody. All that ``kept_sums`` says holds
here, too; besides, sums of an account manager end when a customer comes or goes.
"""

from decimal import Decimal
from typing import NamedTuple

import numpy as np

from odoo.fields import Domain
from odoo.tools import SQL, groupby

from ..analytics.lookup import Lookup
from ..models.since_night_sql import Reading
from .copy_binary import read_columns
from .kept_sums import (
    KEYS,
    find_month,
    get_orders_formula,
    get_unseen_since_sql,
    parse_months,
)

NOBODY = 0
MANAGER = "manager"


def get_manager_sql(metric, alias, query):
    """Return the SQL of the account manager who may read a customer's figures.

    :param metric: crm.customer.metric
    """
    managed = query.make_alias(alias, "managed_partner")
    fields = metric.env["res.partner"]._fields
    query.add_join(
        "LEFT JOIN",
        managed,
        SQL(
            "(SELECT id, user_id FROM res_partner WHERE user_id = %s)",
            SQL(
                "crm_appointed_user_id",
                to_flush=[fields["user_id"], fields["crm_appointed_user_id"]],
            ),
        ),
        SQL(
            "%s = %s",
            SQL.identifier(managed, "id"),
            metric._field_to_sql(alias, "partner_id", query),
        ),
    )
    return SQL.identifier(managed, "user_id")


def keep_manager_sums(night, rows, bounds):
    """Keep the sums of the account managers of a night's company.

    :param rows: of the customers by KEYS and MANAGER
    :param bounds: UTC moments at which months begin, the last one of the running month
    """
    sums = night.env["crm.manager.sums"]
    night.env.cr.execute(
        SQL("DELETE FROM crm_manager_sums WHERE company_id = %s", night.company.id)
    )
    sums.invalidate_model()
    formula = get_orders_formula(night.company)
    months = _add_up_months(night, bounds)
    customers = {
        manager: [{**row, MANAGER: None} for row in theirs]
        for manager, theirs in groupby(rows, lambda row: row[MANAGER])
        if manager
    }
    sums.create(
        [
            {
                "company_id": night.company.id,
                "user_id": manager,
                "months": {"formula": formula, "rows": months.get(manager, [])},
                "customers": customers.get(manager, []),
            }
            for manager in sorted({*months, *customers})
        ]
    )


def fold_managers(rows):
    """Return the rows of all customers by KEYS: of whom nobody is account manager, too.

    :param rows: by KEYS and MANAGER; sums are numbers, or text of numbers
    """
    folded = {}
    for row in rows:
        key = tuple(row[name] for name in KEYS)
        values = {
            name: value
            for name, value in row.items()
            if name not in KEYS and name != MANAGER
        }
        known = folded.get(key)
        folded[key] = _add(known, values) if known else values
    return [
        {**dict(zip(KEYS, key, strict=True)), **values}
        for key, values in folded.items()
    ]


def _add(one, other):
    return {name: _add_values(value, other[name]) for name, value in one.items()}


def _add_values(one, other):
    if one is None or other is None:
        return one if other is None else other
    if isinstance(one, str):
        return str(Decimal(one) + Decimal(other))
    return one + other


def _add_up_months(night, bounds):
    """Return {account manager: [start, end, amount, orders without a rate] of months}.

    Of orders of their customers that they took, or nobody.
    """
    rows = night.order_rows
    query = SQL(
        """
        SELECT id::int4, user_id::int4
          FROM res_partner
         WHERE user_id IS NOT NULL AND id = commercial_partner_id
        """
    )
    partners = read_columns(night.env, query, {"id": "int32", MANAGER: "int32"})
    managers = Lookup(partners["id"], partners[MANAGER], NOBODY)
    of_customer = managers.find(night.contacts.get_entities(rows.contact_id))
    is_theirs = (rows.user_id == NOBODY) | (rows.user_id == of_customer)
    return rows.add_up_groups(
        bounds, of_customer * is_theirs, np.unique(partners[MANAGER])
    )


# ----------------------------------------------------------------------
# Whether they are for somebody, and still hold
# ----------------------------------------------------------------------


def read_kept_of_user(env):
    """Return the crm.manager.sums of the user in the current company.

    :return: as the superuser; none where they do not hold, or the user may read more or
        less than his own documents
    """
    company = env.company
    none = env["crm.manager.sums"].sudo()
    if env.su or company._awaits_crm_figures() or not _reads_own(env):
        return none
    refresh = company.sudo().crm_metric_refresh_ids
    if not refresh.sums_snapshot:
        return none
    changed = env.execute_query(
        SQL(
            """
            SELECT FROM crm_sums_change change
             WHERE (change.company_id = %s OR change.company_id IS NULL)
               AND change.moment IS NULL
               AND (change.user_id = %s OR change.user_id IS NULL)
               AND %s
             LIMIT 1
            """,
            company.id,
            env.uid,
            get_unseen_since_sql(refresh),
        )
    )
    if changed:
        return none
    return none.search([("company_id", "=", company.id), ("user_id", "=", env.uid)])


def _reads_own(env):
    """Whether record rules let the user read just what these sums are of."""
    appointed = Domain("partner_id.crm_appointed_user_id", "=", env.uid)
    taken = Domain("user_id", "in", [env.uid, False])
    return _reads_just(env["crm.customer.metric"], appointed) and _reads_just(
        env["sale.order"], taken
    )


def _reads_just(model, domain):
    here = Domain("company_id", "=", model.env.company.id)
    rules = model.env["ir.rule"]._compute_domain(model._name, "read")
    return model.has_access("read") and (
        (here & rules).optimize(model) == (here & domain).optimize(model)
    )


# ----------------------------------------------------------------------
# Months
# ----------------------------------------------------------------------


class KeptMonth(NamedTuple):
    """What the orders of a month come to, in the zone of figures.

    ``edges`` are (start, until, factor) of the hours by which the viewer's month is
    another one: of orders to be added or, by a factor of -1, taken off.
    """

    amount: Decimal
    unrated: int
    edges: list


def read_kept_months(env, bounds):
    """Return the months for which the user's sums still hold.

    :param bounds: ascending UTC moments
    :return: {place in ``bounds``, from 1 on, at which a month begins: KeptMonth}
    """
    sums = Reading.remember(env, read_kept_of_user)
    kept = parse_months(sums.months, sums.company_id)
    known = [
        (place, *month)
        for place, (start, until) in enumerate(zip(bounds, bounds[1:], strict=False), 1)
        if (month := find_month(kept, start, until))[0]
    ]
    if not known:
        return {}
    places, starts, untils = list(map(list, zip(*known, strict=True)))[:3]
    query = SQL(
        """
        SELECT month.place
          FROM UNNEST(%s::int4[], %s::timestamp[], %s::timestamp[])
               month (place, start, until)
         WHERE NOT EXISTS (
               SELECT FROM crm_sums_change change
                WHERE change.company_id = %s
                  AND change.moment >= month.start
                  AND change.moment < month.until
                  AND %s)
        """,
        places,
        starts,
        untils,
        sums.company_id.id,
        get_unseen_since_sql(sums.company_id.crm_metric_refresh_ids),
    )
    holding = {place for (place,) in env.execute_query(query)}
    return {
        place: KeptMonth(
            amount,
            unrated,
            [
                *_get_edge(bounds[place - 1], start),
                *_get_edge(until, bounds[place]),
            ],
        )
        for place, start, until, amount, unrated in known
        if place in holding
    }


def _get_edge(first, last):
    """Return the hours from one moment to another one, taken off if it is earlier."""
    if first == last:
        return []
    return [(first, last, 1) if first < last else (last, first, -1)]
