import numpy as np

from odoo import api, models

from ..analytics.customer_projection import FEWEST_MONTHS, project_customers
from ..analytics.frames import to_python
from ..analytics.history import add_months
from ..analytics.projection import CONFIDENCE, month_start
from . import blocks


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _tile_customer_projection(self, scope):
        """What the customer's month is expected to come to, and how sure that is."""
        self._check_figures_access(self._get_customer(scope))
        metric = self._get_customer_metric(scope)
        if not metric.last_order_date:
            return self._empty(self.env._("There are no stored figures of orders."))
        month, last_cents = metric._project_month()
        if month["whole_months"] < FEWEST_MONTHS:
            return self._empty(
                self.env._(
                    "A projection needs %(count)s whole months since the first order.",
                    count=FEWEST_MONTHS,
                )
            )
        currency = metric.currency_id
        scale = 10**currency.decimal_places
        point = month["point_cents"] / scale
        so_far = month["so_far_cents"] / scale
        range_words = self.env._(
            "likely between %(low)s and %(high)s",
            low=blocks.format_amount(month["low_cents"] / scale, currency),
            high=blocks.format_amount(month["high_cents"] / scale, currency),
        )
        lines = [
            blocks.figure_line(blocks.money(point, currency), range_words, size="large")
        ]
        lines += self._get_last_month_line(point, last_cents / scale, currency)
        progress = {
            "type": "progress",
            "value": min(max(so_far / point, 0.0), 1.0) if point > 0 else 0.0,
            "label": self.env._(
                "%(value)s so far", value=blocks.format_amount(so_far, currency)
            ),
        }
        return self._ready(
            blocks.figure(*lines),
            progress,
            blocks.text(self._get_confidence_text(month)),
        )

    @api.model
    def _get_last_month_line(self, point, before, currency):
        """The difference to the whole of last month."""
        if before <= 0:
            return []
        change = (point - before) / before
        direction = "up" if change > 0 else "down" if change < 0 else "level"
        tones = {"up": "positive", "down": "negative", "level": "muted"}
        words = self.env._(
            "on last month's %(value)s", value=blocks.format_amount(before, currency)
        )
        cell = blocks.percent(change)
        return [blocks.figure_line(cell, words, "small", tones[direction], direction)]

    @api.model
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


class CrmCustomerMetric(models.Model):
    _inherit = "crm.customer.metric"

    def _project_month(self):
        """Project this customer's month from all its orders.

        :return: (dict of one customer's CustomerMonths, cents of the whole last month)
        """
        self.ensure_one()
        history, settings = self.env["crm.metric.refresh"]._read_customer_history(self)
        today = settings.as_of
        start = month_start(today)
        before = history.between(add_months(start, -1), start - 1)
        # What the silence takes from the usual rate compares all customers: the night
        # knows it. Everything else is as of this moment.
        usual = project_customers(history, today).daily_cents
        factor = np.ones_like(usual)
        stored = self.daily_sales * 10**settings.decimals
        np.divide(stored, usual, out=factor, where=usual > 0)
        months = project_customers(history, today, np.clip(factor, 0, 1))
        return (
            {name: column[0] for name, column in to_python(months).items()},
            int(before.cents.sum()),
        )
