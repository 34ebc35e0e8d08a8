# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmReasonNeedsEngagement(models.AbstractModel):
    """Nobody spoke for long to a customer of the upper half by sales."""

    _name = "crm.reason.needs_engagement"
    _inherit = "crm.reason"
    _description = "Reason: Needs Engagement"

    _reads = ("crm.customer.metric",)

    def _get_query(self):
        compared = Domain("left_out_reason", "=", False)
        median = self._select_metrics(
            compared,
            lambda get: SQL(
                # numbers that are not exact are sorted three times as fast
                "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY %s::float8)",
                get("order_value"),
            ),
        )
        waiting = self._select_metrics(
            Domain("needs_engagement", "=", True),
            "partner_id",
            "order_value",
            self._get_since_sql,
            lambda _get: SQL("NULL::date"),
            lambda _get: SQL("NULL::date"),
            lambda get: SQL(
                "JSONB_BUILD_OBJECT('days', %s)", get("days_since_engagement")
            ),
        )
        return SQL(
            """
            SELECT partner_id, value, since, since_day, ends, facts
              FROM (%s) waiting (partner_id, value, since, since_day, ends, facts)
             WHERE value::float8 >= (%s)
            """,
            waiting,
            median,
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
