from odoo import api, fields, models

from ..nightly.periods import get_month_start, get_viewer_zone, get_zone_today
from . import blocks

MONTHS = 12


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _tile_twelve_months(self, scope):
        """Orders of each of the last 12 months, the current one unfinished."""
        today = get_zone_today(get_viewer_zone(self.env))
        months = [get_month_start(today, back) for back in range(MONTHS - 1, -1, -1)]
        ends = [*months[1:], get_month_start(today, -1)]
        values = self._sum_orders(scope, list(zip(months, ends, strict=True)))
        if not any(values):
            return self._empty(self.env._("No orders in the last 12 months."))
        currency = self.env.company.currency_id
        points = [
            blocks.bar(
                key=fields.Date.to_string(month),
                label=blocks.format_month(self.env, month, "MMM"),
                title=blocks.format_month(self.env, month, "MMMM yyyy"),
                value=value,
                drill=blocks.drill("month", fields.Date.to_string(month)),
                unfinished=month == months[-1],
            )
            for month, value in zip(months, values, strict=True)
        ]
        total = self.env._(
            "%(total)s in 12 months", total=blocks.format_amount(sum(values), currency)
        )
        chart = blocks.bar_chart(self.env._("Orders by month"), points, currency)
        return self._ready(
            blocks.note(total),
            chart,
            *self._get_rates_text(scope),
            *self._get_reading_note(),
        )

    @api.model
    def _open_twelve_months(self, scope, drill):
        """Open the orders of one month, or of all 12 grouped by month."""
        _key, value = self._check_drill(drill, month=self._is_recent_month)
        if value:
            return self._open_orders(scope, drill)
        return self._get_orders_action(
            scope,
            search_default_order_month="custom_last_12_months",
            search_default_group_by_month=1,
        )
