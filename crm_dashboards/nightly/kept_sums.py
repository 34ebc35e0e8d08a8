# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Sums that a night keeps of a whole company, and whether they still hold.

Whoever sees everybody's customers is shown sums of a million orders and 200 000
customers, of which a day changes a few. A night keeps them with the snapshot in which
it read; what changes later is noted by ``crm.sums.change`` in the transaction that
changes it. A sum holds as long as no note about it exists that is not visible in that
snapshot; else all is read again, as for everybody whose figures are a part of the
company's.
"""

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from .periods import get_day_start, get_figures_zone, get_month_start, get_zone_today

KEPT_MONTHS = 24  # that are over
# From the beginning of a day in one zone to that in another
FURTHEST_ZONES = timedelta(hours=27)
KEYS = ("segment", "left_out_reason", "trend")
# Fields of a night: what it had seen of the notes, and of other transactions.
READ_IN = ("sums_change_id", "sums_transaction_id", "sums_snapshot")


def get_unseen_sql(change_id, transaction_id, snapshot):
    """Return the condition on ``change``: a night may not have seen it.

    What it had done itself it has seen, of others what was visible in its snapshot.
    Ids tell what came later even where a database was restored and transactions are
    counted anew.

    :param change_id, transaction_id, snapshot: SQL of what the night noted
    """
    return SQL(
        """
        (change.id > %s
         OR change.transaction_id <> %s
         AND NOT pg_visible_in_snapshot(change.transaction_id::xid8, %s::pg_snapshot))
        """,
        change_id,
        transaction_id,
        snapshot,
    )


def reads_all(model, company):
    """Whether no record rule keeps records of a company from the user."""
    here = Domain("company_id", "=", company.id)
    rules = model.env["ir.rule"]._compute_domain(model._name, "read")
    return model.env.su or (
        model.has_access("read")
        and (here & rules).optimize(model) == here.optimize(model)
    )


# ----------------------------------------------------------------------
# A night
# ----------------------------------------------------------------------


def keep_sums(night):
    """Keep the sums of a night's company.

    A phase of the night, after all that stores figures.
    """
    refresh, company = night.refresh, night.company
    night.env["crm.sums.change"]._note_restored()
    customers = read_customer_sums(
        night.env["crm.customer.metric"],
        Domain("company_id", "=", company.id),
        {**get_customer_sums(refresh), **get_waiting_sums(company)},
    )
    # in an order of their own, whichever PostgreSQL found them in
    customers.sort(key=lambda row: [row[name] or "" for name in KEYS])
    valued = sum(row["valued"] for row in customers if not row["left_out_reason"])
    refresh.write(
        {
            **_get_read_in(night.env),
            "sums_months": {
                "formula": get_orders_formula(company),
                "rows": _add_up_months(night),
            },
            "sums_customers": {
                "rows": customers,
                "median": night.env["crm.reason.needs_engagement"]._pick_median(valued),
            },
        }
    )


def _get_read_in(env):
    """Return the values of READ_IN, which tell of when this transaction reads."""
    query = SQL(
        """
        SELECT (SELECT COALESCE(MAX(id), 0) FROM crm_sums_change),
               pg_current_xact_id()::text, pg_current_snapshot()::text
        """
    )
    (values,) = env.execute_query(query)
    return dict(zip(READ_IN, values, strict=True))


def _add_up_months(night):
    """Return [start, end, amount, orders without a rate] of the months that are over.

    Of the orders that the night has read, each night anew: what was written past Odoo
    leaves no note.
    """
    zone = get_figures_zone(night.company)
    today = get_zone_today(zone, night.now)
    bounds = [
        get_day_start(zone, get_month_start(today, back))
        for back in range(KEPT_MONTHS, -1, -1)
    ]
    texts = list(map(fields.Datetime.to_string, bounds))
    sums = night.order_rows.add_up(bounds)
    return [
        [*texts[place : place + 2], str(amount), unrated]
        for place, (amount, unrated) in enumerate(sums)
    ]


# ----------------------------------------------------------------------
# Orders of months
# ----------------------------------------------------------------------


def _get_orders_parts(company):
    """Return the SQL of an order's value, of whether it has no rate, and is sound."""
    order = company.env["sale.order"]
    return (
        order._get_sound_net_value_sql("sale_order", None, company),
        order._get_crm_is_unrated_sql("sale_order", None),
        order._get_sound_sql("sale_order", company),
    )


def get_orders_formula(company):
    """Return a text that changes whenever orders of a company count otherwise."""
    parts = [(part.code, part.params) for part in _get_orders_parts(company)]
    return sha256(repr(parts).encode()).hexdigest()


def get_sums_query(orders, bounds, refresh=None):
    """Return the query of the sums of a company's orders between moments.

    Of whole months the sum that the night kept is taken where it still holds. In
    another zone a month begins some hours earlier or later: these are added or taken
    off.

    :param orders: SQL of the query of ``amount`` and ``unrated`` of the orders from
        ``piece.start`` to ``piece.until``, of none unless ``piece.counts``
    :param bounds: ascending UTC moments
    :param refresh: crm.metric.refresh of the company, if its sums may be taken
    :return: SQL with the number of a moment, from 1 on, the sum from there to the next
        one, and how many orders have no rate to trust
    """
    kept = _get_kept_months(refresh) if refresh else []
    rows = [
        (start, until, *_find_month(kept, start, until))
        for start, until in zip(bounds, bounds[1:], strict=False)
    ]
    columns = list(zip(*rows, strict=True))
    types = ("timestamp",) * 4 + ("numeric", "int4")
    return SQL(
        """
        SELECT bound.place, sums.amount, sums.unrated
          FROM UNNEST(%(arrays)s) WITH ORDINALITY
               bound (start, until, kept_start, kept_until, amount, unrated, place)
         CROSS JOIN LATERAL (SELECT %(holds)s AS holds OFFSET 0) kept
         CROSS JOIN LATERAL (
               SELECT CASE WHEN kept.holds THEN COALESCE(bound.amount, 0) ELSE 0 END
                      + COALESCE(SUM(piece.factor * found.amount), 0) AS amount,
                      CASE WHEN kept.holds THEN bound.unrated ELSE 0 END
                      + COALESCE(SUM(piece.factor * found.unrated), 0) AS unrated
                 FROM (VALUES
                      (bound.start, bound.until, 1, NOT kept.holds),
                      (LEAST(bound.start, kept_start),
                       GREATEST(bound.start, kept_start),
                       SIGN(EXTRACT(EPOCH FROM kept_start - bound.start))::int4,
                       kept.holds AND bound.start <> kept_start),
                      (LEAST(bound.until, kept_until),
                       GREATEST(bound.until, kept_until),
                       SIGN(EXTRACT(EPOCH FROM bound.until - kept_until))::int4,
                       kept.holds AND bound.until <> kept_until)
                      ) piece (start, until, factor, counts)
                CROSS JOIN LATERAL (%(orders)s) found) sums
        """,
        arrays=SQL(", ").join(
            SQL("%s::%s[]", list(column), SQL(sql_type))
            for column, sql_type in zip(columns, types, strict=True)
        ),
        holds=_get_holds_sql(refresh) if any(row[2] for row in rows) else SQL("FALSE"),
        orders=orders,
    )


def _get_holds_sql(refresh):
    """Return the condition that the kept month of ``bound`` still holds."""
    return SQL(
        """
        bound.kept_start IS NOT NULL AND NOT EXISTS (
            SELECT FROM crm_sums_change change
             WHERE change.company_id = %s
               AND change.moment >= bound.kept_start
               AND change.moment < bound.kept_until
               AND %s)
        """,
        refresh.company_id.id,
        _get_unseen_since_sql(refresh),
    )


def _get_unseen_since_sql(refresh):
    return get_unseen_sql(
        refresh.sums_change_id, refresh.sums_transaction_id, refresh.sums_snapshot
    )


def _get_kept_months(refresh):
    kept = refresh.sums_months or {}
    if not kept or kept["formula"] != get_orders_formula(refresh.company_id):
        return []
    return [
        (*map(fields.Datetime.to_datetime, row[:2]), Decimal(row[2] or 0), row[3])
        for row in kept["rows"]
    ]


def _find_month(kept, start, until):
    """Return the kept month that is the same but for the zone, with its sums."""
    for month in kept:
        if (
            abs(month[0] - start) <= FURTHEST_ZONES
            and abs(month[1] - until) <= FURTHEST_ZONES
        ):
            return month
    return (None,) * 4


# ----------------------------------------------------------------------
# Customers
# ----------------------------------------------------------------------


def get_customer_sums(refresh):
    """Return what is kept of a company's customers: {name: function}.

    A function takes (crm.customer.metric, alias, query) and returns the SQL of an
    aggregate of what only a night changes: of a count or of text, which keeps money
    exact.
    """
    return {**SALES, **UNRANKED, **NEVER, **VALUED, **get_projection_sums(refresh)}


SALES = {
    "sales": lambda metric, alias, query: SQL(
        "SUM(%s)::text", metric._field_to_sql(alias, "order_value", query)
    )
}
UNRANKED = {
    "unranked": lambda metric, alias, query: SQL(
        "COUNT(*) FILTER (WHERE %s IS NULL)",
        metric._field_to_sql(alias, "segment", query),
    )
}
NEVER = {  # by the night: who ordered since is judged anew
    "never": lambda metric, alias, query: SQL(
        "COUNT(*) FILTER (WHERE %s IS NULL)", SQL.identifier(alias, "last_order_date")
    )
}
VALUED = {
    "valued": lambda metric, alias, query: SQL(
        "COUNT(%s)", metric._field_to_sql(alias, "order_value", query)
    )
}


def get_waiting_sums(company):
    """Return the sum of those to engage, as far as the night knows.

    By the name of the moment before which an engagement is too long ago: another day's
    is another sum.
    """
    deadline = get_engagement_deadline(company)
    return {
        f"waiting_{deadline:%Y%m%d%H%M%S}": lambda _metric, alias, _query: SQL(
            "COUNT(*) FILTER (WHERE %s)", get_waiting_by_night_sql(alias, deadline)
        )
    }


def get_waiting_by_night_sql(alias, deadline):
    """Return the condition that a customer was to be engaged, as the night knows it.

    :param alias: of crm_customer_metric
    """
    return SQL(
        "(%s IS NULL AND COALESCE(%s < %s, TRUE))",
        SQL.identifier(alias, "left_out_reason"),
        SQL.identifier(alias, "night_engagement_date"),
        deadline,
    )


def get_engagement_deadline(company):
    """Return the UTC moment before which a company's engagement is too long ago."""
    zone = get_figures_zone(company)
    days = company._get_crm_setting("crm_engagement_days")
    return get_day_start(zone, get_zone_today(zone) - timedelta(days))


def get_projection_sums(refresh):
    """Return the sums that the projection of a company's customers is made of."""

    def get_projected(metric, alias, query):
        return SQL("COUNT(%s)", metric._field_to_sql(alias, "daily_sales", query))

    def get_sold(metric, alias, query):
        return SQL(
            "(SUM(%s) FILTER (WHERE %s IS NOT NULL))::text",
            metric._field_to_sql(alias, "month_value_before_today", query),
            metric._field_to_sql(alias, "daily_sales", query),
        )

    def get_rest(metric, alias, query):
        return SQL("SUM(%s)::text", metric._get_rest_sql(alias, query, refresh))

    return {"projected": get_projected, "sold": get_sold, "rest": get_rest}


def read_customer_sums(metric, domain, sums):
    """Return rows of KEYS, count and sums of the customers of a domain.

    :param metric: crm.customer.metric, with the rights to read it
    :param sums: {name: function}, see :func:`get_customer_sums`
    :return: list of dict
    """
    query = metric._search(domain)
    keys = [metric._field_to_sql(query.table, name, query) for name in KEYS]
    columns = [
        *zip(KEYS, keys, strict=True),
        ("count", SQL("COUNT(*)")),
        *(
            (name, get_sum(metric, query.table, query))
            for name, get_sum in sums.items()
        ),
    ]
    query.order = None
    query.groupby = SQL(", ").join(keys)
    return metric.env.execute_query_dict(
        query.select(
            *(SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in columns)
        )
    )


def read_kept_customers(env):
    """Return what the night kept of all customers of the current company.

    :return: {"rows": as of :func:`read_customer_sums`, "median": of the sales of those
        compared}; None where it does not hold, or is not for the user
    """
    company, metric = env.company, env["crm.customer.metric"]
    refresh = company.sudo().crm_metric_refresh_ids
    if company._awaits_crm_figures() or not reads_all(metric, company):
        return None
    kept = refresh.sums_customers
    if not kept:
        return None
    changed = env.execute_query(
        SQL(
            """
            SELECT FROM crm_sums_change change
             WHERE (change.company_id = %s OR change.company_id IS NULL)
               AND change.moment IS NULL
               AND %s
             LIMIT 1
            """,
            company.id,
            _get_unseen_since_sql(refresh),
        )
    )
    return None if changed else kept
