# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whose turn it is to be called, in SQL: the rules of ``analytics.who_next``.

Of a hundred thousand customers with reasons a tile shows seven, and how many there are.
"""

from datetime import timedelta

from odoo.tools import SQL

from ...analytics.who_next import LINE, ORDER, SOON_DAYS, TIER
from ...models.customer_acts import get_acts_query
from .crm_reason import ALONE

# In the context: a row for each reason that counts alone, with what sums need of it.
EACH_ALONE = "crm_dashboards_each_alone"
# In the context: ids of the only customers that are asked for. PostgreSQL would not see
# that this holds for what is joined to their reasons, too.
AMONG = "crm_dashboards_among"
# In the context: [customer, moment, day] of who of them is left in peace.
RESTS = "crm_dashboards_rests"


def get_turns_query(env):
    """Return the query of the customers to call, with the columns of crm.who.next.

    What is not asked for of them, PostgreSQL does not work out.
    """
    env.flush_all()
    if env.context.get(EACH_ALONE):
        return _get_alone_query(env)
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
    rests = env.context.get(RESTS)
    sources = {
        "reasons": reason._get_reasons_query(),
        "figures": reason._get_figures_query(),
        "acts": get_acts_query(env, today, reason._get_engaged_query)
        if rests is None
        else _get_rests_query(rests),
    }
    ids = env.context.get(AMONG)
    if ids is None:
        return sources
    return {
        name: SQL("SELECT * FROM (%s) source WHERE partner_id = ANY(%s)", source, ids)
        for name, source in sources.items()
    }


def _get_rests_query(rests):
    """Return what sums need of the acts in ``RESTS``, as ``get_acts_query`` does."""
    columns = [list(column) for column in zip(*rests, strict=True)] or [[], [], []]
    return SQL(
        """
        SELECT partner_id, moment, day, NULL::date AS last_day, NULL::jsonb AS facts
          FROM UNNEST(%s::int4[], %s::timestamp[], %s::date[])
               act (partner_id, moment, day)
        """,
        *columns,
    )


def _get_alone_query(env):
    """Return the query of the reasons that count alone, as if each made a turn."""
    return SQL(
        """
        SELECT partner_id AS id, partner_id, %(company)s::int4 AS company_id,
               ROUND(stake::numeric, %(decimals)s) AS stake,
               CASE WHEN kind = 'overdue_payment' THEN value END AS overdue_value,
               FALSE AS is_ending
          FROM (%(reasons)s) reason
        """,
        company=env.company.id,
        decimals=env.company.currency_id.decimal_places,
        reasons=env["crm.reason"]._get_reasons_query(ALONE),
    )


def _get_customers_query(env, today, sources):
    """Return the query of what the reasons of each customer come to.

    The next order is at stake once, be it missing or quoted. A line that is left out of
    orders is no loss of its own while these do not come at all.

    Figures and acts are joined to the reasons, not to their sums: of how many customers
    these are PostgreSQL has no idea, and would look up one after the other.

    :param sources: queries of reasons, and of figures and acts of their customers
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
