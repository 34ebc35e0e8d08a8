# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ...analytics.customer_projection import FEWEST_MONTHS
from ...models.date_words import format_month
from .. import blocks
from ..words import describe_confidence, format_amount, format_share
from .trend import make_change_line


class CrmTileCustomerMonthMixin(models.AbstractModel):
    """What a customer's month is expected to come to, and how sure that is."""

    _name = "crm.tile.customer_month.mixin"
    _inherit = "crm.tile"
    _description = "Tile with a Customer's Month"

    _has_stored_figures = True

    def _get_month_blocks(self, scope):
        """Return the month as an addition: so far, what is to come, both together.

        Where nothing is projected, a sentence says why.
        """
        month = scope.month
        if month.whole_months < FEWEST_MONTHS:
            words = self.env._(
                "A projection of the month needs %(count)s whole months since the "
                "first order.",
                count=FEWEST_MONTHS,
            )
            return [blocks.Text(words)]
        if month.point is None:
            return [blocks.Text(self._get_missing_words(scope.metric))]
        currency = scope.currency
        scale = 10**currency.decimal_places
        point, so_far = month.point / scale, month.so_far / scale
        name = format_month(self.env, scope.figures_today)
        addition = (
            blocks.FigureLine(
                blocks.money(so_far, currency),
                self.env._("%(month)s so far", month=name),
                size="small",
            ),
            *self._get_rest_line(month, currency),
            blocks.FigureLine(
                blocks.money(point, currency),
                self.env._("%(month)s expected", month=name),
            ),
            *self._get_next_order_line(scope, so_far),
        )
        change = self._get_last_month_line(point, month.last_month / scale, currency)
        words = f"{self._get_range_words(month, currency)} "
        return [
            blocks.Figure(addition, adds_up=True),
            *([blocks.figure(*change)] if change else []),
            blocks.Text(words + self._get_confidence_text(month)),
        ]

    def _get_rest_line(self, month, currency):
        if month.is_reached:
            return []
        rest = (month.point - month.so_far) / 10**currency.decimal_places
        words = self.env._("on average still to come")
        return [blocks.FigureLine(blocks.money(rest, currency), words, size="small")]

    def _get_next_order_line(self, scope, so_far):
        """What the month comes to with the next order, where it is one of this month.

        The projection is a mean: of the months with that order, and of those without.
        """
        cents = scope.expectation.cents_within_month
        if not cents:
            return []
        with_it = so_far + cents / 10**scope.currency.decimal_places
        words = self.env._("with the next order")
        cell = blocks.money(with_it, scope.currency)
        return [blocks.FigureLine(cell, words, size="small")]

    def _get_missing_words(self, metric):
        """Say why nothing is projected of this customer."""
        if metric.left_out_reason:
            return self.env._(
                "Not counted: %(reason)s. Such customers are projected together.",
                reason=metric._get_left_out_label(),
            )
        return self.env._("This month is projected in the coming night.")

    def _get_range_words(self, month, currency):
        """Say the range; a projection at its end is a mean of much and nothing."""
        if month.is_reached:
            return self.env._("Already reached; expected as of the night.")
        if month.low is None:
            return self.env._("Expected as of the night.")
        scale = 10**currency.decimal_places
        low, point, high = (
            format_amount(cents / scale, currency)
            for cents in (month.low, month.point, month.high)
        )
        if low == point == high:
            return self.env._("Expected as of the night.")
        if low == point:
            return self.env._("Likely up to %(high)s.", high=high)
        if high == point:
            return self.env._("That is on average; less is likelier.")
        return self.env._("Likely between %(low)s and %(high)s.", low=low, high=high)

    def _get_last_month_line(self, point, before, currency):
        """The difference to the whole of last month."""
        if before <= 0:
            return []
        change = (point - before) / before
        words = self.env._(
            "on last month's %(value)s", value=format_amount(before, currency)
        )
        return [make_change_line(blocks.percent(change), words, change)]

    def _get_confidence_text(self, month):
        confidence = describe_confidence(self.env, month.confidence)
        if month.is_open:
            return self.env._(
                "Confidence %(class)s: one order more or less decides this month. "
                "Customers add up to their account manager and company.",
                **{"class": confidence},
            )
        words = self.env._(
            "Confidence %(class)s: %(months)s whole months of history",
            months=month.whole_months,
            **{"class": confidence},
        )
        if month.past_error is not None:
            words = self.env._(
                "%(words)s, off by %(error)s on this day of past months",
                words=words,
                error=format_share(self.env, round(month.past_error, 2)),
            )
        return self.env._(
            "%(words)s. Customers add up to their account manager and company.",
            words=words,
        )
