# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...analytics.trend import TREND_CLASSES
from .. import blocks
from ..mixins.trend import (
    TONES,
    describe_short_history,
    get_trend_labels,
    make_sparklines,
    make_trend_cell,
)
from ..report import Term
from ..tile import ROW_COUNT
from ..words import format_amount, format_share, join_words

_lt = LazyTranslate(__name__)


class CrmTileCustomerTrend(models.AbstractModel):
    """Customers growing, static or declining, last 12 months against 12 before."""

    _name = "crm.tile.customer_trend"
    _inherit = "crm.tile.customers.mixin"
    _description = "Tile: Customer Trend"
    _purpose = _lt("Who buys more than a year ago, and who buys less.")

    _report_action = "crm_dashboards.crm_customer_metric_action_trend_report"
    _has_order_values = True

    def _get_customer_sums(self, scope):
        return {scope.company: {}}

    def _get_content(self, scope):
        groups = {
            trend: int(group["count"])
            for trend, group in scope.sum_customers(scope.company)
            .group({}, "trend")
            .items()
            if trend
        }
        if not groups:
            return self._get_no_customer_content(scope) or self._empty(
                self._get_no_trend_reason(scope)
            )
        trend = self._get_tab(scope, TREND_CLASSES, None)
        metrics = self.env["crm.customer.metric"].search(
            self._get_trend_domain(scope, trend),
            order="trend_size DESC, id",
            limit=ROW_COUNT,
        )
        sparklines = make_sparklines(metrics)
        rows = tuple(
            self._make_row(scope, each, sparklines.get(each.id, False))
            for each in metrics
        )
        return self._ready(
            self._get_doughnut(groups),
            blocks.Rows(rows)
            if rows
            else blocks.Text(self.env._("No customer is in this class.")),
            *self._get_source_text(scope),
            *self._get_history_text(scope),
            tabs=self._get_tabs(trend),
        )

    def _get_trend_domain(self, scope, trend=None):
        """Return the domain of the customers of ``scope`` with a trend, or this one."""
        condition = (
            Domain("trend", "=", trend) if trend else Domain("trend", "!=", False)
        )
        return self._get_metric_domain(scope) & condition

    def _make_row(self, scope, metric, sparkline):
        currency = metric.currency_id
        words = self.env._(
            "%(before)s → %(now)s",
            before=format_amount(metric.trend_last_year, currency),
            now=format_amount(metric.trend_this_year, currency),
        )
        return self._make_customer_row(
            scope,
            metric,
            words,
            cell=make_trend_cell(metric),
            cell_hint=metric.trend_is_chance and self.env._("may be chance"),
            cell_note=format_amount(
                metric.trend_this_year - metric.trend_last_year, currency
            ),
            tone=TONES[metric.trend],
            spark=sparkline,
        )

    def _get_doughnut(self, counts):
        labels = get_trend_labels(self.env)
        points = tuple(
            blocks.Slice(
                labels[trend],
                blocks.count(counts.get(trend, 0)),
                TONES[trend],
                blocks.Drill("trend", trend),
            )
            for trend in TREND_CLASSES
        )
        total = sum(counts.values())
        words = self.env._("customer") if total == 1 else self.env._("customers")
        center = blocks.Center(blocks.count(total), words)
        return blocks.Doughnut(self.env._("Customers by trend"), points, center)

    def _get_tabs(self, active):
        labels = get_trend_labels(self.env)
        return [
            blocks.Tab("all", self.env._("All"), active is None),
            *(
                blocks.Tab(trend, labels[trend], trend == active)
                for trend in TREND_CLASSES
            ),
        ]

    def _describe_stored_unrated(self, scope):
        if scope.refresh.trend_source == "orders":
            return super()._describe_stored_unrated(scope)
        refresh = scope.refresh
        if not (
            refresh.unrated_invoice_count and self.env.user._sees_all_crm_figures()
        ):
            return ""
        return self.env["account.move"]._get_unrated_words(
            refresh.unrated_invoice_count, refresh.unrated_invoice_value
        )

    def _get_source_text(self, scope):
        """Say when the trend had to be made from orders instead of turnover."""
        wanted = scope.company._get_crm_setting("crm_trend_source")
        if wanted != "turnover" or scope.refresh.trend_source != "orders":
            return []
        return [
            blocks.Text(
                self.env._("On confirmed orders: no invoice was posted in 24 months.")
            )
        ]

    def _get_history_text(self, scope):
        words = describe_short_history(self.env, scope.refresh)
        return [blocks.Text(words)] if words else []

    def _get_no_trend_reason(self, scope):
        if scope.refresh.trend_source == "orders":
            return self.env._("None of these customers ordered in the last 24 months.")
        return self.env._("None of these customers was invoiced in the last 24 months.")

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the years of all customers, of one class, or the customer of a row."""
        key, value = self._check_drill(
            drill,
            customer=self._is_row_id,
            trend=lambda value: value in TREND_CLASSES,
        )
        if key == "customer":
            return self._open_customer(value)
        trend = value or self._get_tab(scope, TREND_CLASSES, None)
        facets = {f"search_default_{trend}": 1} if trend else {}
        return self._open_customers_report(scope, search_default_with_trend=1, **facets)

    def _get_report(self):
        return self._make_customers_report(
            self.env._("Customer Trend"),
            group_by="trend",
            measure="trend_this_year",
            chart="count",
            reading_note=self._get_source_note(),
        )

    def _get_source_note(self):
        refresh = self.env["crm.metric.refresh"]._get_last(self.env.company)
        if refresh.trend_source == "orders":
            source = self.env._("All orders of each customer")
        else:
            source = self.env._("Turnover of each customer: invoices less credit notes")
        return join_words(source, describe_short_history(self.env, refresh))

    def _get_terms(self):
        """Return what is said of the trend, with the company's settings."""
        company = self.env.company
        band = format_share(self.env, company._get_crm_setting("crm_trend_band"))
        return [
            *super()._get_terms(),
            Term(
                self.env._("Trend"),
                self.env._(
                    "The last 12 months against the 12 before, today left out: growing "
                    "above +%(band)s, declining below −%(band)s, else static. "
                    "Growing are also those without anything in the year before: new "
                    "in the first year of all, else back. Lost are those with nothing "
                    "any more. An invoice counts for the company that was invoiced, "
                    "an order for the one that its contact belongs to today.",
                    band=band,
                ),
            ),
            Term(
                self.env._("May be chance"),
                self.env._(
                    "So few transactions that their usual scatter explains the "
                    "difference of the years: of customers that do not change at all, "
                    "one in ten is growing or declining without this mark. New, back "
                    "and lost are facts and never marked."
                ),
            ),
        ]
