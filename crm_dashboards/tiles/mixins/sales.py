# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.date_words import format_month
from ...nightly.periods import get_day_start, get_month_start, get_same_days_end
from .. import blocks
from ..report import Report, Term
from ..words import format_amount
from .trend import make_change_line

MONTHS = 12
OPTION_OF_12_MONTHS = "custom_last_12_months"


@dataclass(frozen=True)
class MonthSales:
    """What was ordered this month so far, last month, and on the same days of it.

    The months are their first days; ``same_days_end`` is the day after the last one.
    ``ahead`` is of orders dated later this month, which are not in ``now``;
    ``has_unrated`` says whether any of all these has no rate to trust.
    """

    month: date
    last_month: date
    same_days_end: date
    now: float
    before: float
    same_days: float
    ahead: float
    has_unrated: bool = False


class Sums(NamedTuple):
    """Of orders, one amount a period; and whether one of them has no rate to trust."""

    amounts: list
    has_unrated: bool


class CrmTileSalesMixin(models.AbstractModel):
    """Orders of whoever is in scope: what they come to, and the report behind them."""

    _name = "crm.tile.sales.mixin"
    _inherit = "crm.tile.rates.mixin"
    _description = "Tile of Sales"

    _is_of_buyers = True
    _report_action = "crm_dashboards.sale_order_action_orders_report"
    _adds_up_companies = True

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _get_orders_domain(self, scope, start, end):
        """Return the domain of the confirmed orders of ``scope`` in a period.

        Tile, report and workbook all use it.

        :param start, end: dates in the viewer's zone, the end not included
        """
        return (
            self.env["sale.order"]._get_confirmed_domain(scope.companies)
            & scope.get_manager_domain("crm_account_manager_id")
            & scope.get_customer_domain()
            & Domain("date_order", ">=", get_day_start(scope.zone, start))
            & Domain("date_order", "<", get_day_start(scope.zone, end))
        )

    def _sum_orders(self, scope, periods):
        """Sum the base net value of the orders of several periods in one query.

        :param periods: list of (start, end) dates, the end not included
        :return: Sums
        """
        order = self.env["sale.order"]
        days = sorted({day for period in periods for day in period})
        query = order._search(self._get_orders_domain(scope, days[0], days[-1]))
        value = order._get_sound_base_value_sql(query.table)
        # from the one function that says where a day begins; told apart in one pass
        bounds = [get_day_start(scope.zone, day) for day in days]
        bucket = SQL(
            "WIDTH_BUCKET(%s, %s::timestamp[])",
            order._field_to_sql(query.table, "date_order", query),
            bounds,
        )
        is_unrated = order._field_to_sql(query.table, "crm_is_unrated", query)
        query.groupby = SQL("1")
        rows = self.env.execute_query(
            query.select(bucket, SQL("SUM(%s)", value), SQL("BOOL_OR(%s)", is_unrated))
        )
        sums = {place: amount for place, amount, _unrated in rows}
        places = {day: place for place, day in enumerate(days, start=1)}
        return Sums(
            [
                float(sum(sums.get(each) or 0 for each in range(places[a], places[b])))
                for a, b in periods
            ],
            any(unrated for _place, _amount, unrated in rows),
        )

    def _sum_months(self, scope, count):
        """Sum the orders of the last ``count`` months up to today.

        :return: list of (first day of a month, value), the current month last, the
            value of orders dated later this month, and whether any order has no rate
            to trust
        """
        months = [
            get_month_start(scope.today, back) for back in range(count - 1, -1, -1)
        ]
        tomorrow = scope.today + timedelta(days=1)
        starts, ends = [*months, tomorrow], [*months[1:], tomorrow]
        ends.append(get_month_start(scope.today, -1))
        sums = self._sum_orders(scope, list(zip(starts, ends, strict=True)))
        *values, ahead = sums.amounts
        return list(zip(months, values, strict=True)), ahead, sums.has_unrated

    def _make_month_bar(self, scope, month, value, previous=False):
        """Return the bar of a month; a click opens its orders."""
        day = fields.Date.to_string(month)
        return blocks.Bar(
            key=day,
            label=format_month(self.env, month, "MMM"),
            title=format_month(self.env, month, "yMMMM"),
            value=float(value),
            drill=blocks.Drill("month", day),
            unfinished=month == get_month_start(scope.today),
            previous=previous,
        )

    def _sum_month_sales(self, scope):
        """Return the MonthSales of ``scope``, read in one query."""
        month, last_month = (get_month_start(scope.today, back) for back in (0, 1))
        same_days_end = get_same_days_end(scope.today)
        tomorrow = scope.today + timedelta(days=1)
        sums = self._sum_orders(
            scope,
            [
                (month, tomorrow),
                (last_month, month),
                (last_month, same_days_end),
                (tomorrow, get_month_start(scope.today, -1)),
            ],
        )
        return MonthSales(
            month, last_month, same_days_end, *sums.amounts, sums.has_unrated
        )

    def _get_month_lines(self, scope, sales):
        """Return the lines of this month, of last month and of their difference."""
        return (
            blocks.FigureLine(
                blocks.money(sales.now, scope.currency),
                self.env._(
                    "%(month)s so far", month=format_month(self.env, sales.month)
                ),
                size="large",
                drill=blocks.Drill("month", fields.Date.to_string(sales.month)),
            ),
            blocks.FigureLine(
                blocks.money(sales.before, scope.currency),
                format_month(self.env, sales.last_month),
                drill=blocks.Drill("month", fields.Date.to_string(sales.last_month)),
            ),
            self._get_same_days_line(scope, sales),
        )

    def _get_ahead_line(self, scope, sales):
        """The line of orders dated later this month, nothing where there are none."""
        if not sales.ahead:
            return []
        return [
            blocks.FigureLine(
                blocks.money(sales.ahead, scope.currency),
                self.env._("dated later this month"),
                "small",
                "muted",
                drill=blocks.Drill("ahead", True),
            )
        ]

    def _get_ahead_text(self, scope, ahead):
        """Say what is not in a chart up to today, nothing where all is."""
        if not ahead:
            return []
        words = self.env._(
            "Up to today; %(amount)s more is dated later this month.",
            amount=format_amount(ahead, scope.currency),
        )
        return [blocks.Text(words)]

    def _get_same_days_line(self, scope, sales):
        """The difference to the same days of last month, in money and per cent."""
        last_day = sales.same_days_end - timedelta(days=1)
        label = self.env._(
            "on %(first)s–%(last)s %(month)s",
            first=1,
            last=last_day.day,
            month=format_month(self.env, sales.last_month),
        )
        change = difference = sales.now - sales.same_days
        cell = blocks.money(difference, scope.currency)
        if sales.same_days > 0:
            # The exact difference follows in words: one line holds both.
            change = difference / sales.same_days
            cell = blocks.percent(change)
            label = self.env._(
                "%(period)s (%(difference)s)",
                period=label,
                difference=format_amount(difference, scope.currency),
            )
        return make_change_line(cell, label, change)

    # ------------------------------------------------------------------
    # Which orders
    # ------------------------------------------------------------------

    def _get_unrated_months_text(self, scope, months, has_unrated):
        """Say which orders of the last so many months have no rate to trust.

        :param has_unrated: whether there are any, as adding them up has shown
        """
        if not has_unrated:
            return []
        start = get_month_start(scope.today, months - 1)
        end = get_month_start(scope.today, -1)
        return self._get_unrated_text(scope, self._get_orders_domain(scope, start, end))

    def _get_reading_note(self):
        """Say that the figures are of readable orders, where that can differ."""
        if self.env.user._reads_all_crm_orders():
            return []
        return [blocks.Reading(self.env._("Of the orders you may read."))]

    def _get_confidence_label(self, confidence):
        return {
            "high": self.env._("high"),
            "medium": self.env._("medium"),
            "low": self.env._("low"),
        }[confidence]

    # ------------------------------------------------------------------
    # The report behind them
    # ------------------------------------------------------------------

    def _open_orders(self, scope, drill):
        """Open the orders of one month, this one up to today by default."""
        key, value = self._check_drill(
            drill,
            month=self._make_month_check(scope),
            ahead=lambda value: value is True,
        )
        if key == "ahead":
            return self._get_orders_action(
                scope,
                search_default_order_month="month",
                search_default_after_today=1,
            )
        month = fields.Date.to_date(value) if value else get_month_start(scope.today)
        back = (scope.today.year - month.year) * 12 + scope.today.month - month.month
        if not back:
            return self._get_orders_action(
                scope,
                search_default_order_month="month",
                search_default_until_today=1,
            )
        return self._get_orders_action(
            scope, search_default_order_month=f"month-{back}"
        )

    def _open_months(self, scope, drill):
        """Open the orders of one month, or of the last 12 grouped by month."""
        _key, value = self._check_drill(drill, month=self._make_month_check(scope))
        if value:
            return self._open_orders(scope, drill)
        return self._get_orders_action(
            scope,
            search_default_order_month=OPTION_OF_12_MONTHS,
            search_default_until_today=1,
            search_default_group_by_month=1,
        )

    def _make_month_check(self, scope):
        """Return what says whether a text is the first day of one of 12 months."""
        months = {
            fields.Date.to_string(get_month_start(scope.today, back))
            for back in range(MONTHS)
        }
        return lambda value: isinstance(value, str) and value in months

    def _get_orders_action(self, scope, **facets):
        """Return the orders report of the companies of ``scope`` with ``facets``."""
        return self._get_report_action(
            Domain("company_id", "in", scope.companies.ids)
            & scope.get_customer_domain(),
            search_default_confirmed=1,
            **self._get_company_context(scope),
            **self._get_manager_facets(scope),
            **facets,
        )

    def _make_lines_report(self, title, action, group_by, **parts):
        """Return the Report of a list of order lines and what they are worth."""
        return Report(
            title=title,
            action=action,
            domain=Domain("company_id", "in", self.env.companies.ids),
            group_by=group_by,
            measure="crm_base_net_value",
            link_field="order_id",  # a line alone has no page that one works on
            describe_rates=self._describe_line_rates,
            **parts,
        )

    def _get_orders_note(self):
        """Say whose orders a report has."""
        if self.env.user._reads_all_crm_orders():
            return self.env._("All orders of the company")
        return self.env._("The orders you may read")

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _get_terms(self):
        """Return what is said of live figures of orders."""
        currency = self.env.company.currency_id
        return [
            *super()._get_terms(),
            Term(
                self.env._("Customer"),
                self.env._(
                    "A company or person with all its contacts and addresses, taken as "
                    "one."
                ),
            ),
            Term(
                self.env._("Order"),
                self.env._(
                    "A confirmed sales order, on its order date. Down payments count."
                ),
            ),
            Term(
                self.env._("Base net value"),
                self.env._(
                    "Value of an order without tax in %(currency)s, at the order's own "
                    "rate and rounded to %(decimals)s decimals.",
                    currency=currency.name,
                    decimals=currency.decimal_places,
                ),
            ),
            Term(
                self.env._("Live figures"),
                self.env._(
                    "Made at the moment that is named on top, from the orders you may "
                    "read; days and months follow your time zone."
                ),
                is_source=True,
            ),
        ]
