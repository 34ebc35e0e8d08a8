# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.crm_due_line import OF_ALL_CUSTOMERS
from ...models.recent_engagement_sql import get_maybe_engaged_sql
from ...models.since_night_sql import Reading

PREFIX = "crm.reason."
# How a customer with a reason is counted, see ``_counts``.
ALONE, TOGETHER, NEVER = "alone", "together", "never"
COLUMNS = SQL("partner_id, value, since, since_day, ends, facts")
NOTHING = SQL(
    """
    SELECT '' AS kind, '' AS part, 0::float8 AS stake, FALSE AS is_shown,
           0 AS partner_id, 0::numeric AS value, NULL::timestamp AS since,
           NULL::date AS since_day, NULL::date AS ends, NULL::jsonb AS facts
     WHERE FALSE
    """
)


class CrmReason(models.AbstractModel):
    """A reason to call a customer. Each is a model ``crm.reason.<kind>`` on this one.

    It says which customers it holds for and what is at stake, and how that is told;
    *Who Next* puts the reasons of a customer together, knowing none of them by name.
    Nothing here is public: an abstract model has no access rights of its own.
    """

    _name = "crm.reason"
    _description = "Reason to Call"

    # What of a customer's sales its stake is: see analytics.who_next; none if empty.
    _part = ""
    # How pressing it is: danger, warning, info or neutral.
    _level = "neutral"
    # Models without whose records the user has no such reasons.
    _reads = ()
    # Whether it is enough to call for only while something ends; else it only adds to
    # the stake.
    _needs_end = False
    # How sums count a customer with it. TOGETHER: by all its reasons. ALONE: it is to
    # call, nothing ends, and what is at stake or owed has nothing to do with other such
    # reasons; one kind of them at most has a stake. NEVER: by its other reasons, if
    # any; what holds for very many and puts nothing at stake need not be asked for.
    _counts = TOGETHER

    def _get_query(self):
        """Return the query of the customers of the current company that it holds for.

        As the user, so that record rules hold. All reasons are asked for at once.

        :return: SQL with a row a customer and, in this order, partner_id (int4), value
            (numeric, see :meth:`_get_stake_share`), since (timestamp, UTC) or since_day
            (date): when it came up; ends (date), facts (jsonb), what its words need;
            None where there is nothing to ask
        """
        return None

    def _get_stake_share(self):
        """Return what share of its value is at stake: sales of the next 90 days."""
        return 0.0

    def _get_level(self, facts):
        """Return how pressing it is, by its facts."""
        return self._level

    def _describe(self, facts, currency):
        """Return the few words of a reason, with its figure and unit.

        :param dict facts: of the Reason
        :param currency: res.currency of the company
        """
        raise NotImplementedError

    # ------------------------------------------------------------------
    # All of them
    # ------------------------------------------------------------------

    def _get_all(self):
        """Return {kind: model} of the reasons that the user may know of."""
        kinds = sorted(name for name in self.env.registry if name.startswith(PREFIX))
        return {
            model._get_kind(): model
            for model in map(self.env.__getitem__, kinds)
            if all(self.env[name].has_access("read") for name in model._reads)
        }

    def _get_reasons_query(self, way=None):
        """Return the query of the reasons of all kinds, a row a customer and kind.

        :param way: the only way of counting, see ``_counts``, of the kinds; all if left
            out
        :return: SQL with columns kind, part, stake and is_shown besides those of
            :meth:`_get_query`
        """
        read = _read_selects_alone if way == ALONE else _read_selects
        selects = [
            select
            for counts, select in Reading.remember(self.env, read)
            if way in (None, counts)
        ]
        return SQL(" UNION ALL ").join(selects or [NOTHING])

    def _get_figures_query(self):
        """Return the query of what is to be known of each customer with figures."""
        if not self.env["crm.customer.metric"].has_access("read"):
            return SQL(
                "SELECT 0 AS partner_id, 0 AS id, 0::numeric AS order_value,"
                " '' AS segment WHERE FALSE"
            )
        return self._select_metrics(
            Domain.TRUE,
            *(
                lambda get, name=name: SQL("%s AS %s", get(name), SQL.identifier(name))
                for name in ("partner_id", "id", "order_value", "segment")
            ),
        )

    def _get_engaged_query(self, since):
        """Return the query of the customers with figures that were engaged lately.

        :param since: UTC moment
        """
        if not self.env["crm.customer.metric"].has_access("read"):
            return SQL("SELECT 0 AS partner_id, NULL::timestamp AS moment WHERE FALSE")
        return self._select_metrics(
            Domain("last_engagement_date", ">=", since)
            & Domain.custom(
                to_sql=lambda metric, alias, _query: get_maybe_engaged_sql(
                    metric.env, alias, since
                )
            ),
            lambda get: SQL("%s AS partner_id", get("partner_id")),
            lambda get: SQL("%s AS moment", get("last_engagement_date")),
        )

    # ------------------------------------------------------------------
    # For the kinds
    # ------------------------------------------------------------------

    def _get_kind(self):
        return self._name.removeprefix(PREFIX)

    def _get_today(self):
        return self.env["crm.metric.refresh"]._get_figures_today(self.env.company)

    def _select_metrics(self, domain, *columns, order=None, limit=None, offset=None):
        """Return a query on the stored figures that the user may read.

        :param domain: of crm.customer.metric, of the current company
        :param columns: names of fields, or functions that return a column's SQL and
            take a function that returns the SQL of a field of that name
        :param order: such a function that returns the SQL of an order
        """
        metric = self.env["crm.customer.metric"]
        query = metric._search(self.env.company._get_crm_figures_domain() & domain)

        def get(name):
            return metric._field_to_sql(query.table, name, query)

        query.order, query.limit, query.offset = order and order(get), limit, offset
        selected = [each(get) if callable(each) else get(each) for each in columns]
        return query.select(*selected)


def _read_selects_alone(env):
    """Return the same as :func:`_read_selects` of the kinds that count alone, to be
    read of all customers."""
    return _read_selects(env(context={**env.context, OF_ALL_CUSTOMERS: True}))


def _read_selects(env):
    """Return (how it counts, SQL) of each kind that the user may know of.

    Reasons are asked for several times while a page is read: what they are is the same.
    """
    return [
        (
            model._counts,
            SQL(
                """
                SELECT %(kind)s AS kind, %(part)s AS part,
                       COALESCE(value::float8 * %(share)s, 0) AS stake,
                       %(is_shown)s AS is_shown, reason.*
                  FROM (%(query)s) AS reason (%(columns)s)
                """,
                kind=kind,
                part=model._part,
                share=model._get_stake_share(),
                is_shown=SQL("ends IS NOT NULL" if model._needs_end else "TRUE"),
                query=query,
                columns=COLUMNS,
            ),
        )
        for kind, model in env["crm.reason"]._get_all().items()
        if (query := model._get_query())
    ]
