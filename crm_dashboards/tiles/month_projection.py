from odoo import api, models
from odoo.tools import SQL

from ..analytics.history import day_number
from ..analytics.projection import NEEDED_MONTHS, DailySales, project_month
from ..nightly.periods import (
    get_month_start,
    get_viewer_zone,
    get_zone_today,
)
from . import blocks


class CrmDashboardTile(models.Model):
    """What the month's orders are expected to come to, for whoever is in scope."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _project_orders_month(self, scope):
        """Project the orders of this month.

        :return: MonthProjection, money in cents of the current company's currency
        """
        today = get_zone_today(get_viewer_zone(self.env))
        return project_month(self._read_daily_sales(scope, today), day_number(today))

    @api.model
    def _read_daily_sales(self, scope, today):
        """Return the DailySales of ``scope`` up to ``today``, as far as needed."""
        zone = get_viewer_zone(self.env)
        first = get_month_start(today, NEEDED_MONTHS)
        end = get_month_start(today, -1)
        order = self.env["sale.order"]
        query = order._search(self._get_orders_domain(scope, first, end))
        value = order._field_to_sql(query.table, "base_net_value", query)
        day = SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date - DATE '1970-01-01'",
            order._field_to_sql(query.table, "date_order", query),
            zone.zone,
        )
        query.groupby = SQL("1")
        rows = self.env.execute_query(
            query.select(
                day,
                SQL("(SUM(%s) * %s)::int8", value, 10 ** self._get_decimals()),
                SQL("BOOL_OR(%s < 0)", value),
            )
        )
        days, cents, credits = zip(*rows, strict=True) if rows else ((), (), ())
        sales = DailySales.from_orders(days, cents, day_number(today))
        return DailySales(sales.first_day, sales.cents, any(credits))

    @api.model
    def _get_decimals(self):
        return self.env.company.currency_id.decimal_places

    @api.model
    def _get_projection_line(self, scope, month_name):
        """Return the line that says what the month is expected to come to.

        Nothing where no figure can be given honestly.
        """
        projection = self._project_orders_month(scope)
        if not projection.point or projection.confidence is None:
            return []
        currency = self.env.company.currency_id
        scale = 10 ** self._get_decimals()
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
        cell = blocks.money(projection.point / scale, currency)
        return [blocks.figure_line(cell, words, "small", "muted")]

    @api.model
    def _get_confidence_label(self, confidence):
        return {
            "high": self.env._("high"),
            "medium": self.env._("medium"),
            "low": self.env._("low"),
        }[confidence]
