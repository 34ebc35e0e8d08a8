# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import LazyTranslate

from ...analytics.customer_projection import FEWEST_MONTHS
from .. import blocks
from ..mixins.trend import make_change_line
from ..words import format_amount, format_share

_lt = LazyTranslate(__name__)


class CrmTileCustomerProjection(models.AbstractModel):
    """What the customer's month is expected to come to, and how sure that is."""

    _name = "crm.tile.customer_projection"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Month Projection"
    _purpose = _lt("What the customer is expected to order this month.")

    _report_action = ""
    _adds_up_companies = False
    _has_stored_figures = True

    def _get_content(self, scope):
        scope.customer._check_crm_figures_access()
        if not scope.metric.last_order_date:
            return self._empty(self.env._("There are no stored figures of orders."))
        month = scope.month
        if month.whole_months < FEWEST_MONTHS:
            return self._empty(
                self.env._(
                    "A projection needs %(count)s whole months since the first order.",
                    count=FEWEST_MONTHS,
                )
            )
        if month.point is None:
            return self._empty(self._get_missing_words(scope.metric))
        currency = scope.currency
        scale = 10**currency.decimal_places
        point, so_far = month.point / scale, month.so_far / scale
        return self._ready(
            blocks.figure(
                blocks.FigureLine(
                    blocks.money(point, currency),
                    self._get_range_words(month, currency),
                    size="large",
                ),
                *self._get_last_month_line(point, month.last_month / scale, currency),
            ),
            blocks.Progress(
                value=min(max(so_far / point, 0.0), 1.0) if point > 0 else 0.0,
                label=self.env._(
                    "%(value)s so far", value=format_amount(so_far, currency)
                ),
            ),
            blocks.Text(self._get_confidence_text(month)),
            *self._get_unrated_text(
                scope,
                self.env["sale.order"]._get_confirmed_domain(scope.company)
                & scope.get_customer_domain(),
            ),
            *self._get_all_orders_text(),
        )

    def _get_missing_words(self, metric):
        """Say why nothing is projected of this customer."""
        if metric.left_out_reason:
            return self.env._(
                "Not counted: %(reason)s. Such customers are projected together.",
                reason=metric._get_left_out_label(),
            )
        return self.env._("This month is projected in the coming night.")

    def _get_range_words(self, month, currency):
        """Return the range; a projection at its end is a mean of much and nothing."""
        if month.is_reached:
            return self.env._("expected as of the night: already reached")
        if month.low is None:
            return self.env._("expected as of the night")
        scale = 10**currency.decimal_places
        low, point, high = (
            format_amount(cents / scale, currency)
            for cents in (month.low, month.point, month.high)
        )
        if low == point == high:
            return self.env._("expected as of the night")
        if low == point:
            return self.env._("likely up to %(high)s", high=high)
        if high == point:
            return self.env._("on average; likely less")
        return self.env._("likely between %(low)s and %(high)s", low=low, high=high)

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
        confidence = self._get_confidence_label(month.confidence)
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

    def _get_terms(self):
        return []  # what is said of live orders is not of stored figures
