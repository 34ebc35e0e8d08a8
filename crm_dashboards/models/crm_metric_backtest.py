# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..analytics.backtest import PAST_MONTHS
from ..analytics.history import day_to_date
from ..nightly.backtests import make_backtests
from ..nightly.periods import get_month_start

MANY_ORDERS = 3_000_000  # of which back-tests take half a gigabyte


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

    def _begin_missing_months(self, night):
        """Have the back-tests that are missing made beside the storing of figures.

        With very many orders that would take too much memory; then they come after it.
        """
        if len(night.order_rows.id) <= MANY_ORDERS:
            night.begun["backtest"] = self._make_missing_months(night)

    def _store_missing_months(self, night):
        """Store the back-test of this month, and of the past months on the first run.

        A phase of the night: see :class:`~..nightly.night.Night`.
        """
        made = night.begun.pop("backtest", None) or self._make_missing_months(night)
        own = {
            "company_id": night.company.id,
            "currency_id": night.company.currency_id.id,
        }
        self.create([{**own, **values} for values in made.result()])

    def _make_missing_months(self, night):
        """Return the Future of the values of the months that have no back-test yet."""
        return night.beside.submit(
            make_backtests,
            night.begun_orders,
            night.customers,
            night.settings,
            self._count_missing_months(night),
        )

    def _count_missing_months(self, night):
        """Return how many months up to this one have no back-test yet."""
        today = day_to_date(night.settings.as_of)
        own = [("company_id", "=", night.company.id)]
        if self.search_count([*own, ("month", "=", get_month_start(today))], limit=1):
            return 0
        return 1 if self.search_count(own, limit=1) else PAST_MONTHS
