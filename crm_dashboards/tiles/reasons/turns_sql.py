# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whose turn it is to be called, in SQL: the rules of ``analytics.who_next``.

Of a hundred thousand customers with reasons a tile shows seven, and how many there are.
"""

from datetime import timedelta

from odoo.tools import SQL

from ...analytics.who_next import LINE, ORDER, SOON_DAYS, TIER
from ...models.customer_acts import get_acts_query

# In the context: only the customers that sums count, without their figures and words.
COUNTED = "crm_dashboards_counted"
# In the context: ids of the only customers that are asked for. PostgreSQL would not see
# that this holds for what is joined to their reasons, too.
AMONG = "crm_dashboards_among"
REST = {
    "partner_id": "int4",
    "moment": "timestamp",
    "day": "date",
    "last_day": "date",
}
REST_NAMES = SQL(", ").join(map(SQL.identifier, REST))
NO_FIGURES = SQL(
    "SELECT 0 AS partner_id, 0 AS id, 0::numeric AS order_value, '' AS segment"
    " WHERE FALSE"
)


def get_turns_query(env):
    """Return the query of the customers to call, with the columns of crm.who.next.

    What is not asked for of them, PostgreSQL does not work out. With ``COUNTED`` in the
    context those are left out of whom no sum tells: they have nothing at stake, owe
    nothing, and nothing was done about them. Reasons that hold for nearly everybody are
    read where they may change a sum, since they end a rest or show whom others do not.
    """
    env.flush_all()
    today = env["crm.reason"]._get_today()
    return SQL(
        """
        SELECT partner_id AS id, partner_id, metric_id, %(company)s::int4 AS company_id,
               %(currency)s::int4 AS currency_id, stake, overdue_value, order_value,
               segment, ends_on, ends_on IS NOT NULL AS is_ending, needs_engagement,
               is_resting,
               CASE WHEN is_resting THEN acted_at END AS acted_at,
               is_resting AND acted_on = %(today)s AS is_done_today,
               CASE WHEN is_resting THEN rest_until END AS rest_until, kinds,
               reason_facts, act_facts
          FROM (SELECT turn.*,
                       acted_at IS NOT NULL
                       AND (since > acted_at) IS NOT TRUE
                       AND (since_day > acted_on) IS NOT TRUE AS is_resting
                  FROM (%(turns)s) turn) turn
        """,
        company=env.company.id,
        currency=env.company.currency_id.id,
        today=today,
        turns=_get_customers_query(env, today, _get_sources(env, today)),
    )


def _get_sources(env, today):
    """Return the queries that turns are made of: {reasons, figures, acts}."""
    reason = env["crm.reason"]
    acts = get_acts_query(env, today, reason._get_engaged_query)
    if not env.context.get(COUNTED):
        sources = {
            "reasons": reason._get_reasons_query(),
            "figures": reason._get_figures_query(),
            "acts": acts,
        }
        ids = env.context.get(AMONG)
        if ids is None:
            return sources
        return {
            name: SQL(
                "SELECT * FROM (%s) source WHERE partner_id = ANY(%s)",
                source,
                list(ids),
            )
            for name, source in sources.items()
        }
    rests = env.execute_query(
        SQL("SELECT %s FROM (%s) act WHERE moment IS NOT NULL", REST_NAMES, acts)
    )
    counted = _without_facts(reason._get_reasons_query(is_counted=True))
    return {
        "reasons": SQL(
            "%s UNION ALL SELECT * FROM (%s) other WHERE partner_id = ANY(%s)",
            counted,
            _without_facts(reason._get_reasons_query(is_counted=False)),
            [*{row[0] for row in rests}, *_find_unshown(env, counted)],
        ),
        "figures": NO_FIGURES,
        "acts": SQL(
            "SELECT %s, NULL::jsonb AS facts FROM UNNEST(%s) act (%s)",
            REST_NAMES,
            SQL(", ").join(
                SQL("%s::%s[]", [row[place] for row in rests], SQL(sql_type))
                for place, sql_type in enumerate(REST.values())
            ),
            REST_NAMES,
        ),
    }


def _without_facts(reasons):
    return SQL(
        """
        SELECT kind, part, stake, is_shown, partner_id, value, since, since_day, ends,
               NULL::jsonb AS facts
          FROM (%s) reason
        """,
        reasons,
    )


def _find_unshown(env, counted):
    """Return the ids of customers with a reason that alone is none to show them."""
    if not any(model._needs_end for model in env["crm.reason"]._get_all().values()):
        return []
    query = SQL("SELECT partner_id FROM (%s) reason WHERE NOT is_shown", counted)
    return [row[0] for row in env.execute_query(query)]


def _get_customers_query(env, today, sources):
    """Return the query of what the reasons of each customer come to.

    The next order is at stake once, be it missing or quoted. A line that is left out of
    orders is no loss of its own while these do not come at all.

    Figures and acts are joined to the reasons, not to their sums: of how many customers
    these are PostgreSQL has no idea, and would look up one after the other.

    :param sources: see :func:`_get_sources`
    """
    return SQL(
        """
        SELECT reason.partner_id,
               ROUND((
                   COALESCE(MAX(stake) FILTER (WHERE part = %(order)s), 0)
                   + CASE WHEN BOOL_OR(kind = 'missing_order') THEN 0 ELSE
                          COALESCE(SUM(stake) FILTER (WHERE part = %(line)s), 0) END
                   + COALESCE(SUM(stake) FILTER (WHERE part = %(tier)s), 0)
               )::numeric, %(decimals)s) AS stake,
               MIN(ends) FILTER (
                   WHERE is_shown AND ends BETWEEN %(today)s AND %(soon)s) AS ends_on,
               MAX(since) FILTER (WHERE is_shown) AS since,
               MAX(since_day) FILTER (WHERE is_shown) AS since_day,
               SUM(value) FILTER (WHERE kind = 'overdue_payment') AS overdue_value,
               BOOL_OR(kind = 'needs_engagement') AS needs_engagement,
               STRING_AGG(kind, ' ' ORDER BY stake DESC, kind COLLATE "C")
                   FILTER (WHERE is_shown) AS kinds,
               JSONB_AGG(JSONB_BUILD_OBJECT(
                       'kind', kind, 'facts', reason.facts,
                       'stake', stake, 'is_shown', is_shown)
                   ORDER BY stake DESC, kind COLLATE "C") AS reason_facts,
               MIN(known.id) AS metric_id,
               MIN(known.order_value) AS order_value,
               MIN(known.segment) AS segment,
               MIN(act.moment) AS acted_at,
               MIN(act.day) AS acted_on,
               MIN(act.last_day) AS rest_until,
               (ARRAY_AGG(act.facts))[1] AS act_facts
          FROM (%(reasons)s) reason
          LEFT JOIN (%(figures)s) known ON known.partner_id = reason.partner_id
          LEFT JOIN (%(acts)s) act ON act.partner_id = reason.partner_id
         GROUP BY reason.partner_id
        HAVING BOOL_OR(is_shown)
        """,
        order=ORDER,
        line=LINE,
        tier=TIER,
        decimals=env.company.currency_id.decimal_places,
        today=today,
        soon=today + timedelta(SOON_DAYS),
        **sources,
    )
