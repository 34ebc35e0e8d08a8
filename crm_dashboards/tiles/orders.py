from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..nightly.periods import (
    get_day_start,
    get_month_start,
    get_same_days_end,
    get_viewer_zone,
    get_zone_today,
)
from . import blocks


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_orders_domain(self, scope, start, end):
        """Return the domain of the confirmed orders of ``scope`` in a period.

        Tile, report and workbook all use it.

        :param start, end: dates in the viewer's zone, the end not included
        """
        zone = get_viewer_zone(self.env)
        return (
            self.env["sale.order"]._get_confirmed_domain(self._get_companies(scope))
            & scope.get_domain(self.env, "account_manager_id")
            & self._get_customer_domain(scope)
            & Domain("date_order", ">=", get_day_start(zone, start))
            & Domain("date_order", "<", get_day_start(zone, end))
        )

    @api.model
    def _get_companies(self, scope):
        """Return the companies whose money counts: all active ones, or the current."""
        return self.env.companies if scope.all_sales else self.env.company

    @api.model
    def _get_rates_text(self, scope):
        """Say at which rates other companies' money was converted, if any was."""
        rates = self.env["sale.order"]._get_company_rates()
        currencies = {
            company.currency_id: rates[company]
            for company in self._get_companies(scope)
            if company in rates
        }
        if not currencies:
            return []
        own = self.env.company.currency_id
        parts = [
            self.env._(
                "1 %(other)s = %(rate)s %(own)s",
                other=currency.name,
                rate=f"{rate:.6g}",
                own=own.name,
            )
            for currency, rate in currencies.items()
        ]
        return [
            blocks.text(
                self.env._("At today's rate: %(rates)s", rates="; ".join(parts))
            )
        ]

    @api.model
    def _sum_orders(self, scope, periods):
        """Sum the base net value of the orders of several periods in one query.

        :param periods: list of (start, end) dates, the end not included
        :return: list of float, one a period
        """
        order = self.env["sale.order"]
        first = min(start for start, _end in periods)
        last = max(end for _start, end in periods)
        query = order._search(self._get_orders_domain(scope, first, last))
        zone = get_viewer_zone(self.env)
        value = order._field_to_sql(query.table, "base_net_value", query)
        date = order._field_to_sql(query.table, "date_order", query)
        sums = [
            SQL(
                "COALESCE(SUM(%s) FILTER (WHERE %s >= %s AND %s < %s), 0)",
                value,
                date,
                get_day_start(zone, start),
                date,
                get_day_start(zone, end),
            )
            for start, end in periods
        ]
        (row,) = self.env.execute_query(query.select(*sums))
        return [float(amount) for amount in row]

    @api.model
    def _tile_orders(self, scope):
        """This month's orders against last month's and against its same days."""
        today = get_zone_today(get_viewer_zone(self.env))
        this_month = get_month_start(today)
        last_month = get_month_start(today, 1)
        same_days_end = get_same_days_end(today)
        now, before, same_days = self._sum_orders(
            scope,
            [
                (this_month, get_month_start(today, -1)),
                (last_month, this_month),
                (last_month, same_days_end),
            ],
        )
        if not now and not before:
            return self._empty(self.env._("No orders this month or last month."))
        currency = self.env.company.currency_id
        this_name = blocks.format_month(self.env, this_month)
        last_name = blocks.format_month(self.env, last_month)
        figures = blocks.figure(
            blocks.figure_line(
                blocks.money(now, currency),
                self.env._("%(month)s so far", month=this_name),
                size="large",
                drill=blocks.drill("month", fields.Date.to_string(this_month)),
            ),
            blocks.figure_line(
                blocks.money(before, currency),
                last_name,
                drill=blocks.drill("month", fields.Date.to_string(last_month)),
            ),
            self._get_same_days_line(now, same_days, last_month, same_days_end),
            *self._get_projection_line(scope, this_name),
        )
        ring = self._get_orders_ring(now, before, this_name, last_name)
        return self._ready(
            *ring, figures, *self._get_rates_text(scope), *self._get_reading_note()
        )

    @api.model
    def _get_orders_ring(self, now, before, this_name, last_name):
        """This month as a share of last month; none where that is not positive."""
        if before <= 0:
            return [blocks.text(self.env._("No orders last month to compare with."))]
        currency = self.env.company.currency_id
        ordered = currency.round(max(now, 0))
        # Rounded first: both parts add up to last month as it is shown.
        missing = max(currency.round(before) - ordered, 0)
        points = [
            blocks.doughnut_point(
                this_name, blocks.money(ordered, currency), "primary"
            ),
            blocks.doughnut_point(
                self.env._("Still missing to reach %(month)s", month=last_name),
                blocks.money(missing, currency),
                "rest",
            ),
        ]
        label = self.env._("of %(month)s", month=last_name)
        center = {"cell": blocks.percent(now / before), "label": label}
        return [
            blocks.doughnut(
                self.env._("Orders this month as a share of last month"),
                points,
                center,
                legend=False,
            )
        ]

    @api.model
    def _get_same_days_line(self, now, same_days, last_month, same_days_end):
        """The difference to the same days of last month, in money and per cent."""
        last_day = same_days_end - timedelta(days=1)
        label = self.env._(
            "on %(first)s–%(last)s %(month)s",
            first=1,
            last=last_day.day,
            month=blocks.format_month(self.env, last_month),
        )
        difference = now - same_days
        direction = "up" if difference > 0 else "down" if difference < 0 else "level"
        tones = {"up": "positive", "down": "negative", "level": "muted"}
        currency = self.env.company.currency_id
        cell = blocks.money(difference, currency)
        if same_days > 0:
            # The exact difference follows in words: one line holds both.
            cell = blocks.percent(difference / same_days)
            label = self.env._(
                "%(period)s (%(difference)s)",
                period=label,
                difference=blocks.format_amount(difference, currency),
            )
        return blocks.figure_line(cell, label, "small", tones[direction], direction)

    @api.model
    def _get_reading_note(self):
        """Say that the figures are of readable orders, where that can differ."""
        user = self.env.user
        if not user.has_group("sales_team.group_sale_salesman") or user.has_group(
            "sales_team.group_sale_salesman_all_leads"
        ):
            return []  # invoicing and accounting read every order, too
        return [blocks.text(self.env._("Of the orders you may read."))]

    @api.model
    def _open_orders(self, scope, drill):
        """Open the orders of one month, this one by default."""
        today = get_zone_today(get_viewer_zone(self.env))
        _key, value = self._check_drill(drill, month=self._is_recent_month)
        month = fields.Date.to_date(value) if value else get_month_start(today)
        return self._get_orders_action(
            scope, search_default_order_month=self._get_month_option(month, today)
        )

    @api.model
    def _get_orders_action(self, scope, **facets):
        """Return the orders report of the companies of ``scope`` with ``facets``."""
        return self._get_report_action(
            "crm_dashboards.sale_order_action_orders_report",
            Domain("company_id", "in", self._get_companies(scope).ids)
            & self._get_customer_domain(scope),
            search_default_confirmed=1,
            **self._get_company_context(scope),
            **self._get_manager_facets(scope),
            **facets,
        )

    @api.model
    def _get_company_context(self, scope):
        """Return what makes a report read the companies of ``scope``."""
        if scope.customer_id and scope.all_sales:
            return {"allowed_company_ids": self._get_companies(scope).ids}
        return {}

    @api.model
    def _is_recent_month(self, value):
        """Whether ``value`` is the first day of one of the last 12 months, as text."""
        today = get_zone_today(get_viewer_zone(self.env))
        months = [get_month_start(today, back) for back in range(12)]
        return value in [fields.Date.to_string(month) for month in months]

    @api.model
    def _get_month_option(self, month, today):
        """Return the option of the report's month filter for ``month``."""
        back = (today.year - month.year) * 12 + today.month - month.month
        return f"month-{back}" if back else "month"
