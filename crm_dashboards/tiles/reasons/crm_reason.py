# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.who_next import Reason
from ...nightly.periods import get_day_start, get_figures_zone

PREFIX = "crm.reason."
COLUMNS = SQL("kind, partner_id, value, since, since_day, ends, facts")


class Figures(NamedTuple):
    """What is to be known of a customer, whatever the reason."""

    metric_id: int | None = None
    order_value: Decimal | None = None
    segment: str | None = None
    last_engagement_date: datetime | None = None


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

    def _get_query(self):
        """Return the query of the customers of the current company that it holds for.

        As the user, so that record rules hold. All reasons are asked for at once.

        :return: SQL with a row a customer and, in this order, partner_id (int4), value
            (numeric, what :meth:`_make_reason` takes), since (timestamp, UTC) or
            since_day (date): when it came up; ends (date), facts (jsonb); None where
            there is nothing to ask, or where :meth:`_find` does it by itself
        """
        return None

    def _find(self):
        """Return the reasons that no query finds.

        :return: list of Reason
        """
        return []

    def _make_reason(self, customer_id, value, since, ends, facts):
        """Return the Reason of a row of :meth:`_get_query`."""
        return self._make(customer_id, since=since, ends=ends, facts=facts)

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

    def _find_all(self):
        """Return the reasons of all kinds, and the figures of their customers.

        :return: (list of Reason, {customer id: Figures} of those with figures that the
            user may read)
        """
        known = self._get_all()
        reasons = [reason for model in known.values() for reason in model._find()]
        figures = {}
        rows = self.env.execute_query(
            SQL(
                """
                WITH reason (%(columns)s) AS (%(reasons)s)
                SELECT reason.*, metric.*
                  FROM reason
                  LEFT JOIN (%(metrics)s) metric
                    ON metric.partner_id = reason.partner_id
                """,
                columns=COLUMNS,
                reasons=self._join_queries(known, reasons),
                metrics=self._get_figures_query(),
            )
        )
        zone = get_figures_zone(self.env.company)
        for kind, customer, value, since, day, ends, facts, *metric in rows:
            if metric[0]:
                figures[customer] = Figures(*metric[1:])
            if kind:
                since = since or (day and get_day_start(zone, day))
                reasons.append(
                    known[kind]._make_reason(customer, value, since, ends, facts)
                )
        return reasons, figures

    def _join_queries(self, known, found):
        """Return the query of the reasons of all kinds.

        Of those already ``found`` with no kind, so that their customers are there.
        """
        selects = [
            SQL(
                "SELECT NULL::text, id, NULL::numeric, NULL::timestamp, NULL::date,"
                " NULL::date, NULL::jsonb FROM UNNEST(%s::int4[]) found (id)",
                sorted({reason.customer for reason in found}),
            )
        ]
        for kind, model in known.items():
            query = model._get_query()
            if query:
                name = SQL.identifier(kind)
                selects.append(
                    SQL("SELECT %s, %s.* FROM (%s) %s", kind, name, query, name)
                )
        return SQL(" UNION ALL ").join(selects)

    def _get_figures_query(self):
        """Return the query of what is to be known of each customer with figures."""
        if not self.env["crm.customer.metric"].has_access("read"):
            return SQL("SELECT NULL::int4 AS partner_id, 0, 0, '', NULL WHERE FALSE")
        return self._select_metrics(
            Domain.TRUE,
            lambda get: SQL("%s AS partner_id", get("partner_id")),
            "id",
            "order_value",
            "segment",
            "last_engagement_date",
        )

    # ------------------------------------------------------------------
    # For the kinds
    # ------------------------------------------------------------------

    def _get_kind(self):
        return self._name.removeprefix(PREFIX)

    def _make(self, customer_id, **parts):
        """Return a Reason of this kind.

        :param parts: further fields of the Reason; ``facts`` are plain values
        """
        return Reason(customer_id, self._get_kind(), part=self._part, **parts)

    def _get_today(self):
        return self.env["crm.metric.refresh"]._get_figures_today(self.env.company)

    def _select_metrics(self, domain, *columns):
        """Return a query on the stored figures that the user may read.

        :param domain: of crm.customer.metric, of the current company
        :param columns: names of fields, or functions that return a column's SQL and
            take a function that returns the SQL of a field of that name
        """
        metric = self.env["crm.customer.metric"]
        query = metric._search(self.env.company._get_crm_figures_domain() & domain)
        query.order = None

        def get(name):
            return metric._field_to_sql(query.table, name, query)

        selected = [each(get) if callable(each) else get(each) for each in columns]
        return query.select(*selected)
