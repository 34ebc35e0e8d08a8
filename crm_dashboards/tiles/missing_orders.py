from odoo import api, fields, models
from odoo.fields import Domain

from . import blocks
from .customer_rows import ROW_COUNT


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_missing_domain(self, scope):
        """Return the domain of the customers of ``scope`` whose order is missing."""
        return self._get_metric_domain(scope) & Domain("is_missing", "=", True)

    @api.model
    def _tile_missing_orders(self, scope):
        """Customers late by their own rhythm, the most at risk first."""
        metric = self.env["crm.customer.metric"]
        domain = self._get_missing_domain(scope)
        ((number, expected),) = metric._read_group(
            domain, [], ["__count", "expected_order_value:sum"]
        )
        if not number:
            return self._empty(self._get_no_missing_reason(scope))
        currency = self.env.company.currency_id
        label = (
            self.env._("order missing · %(value)s expected")
            if number == 1
            else self.env._("orders missing · %(value)s expected")
        )
        headline = blocks.figure_line(
            blocks.count(number),
            label % {"value": blocks.format_amount(expected or 0.0, currency)},
            size="large",
            tone="negative",
            drill=blocks.drill("all"),
        )
        metrics = metric.search(
            domain, order="value_at_risk DESC NULLS LAST, id", limit=ROW_COUNT
        )
        rows = {
            "type": "rows",
            "rows": [self._get_missing_row(each) for each in metrics],
        }
        return self._ready(blocks.figure(headline), rows, *self._get_backtest_text())

    @api.model
    def _get_missing_row(self, metric):
        days = metric.days_overdue
        late = (
            self.env._("1 day late") if days == 1 else self.env._("%s days late", days)
        )
        return self._get_customer_row(
            metric,
            metric._get_missing_reason(),
            cell=blocks.money(metric.expected_order_value, metric.currency_id)
            if metric.expected_order_value
            else blocks.text_cell(False),
            cell_note=late,
            actions=self._get_alert_actions(),
        )

    @api.model
    def _get_alert_actions(self):
        """Return the buttons of an alert, none for those who may only read."""
        if not self.env["crm.missing.order.decision"].has_access("create"):
            return []
        return [
            {"key": "snooze", "label": self.env._("Snooze"), "icon": "fa-clock-o"},
            {
                "key": "not_a_loss",
                "label": self.env._("Not a loss"),
                "icon": "fa-thumbs-o-up",
            },
            {
                "key": "schedule",
                "label": self.env._("Schedule activity"),
                "icon": "fa-calendar-plus-o",
            },
        ]

    @api.model
    def _get_no_missing_reason(self, scope):
        domain = self._get_metric_domain(scope)
        metric = self.env["crm.customer.metric"]
        if metric.search_count(domain & Domain("interval_days", ">", 0), limit=1):
            return self.env._("No order is missing: everybody ordered as usual.")
        return self.env._(
            "No customer has a rhythm yet: that takes orders on %(count)s days.",
            count=self.env.company.sudo().crm_missing_min_orders,
        )

    @api.model
    def _get_backtest_text(self):
        """Say what became of earlier alerts of the whole company.

        Nothing while there is none to tell, nor to those who may not see everybody's
        figures.
        """
        backtest = self.env["crm.metric.backtest"]
        if not backtest.has_access("read"):
            return []
        backtest = backtest.search(
            [("company_id", "=", self.env.company.id), ("alert_count", ">", 0)], limit=1
        )
        if not backtest:
            return []
        share = backtest.silent_count / backtest.alert_count
        words = self.env._(
            "Of the %(count)s alerts of %(date)s, %(share)s %% had not ordered "
            "%(days)s days later.",
            count=backtest.alert_count,
            date=blocks.format_day(self.env, backtest.alert_date),
            share=round(100 * share),
            days=backtest.wait_days,
        )
        return [blocks.text(words)]

    @api.model
    def _open_missing_orders(self, scope, drill):
        """Open who should have ordered by now, or the customer of a row."""
        key, value = self._check_drill(
            drill, all=lambda value: value is True, customer=self._is_row_id
        )
        if key == "customer":
            return self._open_customer(value)
        return self._get_report_action(
            "crm_dashboards.crm_customer_metric_action_missing_report",
            Domain("company_id", "=", self.env.company.id),
            search_default_awaited=1,
            search_default_missing=1,
            **self._get_manager_facets(scope, "user_id"),
        )

    @api.model
    def _row_action_missing_orders_snooze(self, metric_id, scope):
        """Put off the alert of a row until a date."""
        return self.env["crm.customer.metric"].browse(metric_id).action_snooze()

    @api.model
    def _row_action_missing_orders_not_a_loss(self, metric_id, scope):
        """Take the alert of a row away, with a reason."""
        return self.env["crm.customer.metric"].browse(metric_id).action_not_a_loss()

    @api.model
    def _row_action_missing_orders_schedule(self, metric_id, scope):
        """Schedule an activity with the customer of a row."""
        metric = self.env["crm.customer.metric"].browse(metric_id)
        return metric.action_schedule_activity()


class CrmCustomerMetric(models.Model):
    _inherit = "crm.customer.metric"

    missing_reason = fields.Char("Reason", compute="_compute_missing_reason")

    def _compute_missing_reason(self):
        for metric in self:
            metric.missing_reason = metric.is_awaited and metric._get_missing_reason()

    def _get_missing_reason(self):
        """Say in one sentence why an order of this customer is missing."""
        self.ensure_one()
        words = self.env._(
            "every %(interval)s days, last %(silence)s days ago",
            interval=round(self.interval_days),
            silence=self._get_silence_days(),
        )
        if self.gap_count:
            words = self.env._(
                "%(rhythm)s; %(shorter)s of %(all)s gaps were shorter",
                rhythm=words,
                shorter=self.gap_shorter_count,
                all=self.gap_count,
            )
        return words
