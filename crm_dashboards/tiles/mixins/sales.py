# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.date_words import format_month
from ...nightly.kept_sums import get_sums_query, reads_all
from ...nightly.manager_sums import read_kept_months
from ...nightly.periods import get_day_start, get_month_start
from .. import blocks
from ..period import Period, make_facet
from ..report import Report, Term
from ..words import format_amount
from .trend import make_change_line

MONTHS = 12
FEW_DAYS = timedelta(100)
OPTION_OF_12_MONTHS = "custom_last_12_months"


@dataclass(frozen=True)
class PeriodSales:
    """What was ordered in a period so far, in the one it is compared with as a whole,
    and on the same days of that.

    ``ahead`` is of orders dated later in the period, which are not in ``now``;
    ``has_unrated`` says whether any of all these has no rate to trust; ``steps`` are
    what the period and the other come to up to each of its Steps, None where there is
    nothing to count.
    """

    period: Period
    now: float
    before: float
    same_days: float
    ahead: float
    has_unrated: bool = False
    steps: tuple = ()


class DaysSums(NamedTuple):
    """Of orders from a day to the next one that is asked for.

    Number of the day, what they come to, how many have no rate to trust and, of some
    customers, what of this month is of those whose months are projected.
    """

    place: int
    amount: Decimal
    unrated: int
    counted: Decimal


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

    def _get_orders_domain(self, scope, start, end, of_few_days=False):
        """Return the domain of the confirmed orders of ``scope`` in a period.

        Tile, report and workbook all use it.

        :param start, end: dates in the viewer's zone, the end not included
        :param of_few_days: see ``Scope.get_orders_domain``
        """
        return (
            self.env["sale.order"]._get_confirmed_domain(scope.companies)
            & scope.get_orders_domain(of_few_days)
            & scope.get_customer_domain()
            & Domain("date_order", ">=", get_day_start(scope.zone, start))
            & Domain("date_order", "<", get_day_start(scope.zone, end))
        )

    def _announce(self, scope):
        result = super()._announce(scope)
        scope.sales_periods.extend(self._get_sales_periods(scope))
        return result

    def _get_sales_periods(self, scope):
        """Return the periods whose orders the tile adds up.

        Asked of all tiles before the first of them is read, see :meth:`_sum_orders`.

        :return: list of (start, end) dates, the end not included
        """
        return []

    def _sum_orders(self, scope, periods):
        """Sum the base net value of the orders of several periods.

        Orders are read once for the periods of all tiles.

        :param periods: as of :meth:`_get_sales_periods`
        :return: Sums
        """
        days, rows = self._read_sums(scope, periods)
        places = {day: place for place, day in enumerate(days, start=1)}
        ranges = [range(places[start], places[end]) for start, end in periods]
        sums = {row.place: row for row in rows}
        return Sums(
            [
                float(sum(sums[place].amount for place in each if place in sums))
                for each in ranges
            ],
            any(
                place in sums and sums[place].unrated
                for each in ranges
                for place in each
            ),
        )

    def _read_sums(self, scope, periods):
        """Return days, and the DaysSums from each of them to the next one."""
        periods = (*periods, *scope.sales_periods)
        days = tuple(sorted({day for period in periods for day in period}))
        if days not in scope.sums:
            scope.sums[days] = self._add_up_days(scope, days)
        return days, scope.sums[days]

    def _add_up_days(self, scope, days):
        """Return the DaysSums between days, of one's own customers with what is kept.

        What is kept is not read: of the others, the days around them are.
        """
        bounds = [get_day_start(scope.zone, day) for day in days]
        kept = read_kept_months(scope.env, bounds) if scope.is_of_user else {}
        others = [place for place in range(1, len(days)) if place not in kept]
        rows = self._add_edges(scope, kept)
        if not others:
            return rows
        query = SQL(
            "SELECT place, amount::text, unrated, counted::text FROM (%s) sums",
            self._get_sums_query(scope, days, days[others[0] - 1], days[others[-1]]),
        )
        return rows + [
            DaysSums(place, Decimal(amount or 0), unrated, Decimal(counted or 0))
            for place, amount, unrated, counted in self.env.execute_query(query)
            if place not in kept
        ]

    def _add_edges(self, scope, kept):
        """Return the DaysSums of months that are kept, as the viewer's zone has them.

        :param kept: {place: KeptMonth}
        """
        edges = [
            (place, *edge) for place, month in kept.items() for edge in month.edges
        ]
        found = {}
        if edges:
            order = self.env["sale.order"]
            query = order._search(
                order._get_confirmed_domain(scope.companies)
                & scope.get_orders_domain(of_few_days=True)
            )
            date = order._field_to_sql(query.table, "date_order", query)
            query.add_where(SQL("%s >= edge.start AND %s < edge.until", date, date))
            query.order = None
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT edge.place, SUM(edge.factor * found.amount)::text,
                           SUM(edge.factor * found.unrated)::int4
                      FROM UNNEST(%s::int4[], %s::timestamp[], %s::timestamp[],
                                  %s::int4[]) edge (place, start, until, factor)
                     CROSS JOIN LATERAL (%s) found
                     GROUP BY edge.place
                    """,
                    *map(list, zip(*edges, strict=True)),
                    query.select(*self._get_sums(query)),
                )
            )
            found = {
                place: (Decimal(amount or 0), more) for place, amount, more in rows
            }
        return [
            DaysSums(
                place,
                month.amount + found.get(place, (0, 0))[0],
                month.unrated + found.get(place, (0, 0))[1],
                Decimal(0),
            )
            for place, month in kept.items()
        ]

    def _get_sums(self, query):
        """Return the SQL of the sums of orders: amount and unrated.

        :param Query query: of sale.order
        """
        order = self.env["sale.order"]
        return (
            SQL("SUM(%s) AS amount", order._get_sound_base_value_sql(query.table)),
            SQL(
                "COUNT(*) FILTER (WHERE %s) AS unrated",
                order._field_to_sql(query.table, "crm_is_unrated", query),
            ),
        )

    def _get_sums_query(self, scope, days, start, end):
        """Return the query of the sums of orders between days, numbered from 1.

        Everybody's orders are read from bound to bound in the index of dates, others
        in one pass over those of the customers: telling them apart takes as long as a
        quarter of all.

        :param start, end: the first and the last of the days that are asked for
        :return: SQL with the columns of DaysSums
        """
        order = self.env["sale.order"]
        of_few_days = end - start <= FEW_DAYS
        query = order._search(self._get_orders_domain(scope, start, end, of_few_days))
        date = order._field_to_sql(query.table, "date_order", query)
        sums = self._get_sums(query)
        # from the one function that says where a day begins
        bounds = [get_day_start(scope.zone, day) for day in days]
        whole = scope.is_of_everybody
        if query._joins or not whole or not self.env.user._reads_all_crm_orders():
            counted = None if whole else self._get_counted_sql(scope, query)
            query.groupby = SQL("1")
            return query.select(
                SQL("WIDTH_BUCKET(%s, %s::timestamp[]) AS place", date, bounds),
                *sums,
                SQL("%s AS counted", counted),
            )
        query.add_where(
            SQL("%s >= piece.start AND %s < piece.until AND piece.counts", date, date)
        )
        query.order = None
        return SQL(
            "SELECT *, NULL AS counted FROM (%s) sums",
            get_sums_query(
                query.select(*sums), bounds, self._get_kept(scope, order) or None
            ),
        )

    def _get_counted_sql(self, scope, query):
        """Return the SQL of the sum of this month's orders of customers that count.

        Asked for each order: by EXISTS, PostgreSQL would read all customers for it.

        :param Query query: of sale.order
        """
        order = self.env["sale.order"]
        return SQL(
            """
            SUM(%(value)s) FILTER (WHERE %(date)s >= %(month)s AND (
                SELECT counted.daily_sales IS NOT NULL
                  FROM res_partner contact
                  JOIN crm_customer_metric counted
                    ON counted.partner_id = contact.commercial_partner_id
                   AND counted.company_id = %(company)s
                 WHERE contact.id = %(partner)s))
            """,
            value=order._get_sound_base_value_sql(query.table),
            date=order._field_to_sql(query.table, "date_order", query),
            month=get_day_start(scope.zone, get_month_start(scope.today)),
            partner=order._field_to_sql(query.table, "partner_id", query),
            company=order._field_to_sql(query.table, "company_id", query),
        )

    def _get_kept(self, scope, order):
        """Return the refresh whose sums are those of ``scope``, none for a part."""
        is_whole = scope.is_of_everybody and not scope.customer_id
        if is_whole and scope.companies == scope.company:
            if reads_all(order, scope.company):
                return scope.refresh
        return self.env["crm.metric.refresh"]

    def _sum_months(self, scope, count):
        """Sum the orders of the last ``count`` months up to today.

        :return: list of (first day of a month, value), the current month last, the
            value of orders dated later this month, and whether any order has no rate
            to trust
        """
        periods = get_months(scope, count)
        sums = self._sum_orders(scope, periods)
        *values, ahead = sums.amounts
        months = [start for start, _end in periods[:-1]]
        return list(zip(months, values, strict=True)), ahead, sums.has_unrated

    def _get_months_chart(self, scope, months):
        """Return the bars of 12 months beside those of the year before.

        :param months: list of (first day, value) of 24 months
        """
        pairs = zip(months[MONTHS:], months[:MONTHS], strict=True)
        return blocks.BarChart(
            self.env._("Orders by month"),
            tuple(
                self._make_month_bar(scope, month, value, previous)
                for (month, value), (_year_before, previous) in pairs
            ),
            scope.currency.id,
            series=(self.env._("this year"), self.env._("a year before")),
        )

    def _make_month_bar(self, scope, month, value, previous):
        """Return the bar of a month; a click opens its orders."""
        day = fields.Date.to_string(month)
        return blocks.Bar(
            key=day,
            label=format_month(self.env, month, "MMM"),
            title=format_month(self.env, month, "yMMMM"),
            value=float(value),
            drill=blocks.Drill("month", day),
            unfinished=month == get_month_start(scope.today),
            previous=float(previous),
        )

    def _sum_period_sales(self, scope, steps=()):
        """Return the PeriodSales of ``scope``, read in one query.

        :param steps: Steps of the period
        """
        period = scope.period
        lines = get_line_periods(period, steps)
        sums = self._sum_orders(
            scope,
            [*get_periods(period), *[line for line in lines if line[1]]],
        )
        amounts = iter(sums.amounts)
        now, before, same_days, ahead = (next(amounts) for _place in range(4))
        values = [next(amounts) if until else None for _start, until in lines]
        return PeriodSales(
            period,
            now,
            before,
            same_days,
            ahead,
            sums.has_unrated,
            tuple(zip(values[::2], values[1::2], strict=True)),
        )

    def _get_period_lines(self, scope, sales):
        """Return the lines of the period, of the one before and of the difference."""
        period = sales.period
        name = period.get_name(self.env)
        if period.is_running:
            name = self.env._("%(period)s so far", period=name)
        return (
            blocks.FigureLine(
                blocks.money(sales.now, scope.currency),
                name,
                size="large",
                drill=blocks.Drill("period", "now"),
            ),
            blocks.FigureLine(
                blocks.money(sales.before, scope.currency),
                period.get_before_name(self.env),
                drill=blocks.Drill("period", "before"),
            ),
            self._get_same_days_line(scope, sales),
        )

    def _get_ahead_line(self, scope, sales):
        """The line of orders dated later in the period, none where there are none."""
        if not sales.ahead:
            return []
        labels = {
            1: self.env._("dated later this month"),
            3: self.env._("dated later this quarter"),
            12: self.env._("dated later this year"),
        }
        return [
            blocks.FigureLine(
                blocks.money(sales.ahead, scope.currency),
                labels[sales.period.months],
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
        """The difference to the same days before, in money and per cent."""
        label = self.env._("on %(period)s", period=sales.period.get_same_days(self.env))
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
        start = get_month_start(scope.today, months - 1)
        return self._get_unrated_days_text(
            scope, has_unrated, (start, get_month_start(scope.today, -1))
        )

    def _get_unrated_period_text(self, scope, sales):
        """Say which orders of a period and of the other one have no rate to trust."""
        period = sales.period
        days = (period.start, period.end), (period.before_start, period.before_end)
        return self._get_unrated_days_text(scope, sales.has_unrated, *days)

    def _get_unrated_days_text(self, scope, has_unrated, *days):
        """Say which orders of some days have no rate to trust, if any.

        :param days: (start, end), the end not included
        """
        if not has_unrated:
            return []
        domains = [self._get_orders_domain(scope, *each) for each in days]
        return self._get_unrated_text(scope, Domain.OR(domains))

    def _get_reading_note(self):
        """Say that the figures are of readable orders, where that can differ."""
        if self.env.user._reads_all_crm_orders():
            return []
        return [blocks.Reading(self.env._("Of the orders you may read."))]

    # ------------------------------------------------------------------
    # The report behind them
    # ------------------------------------------------------------------

    def _open_orders(self, scope, drill):
        """Open the orders of the period up to today, of the other one, or of a month.

        By default those of the period.
        """
        key, value = self._check_drill(
            drill,
            month=self._make_month_check(scope),
            period=lambda value: value in ("now", "before"),
            ahead=lambda value: value is True,
        )
        period = scope.period
        if key == "month":
            return self._open_month(scope, value)
        if value == "before":
            return self._get_orders_action(
                scope, search_default_order_month=period.get_before_facet()
            )
        facets = {}
        if key == "ahead":
            facets = {"search_default_after_today": 1}
        elif period.is_running:
            facets = {"search_default_until_today": 1}
        return self._get_orders_action(
            scope, search_default_order_month=period.get_facet(), **facets
        )

    def _open_month(self, scope, value):
        """Open the orders of a month, this one up to today.

        :param str value: its first day
        """
        month = fields.Date.to_date(value)
        is_this = month == get_month_start(scope.today)
        facets = {"search_default_until_today": 1} if is_this else {}
        return self._get_orders_action(
            scope,
            search_default_order_month=make_facet(month, 1, scope.today),
            **facets,
        )

    def _open_months(self, scope, drill):
        """Open the orders of one month, or of the last 12 grouped by month."""
        _key, value = self._check_drill(drill, month=self._make_month_check(scope))
        if value:
            return self._open_month(scope, value)
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


def get_months(scope, count):
    """Return (start, end) of the last ``count`` months, the last one up to today, and
    of the rest of that one."""
    months = [get_month_start(scope.today, back) for back in range(count - 1, -1, -1)]
    tomorrow = scope.today + timedelta(days=1)
    ends = [*months[1:], tomorrow, get_month_start(scope.today, -1)]
    return list(zip([*months, tomorrow], ends, strict=True))


def get_periods(period):
    """Return (start, end) of what PeriodSales tells of a Period, in its order."""
    return [
        (period.start, period.until),
        (period.before_start, period.before_end),
        (period.before_start, period.before_until),
        (period.until, period.end),
    ]


def get_line_periods(period, steps):
    """Return (start, until) of each of its Steps in a Period and in the other one.

    ``until`` is None where there is nothing to count.
    """
    starts = (period.start, period.before_start)
    return [
        (start, until)
        for step in steps
        for start, until in zip(starts, step[-2:], strict=True)
    ]
