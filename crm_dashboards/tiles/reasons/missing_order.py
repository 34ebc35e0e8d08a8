# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.rhythm import whole_days
from ...analytics.who_next import ORDER, get_risk_share, get_stake_at_risk
from ...models.overdue_order_sql import get_not_a_loss_sql
from ...models.since_night_sql import get_maybe_late_sql
from .crm_reason import ALONE


class CrmReasonMissingOrder(models.AbstractModel):
    """An order is missing, as the tile of missing orders says.

    A snoozed one is still a reason: the snooze lets the customer rest meanwhile.
    """

    _name = "crm.reason.missing_order"
    _inherit = "crm.reason"
    _description = "Reason: Missing Order"

    _part = ORDER
    _counts = ALONE
    _level = "danger"
    _reads = ("crm.customer.metric",)

    def _get_query(self):
        return self._select_metrics(
            Domain("order_state", "=", "missing")
            & Domain.custom(to_sql=self._may_be_missing)
            & Domain.custom(to_sql=self._is_loss),
            "partner_id",
            "value_at_risk",
            self._get_alert_sql,
            lambda _get: SQL("NULL::date"),
            lambda _get: SQL("NULL::date"),
            self._get_facts_sql,
        )

    def _may_be_missing(self, _metric, alias, query):
        return get_maybe_late_sql(self.env, alias, query, ("missing",))

    def _is_loss(self, metric, alias, query):
        names = ("partner_id", "company_id", "last_order_date")
        columns = (metric._field_to_sql(alias, name, query) for name in names)
        return SQL("NOT %s", get_not_a_loss_sql(self.env, *columns))

    def _get_alert_sql(self, get):
        """Return the SQL of the first night that showed the alert; empty before it."""
        return SQL(
            """(SELECT MIN(alert.as_of)
                  FROM crm_alert alert
                 WHERE alert.kind = 'missing_order'
                   AND alert.partner_id = %s
                   AND alert.company_id = %s
                   AND alert.last_order_date = %s)""",
            *map(get, ("partner_id", "company_id", "last_order_date")),
        )

    def _get_facts_sql(self, get):
        return SQL(
            "JSONB_BUILD_OBJECT('days', %s - %s, 'usual', %s)",
            self._get_today(),
            get("last_order_date"),
            get("interval_days"),
        )

    def _get_stake_share(self):
        """Return what of a year's value at risk is at stake, as past alerts tell.

        Alerts of another currency of the company say nothing.
        """
        company = self.env.company
        query = SQL(
            """
            SELECT COALESCE(SUM(alert_lost_value), 0)::float8,
                   COALESCE(SUM(alert_risk_value), 0)::float8,
                   COALESCE(SUM(alert_count), 0)
              FROM crm_metric_backtest
             WHERE company_id = %s AND currency_id = %s AND alert_risk_value IS NOT NULL
            """,
            company.id,
            company.currency_id.id,
        )
        (past,) = self.env.execute_query(query)
        return get_stake_at_risk(1.0, get_risk_share(*past))

    def _describe(self, facts, currency):
        usual = whole_days(facts["usual"])
        return self.env._(
            "silent %(days)s days, usually %(usual)s", days=facts["days"], usual=usual
        )
