# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np

from odoo import models

from ...analytics.customer_projection import FEWEST_MONTHS, project_customers
from ...analytics.frames import to_python
from ...analytics.history import add_months
from ...analytics.projection import CONFIDENCE, month_start
from .. import blocks
from ..mixins.trend import make_change_line
from ..words import format_amount


class CrmTileCustomerProjection(models.AbstractModel):
    """What the customer's month is expected to come to, and how sure that is."""

    _name = "crm.tile.customer_projection"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Month Projection"

    _report_action = ""
    _adds_up_companies = False
    _has_stored_figures = True

    def _get_content(self, scope):
        scope.customer._check_crm_figures_access()
        if not scope.metric.last_order_date:
            return self._empty(self.env._("There are no stored figures of orders."))
        month, last_cents = project_month_of(scope.metric)
        if month["whole_months"] < FEWEST_MONTHS:
            return self._empty(
                self.env._(
                    "A projection needs %(count)s whole months since the first order.",
                    count=FEWEST_MONTHS,
                )
            )
        currency = scope.currency
        scale = 10**currency.decimal_places
        point = month["point_cents"] / scale
        so_far = month["so_far_cents"] / scale
        range_words = self.env._(
            "likely between %(low)s and %(high)s",
            low=format_amount(month["low_cents"] / scale, currency),
            high=format_amount(month["high_cents"] / scale, currency),
        )
        return self._ready(
            blocks.figure(
                blocks.FigureLine(
                    blocks.money(point, currency), range_words, size="large"
                ),
                *self._get_last_month_line(point, last_cents / scale, currency),
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
        confidence = CONFIDENCE[month["confidence"]]
        words = self.env._(
            "Confidence %(class)s: %(months)s whole months of history",
            months=month["whole_months"],
            **{"class": self._get_confidence_label(confidence)},
        )
        if month["past_error"] is not None:
            words = self.env._(
                "%(words)s, off by %(error)s %% on this day of past months",
                words=words,
                error=round(100 * month["past_error"]),
            )
        return self.env._(
            "%(words)s. Customers do not add up to their company's projection.",
            words=words,
        )

    def _get_terms(self):
        return []  # what is said of live orders is not of stored figures


def project_month_of(metric):
    """Project a customer's month from all its orders.

    :param metric: crm.customer.metric, one record
    :return: (dict of one customer's CustomerMonths, cents of the whole last month)
    """
    refresh = metric.env["crm.metric.refresh"]
    history, settings = refresh._read_customer_history(metric)
    today = settings.as_of
    start = month_start(today)
    before = history.between(add_months(start, -1), start - 1)
    # What the days without an order take from the usual rate compares all customers:
    # the night knows it. Everything else is as of this moment.
    usual = project_customers(history, today).daily_cents
    factor = np.ones_like(usual)
    stored = metric.daily_sales * 10**settings.decimals
    np.divide(stored, usual, out=factor, where=usual > 0)
    months = project_customers(history, today, np.clip(factor, 0, 1))
    return (
        {name: column[0] for name, column in to_python(months).items()},
        int(before.cents.sum()),
    )
