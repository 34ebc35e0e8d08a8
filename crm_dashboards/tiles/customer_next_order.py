from odoo import api, models

from . import blocks


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _tile_customer_next_order(self, scope):
        """When the next order is expected, and why the customer has its segment."""
        self._check_figures_access(self._get_customer(scope))
        metric = self._get_customer_metric(scope)
        if not metric.last_order_date:
            return self._empty(self.env._("There are no stored figures of orders."))
        parts = [
            blocks.figure(self._get_expectation_line(metric)),
            *self._get_rhythm_text(metric),
            *self._get_segment_row(metric),
        ]
        return self._ready(*parts)

    @api.model
    def _get_expectation_line(self, metric):
        currency = metric.currency_id
        value = metric.expected_order_value
        about = value and blocks.format_amount(value, currency)
        if not metric.expected_order_date:
            words = self.env._("last order; too few for a rhythm")
            cell = {"value": str(metric.last_order_date), "unit": "date"}
            return blocks.figure_line(cell, words, size="large")
        day = blocks.format_day(self.env, metric.expected_order_date)
        if metric.is_awaited:
            days = metric.days_overdue
            late = self.env._("1 day late") if days == 1 else self.env._("%s days late")
            words = self.env._("expected %(date)s", date=day)
            if about:
                words = self.env._(
                    "about %(value)s, expected %(date)s", value=about, date=day
                )
            return blocks.figure_line(
                blocks.text_cell(late % days if days != 1 else late),
                words,
                size="large",
                tone="negative" if metric.is_missing else False,
            )
        words = self.env._("expected")
        if about:
            words = self.env._("expected, about %(value)s", value=about)
        cell = {"value": str(metric.expected_order_date), "unit": "date"}
        return blocks.figure_line(cell, words, size="large")

    @api.model
    def _get_rhythm_text(self, metric):
        """Return the rhythm in a sentence, with quartiles instead of a bare date."""
        if not metric.interval_days:
            return []
        words = self.env._(
            "Orders every %(usual)s days, half of the gaps between %(low)s and "
            "%(high)s; the last was %(silence)s days ago.",
            usual=round(metric.interval_days),
            low=round(metric.interval_low_days),
            high=round(metric.interval_high_days),
            silence=metric._get_silence_days(),
        )
        state = dict(metric._fields["order_state"]._description_selection(self.env))
        if metric.order_state in ("seasonal", "given_up"):
            words = f"{words} {state[metric.order_state]}."
        return [blocks.text(words)]

    @api.model
    def _get_segment_row(self, metric):
        """Return the row with badge, what would move it, and the alert's buttons."""
        explanation = metric.get_rfm_explanation(metric.id)
        actions = []
        if metric.is_missing:
            actions = self._get_alert_actions()
        row = {
            "id": metric.id,
            "badge": metric._get_badge(),
            "title": explanation["title"],
            "subtitle": explanation["move"] or "",
            "actions": actions,
        }
        return [{"type": "rows", "rows": [row]}]

    @api.model
    def _row_action_customer_next_order_snooze(self, metric_id, scope):
        """Put off the alert of the customer until a date."""
        return self._row_action_missing_orders_snooze(metric_id, scope)

    @api.model
    def _row_action_customer_next_order_not_a_loss(self, metric_id, scope):
        """Take the alert of the customer away, with a reason."""
        return self._row_action_missing_orders_not_a_loss(metric_id, scope)

    @api.model
    def _row_action_customer_next_order_schedule(self, metric_id, scope):
        """Schedule an activity with the customer."""
        return self._row_action_missing_orders_schedule(metric_id, scope)
