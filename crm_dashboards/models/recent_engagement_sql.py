# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The last engagement since the night, which stores the last one of all time."""

from odoo.tools import SQL

from ..nightly.kept_sums import get_engagement_deadline
from .since_night_sql import Reading, get_changed_customers

COLUMNS = {
    "partner_id": "int4",
    "company_id": "int4",
    "date": "timestamp",
    "activity_type_id": "int4",
    "user_id": "int4",
}


def join_recent_engagement(env, alias, query):
    """Join each customer's last engagement since the figures were made.

    Of customers that changed since, the last of all: a contact that moved, or a merged
    customer, came with what happened before.

    :param alias: of crm_customer_metric in the ``query``
    :return: alias of the joined engagements
    """
    recent = query.make_alias(alias, "recent_engagement")
    if recent not in query._joins:
        rows = Reading.remember(env, _read_recent_engagements)
        columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
        query.add_join(
            "LEFT JOIN",
            recent,
            SQL(
                "(SELECT * FROM UNNEST(%(arrays)s) AS act (%(names)s))",
                arrays=SQL(", ").join(
                    SQL("%s::%s[]", list(column), SQL(sql_type))
                    for column, sql_type in zip(columns, COLUMNS.values(), strict=True)
                ),
                names=SQL(", ").join(map(SQL.identifier, COLUMNS)),
            ),
            SQL(" AND ").join(
                SQL(
                    "%s = %s", SQL.identifier(recent, name), SQL.identifier(alias, name)
                )
                for name in ("partner_id", "company_id")
            ),
        )
    return recent


def _read_recent_engagements(env):
    """Return rows of COLUMNS: the last engagements that the nights have not seen.

    All companies at once, since planning the query takes longer than running it, and
    each from where its own last night has read. Of those with too many unread messages
    no message is looked at: one that lags behind holds up nobody else. Past record
    rules: what is returned has to be joined to figures that the user may read.
    """
    changed = _get_changed_ids(env)
    refreshes = env.companies.sudo().crm_metric_refresh_ids.filtered("as_of")
    if not refreshes:
        return []
    behind = refreshes._filter_many_unread_messages()
    queries = [
        env["crm.engagement"]._get_last_engagements_sql(
            group, *group._get_engagements_since(reads_messages), changed
        )
        for group, reads_messages in ((refreshes - behind, True), (behind, False))
        if group
    ]
    return env.execute_query(SQL(" UNION ALL ").join(queries))


def get_night_sql(env, alias, query, column):
    """Return a column of the night's engagement, empty where another one may be it.

    :param alias: of crm_customer_metric in the ``query``
    """
    value = SQL.identifier(alias, column)
    changed = _get_changed_ids(env, query)
    if not changed:
        return value
    partner = SQL.identifier(alias, "partner_id")
    return SQL("CASE WHEN %s <> ALL(%s) THEN %s END", partner, changed, value)


def _get_changed_ids(env, query=None):
    changed = get_changed_customers(env, query)
    return sorted(set().union(*changed.values()))


def get_newer_sql(env, alias, query, night_column, recent_column):
    """Return the column of the newer engagement: the night's, or one since.

    :param str night_column: column of crm_customer_metric
    :param str recent_column: the same of a recent engagement
    """
    recent = join_recent_engagement(env, alias, query)
    return SQL(
        "CASE WHEN %(recent_date)s >= COALESCE(%(night_date)s, '-infinity') "
        "THEN %(recent)s ELSE %(night)s END",
        recent_date=SQL.identifier(recent, "date"),
        night_date=get_night_sql(env, alias, query, "night_engagement_date"),
        recent=SQL.identifier(recent, recent_column),
        night=get_night_sql(env, alias, query, night_column),
    )


def get_maybe_engaged_sql(env, alias, since, until=None):
    """Return a condition that an index answers: whose last engagement may be in a time.

    By the night, or later. What is asked exactly stands beside it.

    :param alias: of crm_customer_metric
    :param since: UTC moment
    :param until: SQL of a UTC moment, not included
    """
    night = SQL.identifier(alias, "night_engagement_date")
    return SQL(
        "(%s >= %s%s OR %s = ANY(%s::int4[]))",
        night,
        since,
        SQL(" AND %s < %s", night, until) if until else SQL(),
        SQL.identifier(alias, "partner_id"),
        get_moved_ids(env),
    )


def get_engaged_before_sql(env, alias, until):
    """Return the condition that the last engagement is the night's, before a moment.

    :param alias, until: as for :func:`get_maybe_engaged_sql`
    """
    return SQL(
        "(%s < %s AND %s <> ALL(%s::int4[]))",
        SQL.identifier(alias, "night_engagement_date"),
        until,
        SQL.identifier(alias, "partner_id"),
        get_moved_ids(env),
    )


def get_moved_ids(env):
    """Return the ids of customers whose last engagement may not be the night's."""
    recent = {row[0] for row in Reading.remember(env, _read_recent_engagements)}
    return sorted(recent.union(_get_changed_ids(env)))


def get_engagement_deadline_sql(env, company):
    """Return the SQL of the UTC moment before which an engagement is too old.

    Worked out for each company here, instead of for each customer by the database.

    :param company: SQL of its id
    """
    cases = [
        SQL("WHEN %s THEN %s::timestamp", each.id, get_engagement_deadline(each))
        for each in env["res.company"]._get_crm_all()
    ]
    return SQL("CASE %s %s END", company, SQL(" ").join(cases))
