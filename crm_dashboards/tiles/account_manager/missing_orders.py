# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

from ...models.date_words import format_day
from ...models.order_days import read_order_days
from .. import blocks
from ..mixins.what_followed import (
    FACETS,
    WHAT_FOLLOWED,
    describe_what_followed,
    get_followed_term,
)
from ..tile import ROW_COUNT
from ..words import (
    format_amount,
    format_count,
    format_days_late,
    join_words,
)

_lt = LazyTranslate(__name__)

MOST_DAYS = 12  # of a customer's rhythm that are drawn


class CrmTileMissingOrders(models.AbstractModel):
    """Customers late by their own rhythm, the most at risk first."""

    _name = "crm.tile.missing_orders"
    _inherit = "crm.tile.alerts.mixin"
    _description = "Tile: Missing Orders"
    _purpose = _lt("Who should have ordered by now, by their own rhythm.")

    _report_action = "crm_dashboards.crm_customer_metric_action_missing_report"
    _has_order_values = True

    def _get_content(self, scope):
        metrics, number, expected, at_risk = self._find_missing(scope)
        if not number:
            return self._get_no_customer_content(scope) or self._empty(
                self._get_no_missing_reason(scope)
            )
        label = (
            self.env._("order missing · %(value)s expected")
            if number == 1
            else self.env._("orders missing · %(value)s expected")
        )
        headline = blocks.FigureLine(
            blocks.count(number),
            label % {"value": format_amount(expected or 0.0, scope.currency)},
            size="headline",
            tone="negative",
            drill=blocks.Drill("all"),
        )
        risk = blocks.FigureLine(
            blocks.money(at_risk or 0.0, scope.currency),
            self.env._("a year at risk"),
            size="small",
            tone="negative",
        )
        days = read_order_days(metrics, MOST_DAYS)
        rows = tuple(
            self._make_row(scope, each, self._get_rhythm(scope, days.get(each.id, ())))
            for each in metrics
        )
        return self._ready(
            blocks.figure(headline, risk),
            blocks.Rows(rows),
            *self._get_little_late_text(scope),
            *self._get_backtest_text(scope),
            *self._get_followed_text(scope),
        )

    def _find_missing(self, scope):
        """Return the customers with most at risk, and what all come to, in one pass.

        :return: (crm.customer.metric, number, expected value, value at risk)
        """
        metric = self.env["crm.customer.metric"]
        query = metric._search(
            self._get_metric_domain(scope) & Domain("is_missing", "=", True),
            order="value_at_risk DESC NULLS LAST, id",
            limit=ROW_COUNT,
        )
        sums = (
            SQL("SUM(%s) OVER ()", metric._field_to_sql(query.table, name, query))
            for name in ("expected_order_value", "value_at_risk")
        )
        rows = self.env.execute_query(
            query.select(
                SQL.identifier(query.table, "id"), SQL("COUNT(*) OVER ()"), *sums
            )
        )
        ids, *all_of_them = zip(*rows, strict=True) if rows else ((), (0,), (0,), (0,))
        # of those read, the orders there are now count
        metrics = metric.browse(ids).filtered("is_missing")
        return (metrics, *(column[0] for column in all_of_them))

    def _get_rhythm(self, scope, days):
        """Return the days with an order up to today as places on a line.

        :param days: list of dates, the first one first
        """
        if not days or days[0] >= scope.today:
            return False
        length = (scope.today - days[0]).days
        return blocks.Rhythm(
            tuple(
                round((day - days[0]).days / length, 4)
                for day in days
                if day <= scope.today
            )
        )

    def _make_row(self, scope, metric, rhythm):
        at_risk = self.env._(
            "%(value)s a year at risk",
            value=format_amount(metric.value_at_risk, metric.currency_id),
        )
        return self._make_customer_row(
            scope,
            metric,
            metric._get_rhythm_words(),
            cell=blocks.money(metric.expected_order_value, metric.currency_id)
            if metric.expected_order_value
            else blocks.words(False),
            cell_note=format_days_late(self.env, metric.days_overdue),
            cell_hint=join_words(
                *metric._get_missing_evidence(),
                self._describe_leaving(metric.churn_probability),
                at_risk,
            ),
            rhythm=rhythm,
            status=metric.follow_up,
            actions=self._get_alert_buttons(),
        )

    def _get_little_late_text(self, scope):
        """Say how many are late, but no alert, and where to see who."""
        metric = self.env["crm.customer.metric"]
        number = metric.search_count(
            self._get_metric_domain(scope) & Domain("order_state", "=", "overdue")
        )
        if not number:
            return []
        words = self.env._(
            "%(count)s more customers are past their usual day, but not late enough to "
            "worry.",
            count=format_count(self.env, number),
        )
        if number == 1:
            words = self.env._(
                "1 more customer is past its usual day, but not late enough to worry."
            )
        link = blocks.Link(self.env._("See who"), blocks.Drill("little_late"))
        return [blocks.Text(words, link=link)]

    def _get_no_missing_reason(self, scope):
        domain = self._get_metric_domain(scope)
        metric = self.env["crm.customer.metric"]
        overdue = domain & Domain("is_overdue", "=", True)
        quiet = Domain("order_state", "=", "quiet") & Domain("quiet_days", ">", 0)
        late = {
            self.env._("Put off: %s."): Domain("order_state", "=", "missing"),
            self.env._("Late only while the whole company is quiet: %s."): quiet,
        }
        words = [
            sentence % format_count(self.env, number)
            for sentence, reason in late.items()
            if (number := metric.search_count(overdue & reason))
        ]
        if words:
            return " ".join((self.env._("No order is missing."), *words))
        if metric.search_count(domain & Domain("interval_days", ">", 0), limit=1):
            return self.env._("No order is missing: everybody ordered as usual.")
        return self.env._(
            "None of these customers has a rhythm yet: that takes orders on %(count)s "
            "days.",
            count=scope.company._get_crm_setting("crm_missing_min_orders"),
        )

    def _get_backtest_text(self, scope):
        """Say what became of earlier alerts of the whole company.

        Nothing while there is none to tell, nor to those who may not see everybody's
        figures.
        """
        backtest = self.env["crm.metric.backtest"]
        if not backtest.has_access("read"):
            return []
        backtest = backtest.search(
            [("company_id", "=", scope.company.id), ("alert_count", ">", 0)], limit=1
        )
        if not backtest:
            return []
        words = self.env._(
            "Of the orders missing on %(date)s (%(count)s), %(lost)s had still not "
            "come %(days)s days later.",
            count=format_count(self.env, backtest.alert_count),
            date=format_day(self.env, backtest.alert_date),
            lost=format_count(self.env, backtest.churned_count),
            days=backtest.wait_days,
        )
        return [blocks.Text(words)]

    def _get_followed_text(self, scope):
        """Say what followed earlier alerts, acted on and not; as the back-test."""
        alert_month = self.env["crm.alert.month"]
        if not alert_month.has_access("read"):
            return []
        found = describe_what_followed(alert_month, scope.company, scope.today)
        if not found:
            return []
        link = blocks.Link(self.env._("What followed"), blocks.Drill("followed"))
        return [blocks.Text(found[0], link=link)]

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open who should have ordered, the customer of a row, or what followed."""
        key, value = self._check_drill(
            drill,
            all=self._is_all,
            customer=self._is_row_id,
            followed=self._is_all,
            little_late=self._is_all,
        )
        if key == "followed":
            return self._get_action(
                WHAT_FOLLOWED, Domain("company_id", "=", scope.company.id), **FACETS
            )
        if key == "customer":
            return self._open_customer(value)
        if key == "little_late":
            return self._open_customers_report(scope, search_default_little_late=1)
        return self._open_customers_report(
            scope, search_default_overdue=1, search_default_missing=1
        )

    def _get_report(self):
        return self._make_customers_report(
            self.env._("Missing Orders"), group_by="user_id", measure="value_at_risk"
        )

    def _get_terms(self):
        return [*super()._get_terms(), get_followed_term(self.env)]
