# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import LazyTranslate

from ...analytics.history import day_to_date
from ...analytics.rhythm import whole_days
from ...models.date_words import format_day
from .. import blocks
from ..badge import describe_move, get_badge_title, make_badge
from ..words import format_ago, format_amount, format_days_late, join_words

_lt = LazyTranslate(__name__)


class CrmTileCustomerNextOrder(models.AbstractModel):
    """When the next order is expected, what that makes of the month, and the segment.

    One tile, so that the two cannot contradict each other.
    """

    _name = "crm.tile.customer_next_order"
    _inherit = ["crm.tile.alerts.mixin", "crm.tile.customer_month.mixin"]
    _description = "Tile: Next Order and Month Projection"
    _purpose = _lt(
        "When the customer is expected to order next, for how much, and what the month "
        "comes to with it."
    )

    _has_order_values = True

    def _get_content(self, scope):
        scope.customer._check_crm_figures_access()
        if not scope.metric or scope.expectation.last_day is None:
            return self._empty(self.env._("There are no stored figures of orders."))
        return self._ready(
            blocks.figure(self._get_expectation_line(scope)),
            *self._get_rhythm_text(scope),
            *self._get_value_text(scope),
            *self._get_month_blocks(scope),
            *self._get_segment_rows(scope),
            *self._get_all_orders_text(),
        )

    def _get_expectation_line(self, scope):
        expected = scope.expectation
        if expected.state is None or expected.state == "lapsed":
            return self._get_last_line(scope)
        value = expected.expected_cents
        about = value and self._format_cents(scope, value)
        day = day_to_date(expected.expected_day)
        if expected.days_overdue:
            return self._get_late_line(expected, about, format_day(self.env, day))
        words = self.env._("expected")
        if about:
            words = self.env._("expected, about %(value)s", value=about)
        return blocks.FigureLine(blocks.day(day), words, size="large")

    def _get_last_line(self, scope):
        """The last order, where the next one is not to be foreseen."""
        expected, metric = scope.expectation, scope.metric
        words = self.env._("last order; too few for a rhythm")
        if expected.state == "lapsed":
            words = self.env._("last order; hardly to be expected any more")
        elif metric.left_out_reason:
            words = self.env._("last order")
        cell = blocks.day(day_to_date(expected.last_day))
        return blocks.FigureLine(cell, words, size="large")

    def _get_late_line(self, expected, about, day):
        words = self.env._("expected %(date)s", date=day)
        if about:
            words = self.env._(
                "about %(value)s, expected %(date)s", value=about, date=day
            )
        return blocks.FigureLine(
            blocks.words(format_days_late(self.env, expected.days_overdue)),
            join_words(words, self._describe_leaving(expected.churn_probability)),
            size="large",
            tone="negative" if expected.state == "missing" else False,
        )

    def _get_rhythm_text(self, scope):
        """Return the rhythm in a sentence, with quartiles instead of a bare date."""
        expected = scope.expectation
        if expected.interval_days is None:
            return []
        low, usual, high = map(
            whole_days,
            (expected.low_days, expected.interval_days, expected.high_days),
        )
        figures = {
            "usual": usual,
            "low": low,
            "high": high,
            "ago": format_ago(self.env, expected.recency_days),
        }
        words = self.env._(
            "Orders every %(usual)s days, half of the gaps between %(low)s and "
            "%(high)s; the last was %(ago)s.",
            **figures,
        )
        if low == high:
            words = self.env._(
                "Orders every %(usual)s days, at least half of the gaps just as long; "
                "the last was %(ago)s.",
                **figures,
            )
        sentences = [words]
        if expected.quiet_days:
            sentences.append(
                self.env._(
                    "On %(quiet)s of these days the whole company was quiet.",
                    quiet=expected.quiet_days,
                )
            )
        sentences += self._get_moved_words(expected)
        if expected.state == "seasonal":
            field = scope.metric._fields["order_state"]
            labels = dict(field._description_selection(self.env))
            sentences.append(f"{labels[expected.state]}.")
        return [blocks.Text(" ".join(sentences))]

    def _get_moved_words(self, expected):
        """Say why the expected date is not the last order and the usual days."""
        if expected.state == "lapsed" or expected.expected_day == expected.due_day:
            return []
        day = format_day(self.env, day_to_date(expected.due_day))
        return [
            self.env._(
                "On %(date)s there are no orders as a rule: expected on the next day "
                "that has some.",
                date=day,
            )
        ]

    def _get_value_text(self, scope):
        """Say what the expected value is the mean of."""
        expected = scope.expectation
        value, least, most = (
            expected.expected_cents,
            expected.least_cents,
            expected.most_cents,
        )
        if not value or not least < most or not least <= value <= most:
            return []
        words = self.env._(
            "Its last orders came to %(least)s to %(most)s, %(value)s on average.",
            least=self._format_cents(scope, least),
            most=self._format_cents(scope, most),
            value=self._format_cents(scope, value),
        )
        return [blocks.Text(words)]

    def _format_cents(self, scope, cents):
        currency = scope.currency
        return format_amount(cents / 10**currency.decimal_places, currency)

    def _get_segment_rows(self, scope):
        """Return the row with badge, what would move it, and the alert's buttons."""
        metric = scope.metric
        if not metric.last_order_date:  # its first order came after the night
            return []
        is_missing = scope.expectation.state == "missing"
        row = blocks.Row(
            id=metric.id,
            badge=make_badge(metric),
            title=get_badge_title(metric),
            subtitle=describe_move(metric, lambda: scope.history) or "",
            status=is_missing and metric.follow_up,
            actions=self._get_alert_buttons() if is_missing else (),
        )
        return [blocks.Rows((row,))]
