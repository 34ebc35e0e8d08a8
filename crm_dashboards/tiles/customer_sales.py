from odoo import api, fields, models

from ..nightly.periods import (
    get_month_start,
    get_same_days_end,
    get_viewer_zone,
    get_zone_today,
)
from . import blocks

MONTHS = 12
DIRECTIONS = {"growing": "up", "static": "level", "declining": "down"}
TONES = {"growing": "positive", "static": "neutral", "declining": "negative"}


class CrmDashboardTile(models.Model):
    """One customer's sales: this month, the last two years."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _has_ordered(self, scope):
        """Whether the customer ever ordered, in what the user may read."""
        order = self.env["sale.order"]
        domain = order._get_confirmed_domain(self._get_companies(scope))
        domain &= self._get_customer_domain(scope)
        return bool(order.search_count(domain, limit=1))

    @api.model
    def _tile_customer_sales_trend(self, scope):
        """This month against last month and its same days, and year on year."""
        if not self._has_ordered(scope):
            return self._empty(self._get_never_ordered_reason())
        today = get_zone_today(get_viewer_zone(self.env))
        this_month, last_month = get_month_start(today), get_month_start(today, 1)
        same_days_end = get_same_days_end(today)
        now, before, same_days = self._sum_orders(
            scope,
            [
                (this_month, get_month_start(today, -1)),
                (last_month, this_month),
                (last_month, same_days_end),
            ],
        )
        currency = self.env.company.currency_id
        lines = [
            blocks.figure_line(
                blocks.money(now, currency),
                self.env._(
                    "%(month)s so far", month=blocks.format_month(self.env, this_month)
                ),
                size="large",
                drill=blocks.drill("month", fields.Date.to_string(this_month)),
            ),
            self._get_same_days_line(now, same_days, last_month, same_days_end),
            blocks.figure_line(
                blocks.money(before, currency),
                blocks.format_month(self.env, last_month),
                drill=blocks.drill("month", fields.Date.to_string(last_month)),
            ),
        ]
        metric = self._get_customer_metric(scope)
        return self._ready(
            blocks.figure(*lines, *self._get_year_line(metric)),
            *self._get_summary(metric),
            *self._get_one_company_text(scope, metric),
            *self._get_rates_text(scope),
            *self._get_reading_note(),
        )

    @api.model
    def _get_year_line(self, metric):
        """Return the line of the year-on-year trend, nothing where there is none."""
        if not metric.trend:
            return []
        source = self._get_refresh().trend_source
        names = {"turnover": self.env._("turnover"), "orders": self.env._("orders")}
        words = self.env._(
            "year on year, %(trend)s (%(basis)s)",
            trend=self._get_trend_labels()[metric.trend].lower(),
            basis=names.get(source, ""),
        )
        return [
            blocks.figure_line(
                metric._get_trend_cell(),
                words,
                "small",
                TONES[metric.trend],
                DIRECTIONS[metric.trend],
            )
        ]

    @api.model
    def _get_summary(self, metric):
        """Return the written summary; an addon may have it written otherwise."""
        if not metric:
            return []
        return [blocks.text(metric._get_narrative())]

    @api.model
    def _get_one_company_text(self, scope, metric):
        """Say that stored figures are one company's, where the others are not."""
        if not scope.all_sales or not metric:
            return []
        words = self.env._(
            "Year on year and summary: of %(company)s only.",
            company=self.env.company.sudo().name,
        )
        return [blocks.text(words)]

    @api.model
    def _get_never_ordered_reason(self):
        return self.env._("This customer has no confirmed order that you may read.")

    @api.model
    def _open_customer_sales_trend(self, scope, drill):
        """Open the customer's orders of a month."""
        return self._open_orders(scope, drill)

    @api.model
    def _tile_customer_months(self, scope):
        """Orders of each of the last 12 months beside the same a year before."""
        today = get_zone_today(get_viewer_zone(self.env))
        starts = [
            get_month_start(today, back) for back in range(2 * MONTHS - 1, -2, -1)
        ]
        values = self._sum_orders(
            scope, list(zip(starts[:-1], starts[1:], strict=True))
        )
        if not any(values):
            return self._empty(self.env._("No order in the last 24 months."))
        currency = self.env.company.currency_id
        months = starts[MONTHS:-1]
        points = [
            {
                **blocks.bar(
                    key=fields.Date.to_string(month),
                    label=blocks.format_month(self.env, month, "MMM"),
                    title=blocks.format_month(self.env, month, "MMMM yyyy"),
                    value=value,
                    drill=blocks.drill("month", fields.Date.to_string(month)),
                    unfinished=month == months[-1],
                ),
                "previous": previous,
            }
            for month, value, previous in zip(
                months, values[MONTHS:], values[:MONTHS], strict=True
            )
        ]
        chart = blocks.bar_chart(self.env._("Orders by month"), points, currency)
        chart["series"] = [self.env._("this year"), self.env._("a year before")]
        return self._ready(
            chart, *self._get_rates_text(scope), *self._get_reading_note()
        )

    @api.model
    def _open_customer_months(self, scope, drill):
        """Open the customer's orders of one month, or of all 12 grouped by month."""
        return self._open_twelve_months(scope, drill)
