# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Figures in SQL as of now where the night's are outdated, see nightly.since_night."""

from odoo.tools import SQL

from ..nightly.since_night import judge_again, read_changed_customers


class Reading:
    """What is asked once while all tiles of a page are read, and nothing is written.

    It goes along in the context, as ``Reading.KEY``.
    """

    KEY = "crm_dashboards_reading"

    def __init__(self):
        self._found = {}

    @classmethod
    def remember(cls, env, read):
        """Return ``read(env)``, asked once for user and companies of ``env``."""
        reading = env.context.get(cls.KEY)
        if not isinstance(reading, cls):  # nobody said that nothing is written
            return read(env)
        key = (read, env.uid, env.su, env.companies._ids)
        if key not in reading._found:
            reading._found[key] = read(env)
        return reading._found[key]


def expect_few_rows(query):
    """Have each row of ``query`` compared with its orders, not the alerts alone.

    For reading records; to search, group or sort, those with an alert are enough.
    """
    query.crm_reads_rows = True


def join_judged_again(env, alias, query):
    """Join what is expected of the customers whose orders are others by now.

    :param alias: of crm_customer_metric in the ``query``
    :return: alias of the joined rows, False where there are none
    """
    judged = query.make_alias(alias, "judged_again")
    rows = _judge_once(env, alias, query)
    if rows is None:
        return False
    if judged not in query._joins:
        condition = SQL(
            "%s = %s", SQL.identifier(judged, "id"), SQL.identifier(alias, "id")
        )
        query.add_join("LEFT JOIN", judged, SQL("(%s)", rows.query), condition)
    return judged


def get_maybe_late_sql(env, alias, query, states):
    """Return a condition that an index answers: whoever may be in one of ``states``.

    By the night, or as judged since. What is asked exactly stands beside it.

    :param alias: of crm_customer_metric in the ``query``
    """
    rows = _judge_once(env, alias, query)
    by_night = SQL("%s = ANY(%s)", SQL.identifier(alias, "order_state"), list(states))
    if not rows:
        return by_night
    return SQL(
        "(%s OR %s = ANY(%s))", by_night, SQL.identifier(alias, "id"), rows.metric_ids
    )


def _judge_once(env, alias, query):
    """Judge once a query: what was found is remembered with it, also if nothing."""
    found = query.__dict__.setdefault("crm_judged_again", {})
    if alias not in found:
        if getattr(query, "crm_reads_rows", False):
            ids = query.subselect(SQL.identifier(alias, "id"))
            found[alias] = judge_again(env, ids)
        else:
            found[alias] = Reading.remember(env, judge_again)
    return found[alias]


def get_changed_customers(env, query=None):
    """Return the customers that changed since the night, asked for once a query.

    :param query: that the answer becomes a part of, if any
    :return: {company id: {customer id: whether it is compared by now}}
    """
    if query is None:
        return Reading.remember(env, read_changed_customers)
    found = query.__dict__
    if "crm_changed_customers" not in found:
        found["crm_changed_customers"] = Reading.remember(env, read_changed_customers)
    return found["crm_changed_customers"]


def get_compared_sql(env, alias, query, left_out_reason):
    """Whether a customer is compared with the others by now.

    Joined, since a subquery would go through all changed customers for each one.

    :param alias: of crm_customer_metric in the ``query``
    :param left_out_reason: SQL of its column
    """
    changed = [
        (partner_id, company_id, is_compared)
        for company_id, partners in get_changed_customers(env, query).items()
        for partner_id, is_compared in partners.items()
    ]
    by_night = SQL("%s IS NULL", left_out_reason)
    if not changed:
        return by_night
    joined = query.make_alias(alias, "changed_customer")
    if joined not in query._joins:
        rows = SQL(
            """
            (SELECT * FROM UNNEST(%s::int4[], %s::int4[], %s::bool[])
                           changed (partner_id, company_id, is_compared))
            """,
            *map(list, zip(*changed, strict=True)),
        )
        condition = SQL(" AND ").join(
            SQL("%s = %s", SQL.identifier(joined, name), SQL.identifier(alias, name))
            for name in ("partner_id", "company_id")
        )
        query.add_join("LEFT JOIN", joined, rows, condition)
    return SQL("COALESCE(%s, %s)", SQL.identifier(joined, "is_compared"), by_night)
