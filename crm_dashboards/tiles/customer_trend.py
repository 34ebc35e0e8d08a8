from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..analytics.trend import TREND_CLASSES
from . import blocks
from .customer_rows import ROW_COUNT

TONES = {"growing": "positive", "static": "neutral", "declining": "negative"}


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_trend_domain(self, scope, trend=None):
        """Return the domain of the customers of ``scope`` with a trend, or this one."""
        condition = (
            Domain("trend", "=", trend) if trend else Domain("trend", "!=", False)
        )
        return self._get_metric_domain(scope) & condition

    @api.model
    def _tile_customer_trend(self, scope):
        """Customers growing, static or declining, last 12 months against 12 before."""
        metric = self.env["crm.customer.metric"]
        groups = metric._read_group(
            self._get_trend_domain(scope), ["trend"], ["__count"]
        )
        if not groups:
            return self._empty(self._get_no_trend_reason())
        counts = dict(groups)
        tab = scope.tabs.get("customer_trend")
        trend = tab if tab in TREND_CLASSES else None
        domain = self._get_trend_domain(scope, trend)
        rows = [
            self._get_trend_row(each) for each in self._search_trends(domain, trend)
        ]
        content = [self._get_trend_doughnut(counts)]
        if rows:
            content.append({"type": "rows", "rows": rows})
        else:
            content.append(blocks.text(self.env._("No customer is in this class.")))
        return self._ready(
            *content, *self._get_trend_source_text(), tabs=self._get_trend_tabs(trend)
        )

    @api.model
    def _search_trends(self, domain, trend):
        """Return the customers with the largest change of turnover, the first few."""
        metric = self.env["crm.customer.metric"]
        query = metric._search(domain)
        this_year = metric._field_to_sql(query.table, "trend_this_year", query)
        last_year = metric._field_to_sql(query.table, "trend_last_year", query)
        query.order = SQL(
            "ABS(%s - %s) DESC, %s",
            this_year,
            last_year,
            SQL.identifier(query.table, "id"),
        )
        query.limit = ROW_COUNT
        return metric.browse(query.get_result_ids())

    @api.model
    def _get_trend_row(self, metric):
        currency = metric.currency_id
        words = self.env._(
            "%(before)s → %(now)s",
            before=blocks.format_amount(metric.trend_last_year, currency),
            now=blocks.format_amount(metric.trend_this_year, currency),
        )
        if metric.trend_is_chance:
            words = self.env._("%(years)s · may be chance", years=words)
        return self._get_customer_row(
            metric,
            words,
            cell=metric._get_trend_cell(),
            cell_note=blocks.format_amount(
                metric.trend_this_year - metric.trend_last_year, currency
            ),
            tone=TONES[metric.trend],
        )

    @api.model
    def _get_trend_doughnut(self, counts):
        labels = self._get_trend_labels()
        points = [
            blocks.doughnut_point(
                labels[trend],
                blocks.count(counts.get(trend, 0)),
                TONES[trend],
                blocks.drill("trend", trend),
            )
            for trend in TREND_CLASSES
        ]
        total = sum(counts.values())
        words = self.env._("customer") if total == 1 else self.env._("customers")
        center = {"cell": blocks.count(total), "label": words}
        return blocks.doughnut(self.env._("Customers by trend"), points, center)

    @api.model
    def _get_trend_labels(self):
        field = self.env["crm.customer.metric"]._fields["trend"]
        return dict(field._description_selection(self.env))

    @api.model
    def _get_trend_tabs(self, active):
        labels = self._get_trend_labels()
        return [
            blocks.tab("all", self.env._("All"), active is None),
            *(
                blocks.tab(trend, labels[trend], trend == active)
                for trend in TREND_CLASSES
            ),
        ]

    @api.model
    def _get_trend_source_text(self):
        """Say when the trend had to be made from orders instead of turnover."""
        wanted = self.env.company.sudo().crm_trend_source
        if wanted != "turnover" or self._get_refresh().trend_source != "orders":
            return []
        return [
            blocks.text(
                self.env._("On confirmed orders: no invoice was posted in 24 months.")
            )
        ]

    @api.model
    def _get_no_trend_reason(self):
        if not self._get_refresh().as_of:
            return self.env._(
                "Trends are computed each night. The first ones follow soon."
            )
        return self.env._("No customer here bought anything in the last 24 months.")

    @api.model
    def _open_customer_trend(self, scope, drill):
        """Open the years of all customers, of one class, or the customer of a row."""
        key, value = self._check_drill(
            drill,
            customer=self._is_row_id,
            trend=lambda value: value in TREND_CLASSES,
        )
        if key == "customer":
            return self._open_customer(value)
        trend = value or scope.tabs.get("customer_trend")
        facets = {f"search_default_{trend}": 1} if trend in TREND_CLASSES else {}
        return self._get_report_action(
            "crm_dashboards.crm_customer_metric_action_trend_report",
            Domain("company_id", "=", self.env.company.id),
            search_default_with_trend=1,
            **facets,
            **self._get_manager_facets(scope, "user_id"),
        )


class CrmCustomerMetric(models.Model):
    _inherit = "crm.customer.metric"

    def _get_trend_cell(self):
        """Return the change of turnover as a cell, in words where there is none."""
        self.ensure_one()
        if self.trend_is_new:
            return blocks.text_cell(self.env._("new"))
        if self.trend_is_lost:
            return blocks.text_cell(self.env._("lost"))
        if self.trend_last_year <= 0:
            return blocks.text_cell(False)
        if self.trend_change < -1:
            return blocks.text_cell(self.env._("−100 % or more"))
        return blocks.percent(self.trend_change)
