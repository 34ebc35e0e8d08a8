# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...nightly.kept_sums import get_projection_sums
from ...nightly.periods import get_month_start
from .. import blocks
from ..mixins.sales import get_line_periods, get_periods
from ..period import describe_step
from ..report import Report
from ..words import describe_confidence, format_amount, format_count, format_share

_lt = LazyTranslate(__name__)

PROJECTION_ACTION = "crm_dashboards.crm_month_projection_action"


@dataclass(frozen=True)
class Projections:
    """Sum of months in the current company's currency, what of it is not counted."""

    value: float
    left_out: float
    customers: int


class CrmTileOrders(models.AbstractModel):
    """Orders of the period against those before, as a whole and of the same days."""

    _name = "crm.tile.orders"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Orders"
    _purpose = _lt(
        "Whether the orders of the period are on a par with those before, and what "
        "this month is expected to come to."
    )

    _follows_period = True

    def _get_customer_sums(self, scope):
        """Return what makes the projection, of each company that has one."""
        if scope.period.key != "month":
            return {}
        return {
            refresh.company_id: get_projection_sums(refresh)
            for refresh in self._get_projected(scope)
        }

    def _get_projected(self, scope):
        """Return the last refreshes of the companies whose month is projected."""
        month = get_month_start(scope.today)
        return scope.companies.sudo().crm_metric_refresh_ids.filtered(
            lambda refresh: (
                refresh.month_start == month
                and not refresh.company_id._awaits_crm_figures()
            )
        )

    def _get_sales_periods(self, scope):
        lines = get_line_periods(scope.period, scope.period.get_steps())
        return [*get_periods(scope.period), *(line for line in lines if line[1])]

    def _get_content(self, scope):
        steps = scope.period.get_steps()
        sales = self._sum_period_sales(scope, steps)
        line, words = self._get_projection(scope, sales)
        if not (sales.now or sales.before or sales.ahead or line):
            return self._empty(self._get_empty_reason(sales.period))
        return self._ready(
            self._get_ring(scope.currency, sales),
            blocks.figure(
                *self._get_period_lines(scope, sales),
                *self._get_ahead_line(scope, sales),
                *line,
            ),
            *self._get_line_chart(scope, sales, steps),
            *words,
            *self._get_rates_text(scope),
            *self._get_unrated_period_text(scope, sales),
            *self._get_reading_note(),
        )

    def _get_empty_reason(self, period):
        reads_all = self.env.user._reads_all_crm_orders()
        if period.is_default:
            return (
                self.env._("No orders this month or last month.")
                if reads_all
                else self.env._("No orders this month or last month that you may read.")
            )
        names = {
            "period": period.get_name(self.env),
            "before": period.get_before_name(self.env),
        }
        return (
            self.env._("No orders in %(period)s or %(before)s.", **names)
            if reads_all
            else self.env._(
                "No orders in %(period)s or %(before)s that you may read.", **names
            )
        )

    def _get_ring(self, currency, sales):
        """The period as a share of the other; none where that is not positive."""
        now, before, period = sales.now, sales.before, sales.period
        before_name = period.get_before_name(self.env)
        if before <= 0:
            return blocks.Text(
                self.env._("No orders last month to compare with.")
                if period.is_default
                else self.env._(
                    "No orders in %(period)s to compare with.", period=before_name
                )
            )
        ordered = currency.round(max(now, 0))
        # Rounded first: both parts add up to the other period as it is shown.
        missing = max(currency.round(before) - ordered, 0)
        return blocks.Doughnut(
            self.env._(
                "Orders of %(period)s as a share of %(before)s",
                period=period.get_name(self.env),
                before=before_name,
            ),
            (
                blocks.Slice(
                    period.get_name(self.env),
                    blocks.money(ordered, currency),
                    "primary",
                ),
                blocks.Slice(
                    self.env._("Still missing to reach %(period)s", period=before_name),
                    blocks.money(missing, currency),
                    "rest",
                ),
            ),
            blocks.Center(
                blocks.percent(now / before),
                self.env._("of %(period)s", period=before_name),
            ),
            legend=False,
        )

    def _get_line_chart(self, scope, sales, steps):
        """Return the period adding up day by day, beside the other one."""
        if not (sales.now or sales.before):
            return []
        period, round_ = sales.period, scope.currency.round
        points = []
        for step, (value, previous) in zip(steps, sales.steps, strict=True):
            label, title = describe_step(self.env, period, step)
            points.append(
                blocks.LinePoint(
                    key=str(step.day),
                    label=label,
                    title=title,
                    value=False if value is None else round_(value) + 0.0,
                    previous=False if previous is None else round_(previous) + 0.0,
                )
            )
        return [
            blocks.LineChart(
                self.env._("Orders adding up"),
                tuple(points),
                scope.currency.id,
                (period.get_name(self.env), period.get_before_name(self.env)),
            )
        ]

    # ------------------------------------------------------------------
    # What the month is expected to come to
    # ------------------------------------------------------------------

    def _get_projection(self, scope, sales):
        """Return what the month is expected to come to: the customers' stored figures.

        :return: (lines, words); nothing of another period, and where the night knew
            nothing of this month
        """
        if scope.period.key != "month":
            return [], []
        month_name = sales.period.get_name(self.env)
        projections = self._sum_projections(scope)
        customers = projections.customers
        projected = scope.currency.round(projections.value)
        if not projected:
            return [], []
        whole = scope.is_of_everybody
        so_far = sales.now if whole else self._sum_counted(scope)
        if scope.currency.compare_amounts(so_far, projected) > 0:
            label = self.env._(
                "expected for %(month)s: already reached", month=month_name
            )
        elif whole and scope.companies == scope.company:
            label = self._describe_projection(scope.refresh, month_name)
        elif customers == 1:
            label = self.env._(
                "expected for %(month)s from 1 customer", month=month_name
            )
        else:
            label = self.env._(
                "expected for %(month)s from %(count)s customers",
                month=month_name,
                count=format_count(self.env, customers or 0),
            )
        cell = blocks.money(projected, scope.currency)
        # the report behind it is by account manager, and knows no customer
        drill = not scope.search and blocks.Drill("projection", True)
        line = blocks.FigureLine(cell, label, "small", "muted", drill=drill)
        return [line], self._get_left_out_words(scope, projections.left_out)

    def _sum_projections(self, scope):
        """Sum what customers' months are expected to come to, as the report has it.

        With everyone's customers, those that are not counted are in it, too.
        """
        value = left_out = customers = 0
        for company, sums in self._get_customer_sums(scope).items():
            rate = scope.rates.get(company, 1)
            refresh = company.crm_metric_refresh_ids
            found = scope.sum_customers(company).add_up(sums)
            rest = found["rest"].scaleb(-refresh.month_decimals)
            projected, count = float(found["sold"] + rest), int(found["projected"])
            others = scope.is_of_everybody and refresh.month_left_out or []
            not_counted = sum(entry["projected"] for entry in others)
            value += (projected + not_counted) * rate
            left_out += not_counted * rate
            customers += count + sum(entry["customers"] for entry in others)
        return Projections(value, left_out, customers)

    def _describe_projection(self, refresh, month_name):
        """Say how sure the projection of the company is."""
        if refresh.month_confidence not in ("high", "medium", "low"):
            return self.env._("expected for %(month)s, short history", month=month_name)
        confidence = describe_confidence(self.env, refresh.month_confidence)
        if refresh.month_half_width >= 1:  # so wide a range says nothing more
            return self.env._(
                "expected for %(month)s, confidence %(class)s",
                **{"month": month_name, "class": confidence},
            )
        return self.env._(
            "expected for %(month)s, ±%(range)s, confidence %(class)s",
            month=month_name,
            range=format_share(self.env, round(refresh.month_half_width, 2)),
            **{"class": confidence},
        )

    def _get_left_out_words(self, scope, value):
        """Say what of the projection is of customers that are not counted."""
        if not value:
            return []
        return [
            blocks.Text(
                self.env._(
                    "%(value)s of it are expected of customers that are not counted.",
                    value=format_amount(scope.currency.round(value), scope.currency),
                )
            )
        ]

    def _sum_counted(self, scope):
        """Sum the orders so far of the customers whose projections are added up."""
        period = scope.period
        days, rows = self._read_sums(scope, self._get_sales_periods(scope))
        first, end = days.index(period.start) + 1, days.index(period.until) + 1
        return float(sum(row.counted for row in rows if first <= row.place < end))

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the period's orders, or who is expected to add what to this month."""
        if drill and drill.get("key") == "projection":
            self._check_drill(drill, projection=self._is_all)
            return self._get_action(
                PROJECTION_ACTION,
                Domain("company_id", "in", scope.companies.ids),
                **self._get_manager_facets(scope, "user_id"),
            )
        return self._open_orders(scope, drill)

    def _get_report(self):
        return Report(
            title=self.env._("Orders"),
            action=self._report_action,
            domain=Domain("company_id", "in", self.env.companies.ids),
            group_by="date_order:month",
            measure="crm_base_net_value",
            reading_note=self._get_orders_note(),
            describe_rates=self._describe_order_rates,
            terms=(self._get_scope_term(), *self._get_terms()),
        )
