# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.history import day_number
from ...analytics.projection import NEEDED_MONTHS, DailySales, project_month
from ...nightly.periods import get_month_start
from .. import blocks
from ..report import Report
from ..words import format_month


class CrmTileOrders(models.AbstractModel):
    """This month's orders against last month's and against its same days."""

    _name = "crm.tile.orders"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Orders"

    def _get_content(self, scope):
        sales = self._sum_month_sales(scope)
        if not (sales.now or sales.before or sales.ahead):
            return self._empty(self.env._("No orders this month or last month."))
        this_name = format_month(self.env, sales.month)
        last_name = format_month(self.env, sales.last_month)
        return self._ready(
            self._get_ring(
                scope.currency, sales.now, sales.before, this_name, last_name
            ),
            blocks.figure(
                *self._get_month_lines(scope, sales),
                *self._get_ahead_line(scope, sales),
                *self._get_projection_line(scope, this_name),
            ),
            *self._get_rates_text(scope),
            *self._get_unrated_months_text(scope, 2),
            *self._get_reading_note(),
        )

    def _get_ring(self, currency, now, before, this_name, last_name):
        """This month as a share of last month; none where that is not positive."""
        if before <= 0:
            return blocks.Text(self.env._("No orders last month to compare with."))
        ordered = currency.round(max(now, 0))
        # Rounded first: both parts add up to last month as it is shown.
        missing = max(currency.round(before) - ordered, 0)
        return blocks.Doughnut(
            self.env._("Orders this month as a share of last month"),
            (
                blocks.Slice(this_name, blocks.money(ordered, currency), "primary"),
                blocks.Slice(
                    self.env._("Still missing to reach %(month)s", month=last_name),
                    blocks.money(missing, currency),
                    "rest",
                ),
            ),
            blocks.Center(
                blocks.percent(now / before),
                self.env._("of %(month)s", month=last_name),
            ),
            legend=False,
        )

    # ------------------------------------------------------------------
    # What the month is expected to come to
    # ------------------------------------------------------------------

    def _get_projection_line(self, scope, month_name):
        """Return the line that says what the month is expected to come to.

        Nothing where no figure can be given honestly.
        """
        projection = project_month(
            self._read_daily_sales(scope), day_number(scope.today)
        )
        if not projection.point or projection.confidence is None:
            return []
        if projection.confidence == "not_enough_history":
            words = self.env._(
                "expected for %(month)s, short history", month=month_name
            )
        else:
            confidence = self._get_confidence_label(projection.confidence)
            words = self.env._(
                "expected for %(month)s, confidence %(class)s",
                **{"month": month_name, "class": confidence},
            )
            if projection.half_width < 1:  # a wider range says nothing more
                words = self.env._(
                    "expected for %(month)s, ±%(range)s %%, confidence %(class)s",
                    month=month_name,
                    range=round(100 * projection.half_width),
                    **{"class": confidence},
                )
        scale = 10**scope.currency.decimal_places
        cell = blocks.money(projection.point / scale, scope.currency)
        return [blocks.FigureLine(cell, words, "small", "muted")]

    def _read_daily_sales(self, scope):
        """Return the DailySales of ``scope`` up to today, as far as needed."""
        first = get_month_start(scope.today, NEEDED_MONTHS)
        end = get_month_start(scope.today, -1)
        order = self.env["sale.order"]
        query = order._search(self._get_orders_domain(scope, first, end))
        value = order._field_to_sql(query.table, "crm_base_net_value", query)
        day = SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date - DATE '1970-01-01'",
            order._field_to_sql(query.table, "date_order", query),
            scope.zone.name,
        )
        query.groupby = SQL("1")
        rows = self.env.execute_query(
            query.select(
                day,
                SQL("(SUM(%s) * %s)::int8", value, 10**scope.currency.decimal_places),
                SQL("BOOL_OR(%s < 0)", value),
            )
        )
        days, cents, credits = zip(*rows, strict=True) if rows else ((), (), ())
        sales = DailySales.from_orders(days, cents, day_number(scope.today))
        return DailySales(sales.first_day, sales.cents, any(credits))

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
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
