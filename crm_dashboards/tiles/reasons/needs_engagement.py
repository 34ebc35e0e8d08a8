# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.since_night_sql import Reading
from .crm_reason import NEVER

REASON = "crm.reason.needs_engagement"


class CrmReasonNeedsEngagement(models.AbstractModel):
    """Nobody spoke for long to a customer of the upper half by sales."""

    _name = REASON
    _inherit = "crm.reason"
    _description = "Reason: Needs Engagement"

    _reads = ("crm.customer.metric",)
    _counts = NEVER

    def _get_query(self):
        return self._select_metrics(
            self._get_waiting_domain(),
            "partner_id",
            "order_value",
            self._get_since_sql,
            lambda _get: SQL("NULL::date"),
            lambda _get: SQL("NULL::date"),
            lambda get: SQL(
                "JSONB_BUILD_OBJECT('days', %s)", get("days_since_engagement")
            ),
        )

    def _find_median(self):
        """Return the median of the sales of the compared customers, None without any.

        Of all of the company, whoever looks: a customer is in the upper half, or not.
        They are counted, and it is taken from its place in the index: sorting them
        takes ten times as long.
        """
        reason = self.sudo()
        ((count,),) = self.env.execute_query(
            reason._select_metrics(
                reason._get_valued_domain(), lambda _get: SQL("COUNT(*)")
            )
        )
        return reason._pick_median(count)

    def _pick_median(self, count):
        """Return the median of the sales of the ``count`` compared customers."""
        if not count:
            return None
        ((median,),) = self.env.execute_query(
            self._select_metrics(
                self._get_valued_domain(),
                "order_value",
                order=lambda get: SQL("%s DESC", get("order_value")),
                limit=1,
                offset=count // 2,
            )
        )
        return median

    def _get_valued_domain(self):
        return Domain("left_out_reason", "=", False) & Domain.custom(to_sql=_has_value)

    def _find_largest(self, domain, resting, limit):
        """Return the ids of the largest customers to engage.

        From the top of an index: there may be very many.

        :param domain: of crm.customer.metric
        :param resting: ids of customers whose turn it is not
        """
        if not self.env["crm.customer.metric"].has_access("read"):
            return []
        query = self._select_metrics(
            domain
            & self._get_waiting_domain()
            & Domain("partner_id", "not in", resting),
            "partner_id",
            order=lambda get: SQL("%s DESC, %s", get("order_value"), get("partner_id")),
            limit=limit,
        )
        return [row[0] for row in self.env.execute_query(query)]

    def _get_waiting_domain(self):
        least = Reading.remember(self.env, _read_median)

        def is_in_upper_half(metric, alias, query):
            value = metric._field_to_sql(alias, "order_value", query)
            return SQL("%s::float8 >= %s::float8", value, least)

        return Domain("needs_engagement", "=", True) & Domain.custom(
            to_sql=is_in_upper_half
        )

    def _get_since_sql(self, get):
        """Return the SQL of the moment from which it was too long."""
        days = self.env.company._get_crm_setting("crm_engagement_days")
        last = get("last_engagement_date")
        return SQL("%s + MAKE_INTERVAL(days => %s)", last, days)

    def _describe(self, facts, currency):
        days = facts["days"]
        if days is None:
            return self.env._("never spoken to")
        return self.env._("not spoken to for %(days)s days", days=days)


def _read_median(env):
    """Return the median as the last night found it, as the figures are."""
    kept = env.company.sudo().crm_metric_refresh_ids.sums_customers
    return kept["median"] if kept else env[REASON]._find_median()


def _has_value(metric, alias, query):
    return SQL("%s IS NOT NULL", metric._field_to_sql(alias, "order_value", query))
