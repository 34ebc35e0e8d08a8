# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .. import blocks
from ..badge import explain_badge, make_badge
from ..words import format_amount, format_day


class CrmTileCustomerNextOrder(models.AbstractModel):
    """When the next order is expected, and why the customer has its segment."""

    _name = "crm.tile.customer_next_order"
    _inherit = "crm.tile.alerts.mixin"
    _description = "Tile: Next Order"

    _has_order_values = True

    def _get_content(self, scope):
        scope.customer._check_crm_figures_access()
        metric = scope.metric
        if not metric.last_order_date:
            return self._empty(self.env._("There are no stored figures of orders."))
        return self._ready(
            blocks.figure(self._get_expectation_line(metric)),
            *self._get_rhythm_text(metric),
            self._get_segment_row(metric),
        )

    def _get_expectation_line(self, metric):
        value = metric.expected_order_value
        about = value and format_amount(value, metric.currency_id)
        if not metric.expected_order_date:
            words = self.env._("last order; too few for a rhythm")
            cell = blocks.day(metric.last_order_date)
            return blocks.FigureLine(cell, words, size="large")
        if metric.is_overdue:
            return self._get_late_line(metric, about)
        words = self.env._("expected")
        if about:
            words = self.env._("expected, about %(value)s", value=about)
        cell = blocks.day(metric.expected_order_date)
        return blocks.FigureLine(cell, words, size="large")

    def _get_late_line(self, metric, about):
        days = metric.days_overdue
        late = (
            self.env._("1 day late") if days == 1 else self.env._("%s days late", days)
        )
        day = format_day(self.env, metric.expected_order_date)
        words = self.env._("expected %(date)s", date=day)
        if about:
            words = self.env._(
                "about %(value)s, expected %(date)s", value=about, date=day
            )
        return blocks.FigureLine(
            blocks.words(late),
            words,
            size="large",
            tone="negative" if metric.is_missing else False,
        )

    def _get_rhythm_text(self, metric):
        """Return the rhythm in a sentence, with quartiles instead of a bare date."""
        if not metric.interval_days:
            return []
        words = self.env._(
            "Orders every %(usual)s days, half of the gaps between %(low)s and "
            "%(high)s; the last was %(recency)s days ago.",
            usual=round(metric.interval_days),
            low=round(metric.interval_low_days),
            high=round(metric.interval_high_days),
            recency=metric._get_recency_days(),
        )
        state = dict(metric._fields["order_state"]._description_selection(self.env))
        if metric.order_state in ("seasonal", "lapsed"):
            words = f"{words} {state[metric.order_state]}."
        return [blocks.Text(words)]

    def _get_segment_row(self, metric):
        """Return the row with badge, what would move it, and the alert's buttons."""
        explanation = explain_badge(metric)
        row = blocks.Row(
            id=metric.id,
            badge=make_badge(metric),
            title=explanation["title"],
            subtitle=explanation["move"] or "",
            actions=self._get_alert_buttons() if metric.is_missing else (),
        )
        return blocks.Rows((row,))
