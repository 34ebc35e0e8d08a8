# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How many customers there are to call, what is at stake, and who is first.

Most customers have but one reason, which takes no part in others, and nothing was done
about them: their reasons are counted as they are. The few others are put together, as
in the list.
"""

from odoo.tools import SQL

from ...models.customer_acts import get_rests_query
from ...nightly.kept_sums import get_engagement_deadline
from .crm_reason import NEVER, TOGETHER
from .turns_sql import AMONG, EACH_ALONE, RESTS

NUMBERS = ("to_call", "owing", "stake", "overdue")
SUMS = SQL(
    """
    COUNT(*) FILTER (WHERE is_counted AND stake > 0) AS to_call,
    COUNT(*) FILTER (WHERE is_counted AND overdue_value > 0) AS owing,
    COALESCE(SUM(stake) FILTER (WHERE is_counted), 0) AS stake,
    COALESCE(SUM(overdue_value) FILTER (WHERE is_counted), 0) AS overdue
    """
)


def sum_up(turns, domain, limit):
    """Return the sums of the customers to call of a domain, see ``crm.who.next``."""
    alone = _sum_alone(turns, domain, limit)
    first = [*alone["by_stake"], *alone["by_overdue"]]
    among = [*{*alone["others"], *first}]
    turns = turns.with_context(**{AMONG: among, RESTS: alone["rests"] or []})
    found = _sum_turns(turns, domain, first, limit)
    awake = {*found.pop("awake")}
    found["to_engage"] = turns.env["crm.reason.needs_engagement"]._find_largest(
        domain, [each for each in alone["silent"] if each not in awake], limit
    )
    return {**found, **{name: alone[name] + found[name] for name in NUMBERS}}


def _sum_alone(turns, domain, limit):
    """Return the sums of the reasons that count alone.

    The others are those about whom something was done or with a reason that counts
    together with all: if they have a reason that counts, or may be done today or to be
    spoken to. All in one statement: where everybody was written to, these are many.

    :return: dict of NUMBERS; of ids: the first by_stake and by_overdue, others, and of
        those left in peace the silent, who were not spoken to for long; rests: [id,
        moment, day] of the others that are left in peace
    """
    env = turns.env
    reason = env["crm.reason"]
    today = reason._get_today()
    rows = turns.with_context(**{EACH_ALONE: True})._search(domain)
    rows.order = None
    query = SQL(
        """
        WITH rest AS MATERIALIZED (
            SELECT *, COALESCE(spoken < %(deadline)s, TRUE) AS is_silent
              FROM (%(rests)s) rest),
        together AS MATERIALIZED (
            SELECT DISTINCT partner_id FROM (%(together)s) reason),
        reason AS MATERIALIZED (
            SELECT reason.*,
                   id NOT IN (SELECT partner_id FROM rest)
                   AND id NOT IN (SELECT partner_id FROM together) AS is_counted
              FROM (%(alone)s) reason),
        other AS MATERIALIZED (
            SELECT id FROM reason WHERE NOT is_counted
             UNION
            SELECT partner_id FROM together
             UNION
            SELECT partner_id
              FROM (%(never)s) reason
             WHERE partner_id = ANY(ARRAY(
                   SELECT partner_id FROM rest WHERE is_silent OR day = %(today)s)))
        SELECT %(sums)s,
               ARRAY(SELECT id
                       FROM reason
                      WHERE is_counted AND stake > 0
                      ORDER BY stake DESC, id
                      LIMIT %(limit)s) AS by_stake,
               ARRAY(SELECT id
                       FROM reason
                      WHERE is_counted AND overdue_value > 0
                      ORDER BY overdue_value DESC, id
                      LIMIT %(limit)s) AS by_overdue,
               ARRAY(SELECT id FROM other) AS others,
               ARRAY(SELECT partner_id FROM rest WHERE is_silent) AS silent,
               (SELECT JSONB_AGG(JSONB_BUILD_ARRAY(partner_id, moment, day))
                  FROM rest
                 WHERE partner_id IN (SELECT id FROM other)) AS rests
          FROM reason
        """,
        deadline=get_engagement_deadline(env.company),
        rests=get_rests_query(env, today, reason._get_engaged_query),
        together=reason._get_reasons_query(TOGETHER),
        never=reason._get_reasons_query(NEVER),
        alone=rows.select(
            *(
                SQL.identifier(rows.table, name)
                for name in ("id", "stake", "overdue_value")
            )
        ),
        today=today,
        sums=SUMS,
        limit=limit,
    )
    (found,) = env.execute_query_dict(query)
    return found


def _sum_turns(turns, domain, counted, limit):
    """Return the sums of some customers by all their reasons.

    :param turns: crm.who.next of these customers alone
    :param counted: ids of those that are in other sums, and may be among the first
    :return: dict of NUMBERS, and of done: how many were; of ids: the first by_stake,
        by_overdue and by_done, and those awake: whose turn it is
    """
    rows = turns._search(domain)
    rows.order = None
    names = (
        *("id", "stake", "overdue_value", "is_ending"),
        *("is_resting", "is_done_today", "acted_at"),
    )
    columns = {name: SQL.identifier(rows.table, name) for name in names}
    query = SQL(
        """
        WITH turn AS MATERIALIZED (%(rows)s)
        SELECT %(sums)s,
               COUNT(*) FILTER (WHERE is_done_today) AS done,
               ARRAY(SELECT id
                       FROM turn
                      WHERE NOT is_resting AND stake > 0
                      ORDER BY is_ending DESC, stake DESC, id
                      LIMIT %(limit)s) AS by_stake,
               ARRAY(SELECT id
                       FROM turn
                      WHERE NOT is_resting AND overdue_value > 0
                      ORDER BY overdue_value DESC, id
                      LIMIT %(limit)s) AS by_overdue,
               ARRAY(SELECT id
                       FROM turn
                      WHERE is_done_today
                      ORDER BY acted_at DESC, id
                      LIMIT %(limit)s) AS by_done,
               ARRAY(SELECT id FROM turn WHERE NOT is_resting) AS awake
          FROM turn
        """,
        # of each only what is asked of it: the others would be worked out, too
        rows=rows.select(
            *columns.values(),
            SQL(
                "NOT %s AND %s <> ALL(%s) AS is_counted",
                columns["is_resting"],
                columns["id"],
                counted,
            ),
        ),
        sums=SUMS,
        limit=limit,
    )
    (found,) = turns.env.execute_query_dict(query)
    return found
