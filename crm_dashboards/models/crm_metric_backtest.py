# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..analytics.backtest import (
    PAST_MONTHS,
    monthly_alert_backtests,
    projection_backtests,
)
from ..analytics.history import day_to_date
from ..analytics.projection import DailySales
from ..nightly.periods import get_month_start


class CrmMetricBacktest(models.Model):
    """What became of a month's alerts and projection of a company.

    Worked out once a month from the history as it was known at the time, on the first
    run for the past months, too. It counts all customers, so that only those may read
    it who may see everybody's figures.
    """

    _name = "crm.metric.backtest"
    _description = "Back-test of Customer Figures"
    _rec_name = "month"
    _order = "company_id, month DESC"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(
        "res.currency", readonly=True, help="Of the company, that night."
    )
    month = fields.Date(
        required=True, readonly=True, help="First day of the month of the back-test."
    )
    alert_date = fields.Date("Alerts of", readonly=True)
    wait_days = fields.Integer("Days Waited", readonly=True, aggregator=None)
    alert_count = fields.Integer("Missing Orders", readonly=True)
    churned_count = fields.Integer(
        "Churned", readonly=True, help="Had not ordered after the days waited."
    )
    alert_risk_value = fields.Monetary(
        "At Risk",
        readonly=True,
        help="Sales of the 90 days after these alerts that they put at risk.",
    )
    alert_lost_value = fields.Monetary(
        "Lost", readonly=True, help="What of these sales did not come."
    )
    projected_month = fields.Date(readonly=True)
    projected_days = fields.Integer(
        "Days Gone", readonly=True, aggregator=None, help="When it was projected."
    )
    projected_value = fields.Monetary("Projected", readonly=True)
    actual_value = fields.Monetary("Actual", readonly=True)
    projection_error = fields.Float(readonly=True, aggregator="avg")

    _company_month_uniq = models.UniqueIndex(
        "(company_id, month)", "One back-test per company and month."
    )

    def _store_missing_months(self, night):
        """Store the back-test of this month, and of the past months on the first run.

        A phase of the night: see :class:`~..nightly.night.Night`.
        """
        settings = night.settings
        today = day_to_date(settings.as_of)
        own = [("company_id", "=", night.company.id)]
        if self.search_count([*own, ("month", "=", get_month_start(today))], limit=1):
            return
        months = 1 if self.search_count(own, limit=1) else PAST_MONTHS
        rows = {}
        for values in (
            *self._get_alert_values(night, months),
            *self._get_projection_values(night.orders, settings, months),
        ):
            month = rows.setdefault(
                values["month"],
                {
                    "company_id": night.company.id,
                    "currency_id": night.company.currency_id.id,
                },
            )
            month.update(values)
        self.create(list(rows.values()))

    def _get_alert_values(self, night, months):
        settings = night.settings
        tests = monthly_alert_backtests(
            night.orders,
            settings.as_of,
            months,
            population=night.compared,
            **settings.get_rhythm_choices(),
        )
        today = day_to_date(settings.as_of)
        scale = 10**settings.decimals
        return [
            {
                "month": get_month_start(today, back),
                "alert_date": day_to_date(test.day),
                "wait_days": test.wait_days,
                "alert_count": test.alerts,
                "churned_count": test.churned,
                "alert_risk_value": test.at_risk_cents / scale,
                "alert_lost_value": test.lost_cents / scale,
            }
            for back, test in zip(range(len(tests) - 1, -1, -1), tests, strict=True)
        ]

    def _get_projection_values(self, orders, settings, months):
        sales = DailySales.from_orders(orders.day, orders.cents, settings.as_of)
        scale = 10**settings.decimals
        return [
            {
                "month": get_month_start(day_to_date(test.month), -1),
                "projected_month": day_to_date(test.month),
                "projected_days": test.days_gone,
                "projected_value": test.point / scale,
                "actual_value": test.actual / scale,
                "projection_error": test.error,
            }
            for test in projection_backtests(sales, settings.as_of, months=months)
        ]
