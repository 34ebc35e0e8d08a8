from odoo import api, models
from odoo.exceptions import MissingError

from ..analytics.history import day_to_date
from ..analytics.rfm import SEGMENT_SHORT
from ..analytics.rfm_moves import beaten_shares, what_moves_up
from ..models.dashboard_scope import is_id
from . import blocks


class CrmCustomerMetric(models.Model):
    _inherit = "crm.customer.metric"

    @api.model
    def get_rfm_explanation(self, metric_id):
        """Say why a customer has its segment and what would move it up.

        :param int metric_id: id of a crm.customer.metric that the user may read
        :return: ``{title, lines: [{label, cell, beaten}], move}``; ``beaten`` is the
            share of the other customers that this one beats, False if not compared
        """
        self.env["crm.dashboard.tile"]._check_dashboard_access()
        metric = self.browse(metric_id if is_id(metric_id) else ()).exists()
        if not metric:
            raise MissingError(
                self.env._("These figures were made anew. Please refresh.")
            )
        metric.check_access("read")
        population, row = metric._read_population()
        beaten = beaten_shares(population, row) if row is not None else (None,) * 3
        values = (
            (
                self.env._("Days since last order"),
                blocks.days(metric._get_silence_days()),
            ),
            (self.env._("Orders"), blocks.count(metric.order_count)),
            (self.env._("Value"), blocks.money(metric.order_value, metric.currency_id)),
        )
        return {
            "title": metric._get_segment_label() or metric._get_left_out_label(),
            "lines": [
                {
                    "label": label,
                    "cell": cell,
                    "beaten": False if share is None else share,
                }
                for (label, cell), share in zip(values, beaten, strict=True)
            ],
            "move": row is not None and metric._describe_move(population, row),
        }

    def _get_badge(self):
        """Return the badge of this customer for a row, False without a segment."""
        self.ensure_one()
        if not self.segment:
            return False
        return {
            "segment": self.segment,
            "short": SEGMENT_SHORT[self.segment],
            "label": self._get_segment_label(),
            "metric_id": self.id,
        }

    def _describe_move(self, population, row):
        """Return the sentence that says which order now would move this customer up."""
        refresh = self.env["crm.metric.refresh"]
        history, settings = refresh._read_customer_history(self)
        orders = history.positive()
        move = what_moves_up(
            population,
            row,
            settings.as_of,
            self.segment,
            cutoffs=settings.cutoffs,
            usual_cents=int(orders.cents[-12:].min()) if len(orders.cents) else 1,
            own_orders=(history.day, history.cents),
            window_months=settings.window_months,
        )
        if move is None:
            return self.env._("No single order would move this customer up now.")
        labels = dict(self._fields["segment"]._description_selection(self.env))
        scale = 10**self.currency_id.decimal_places
        sentence = self.env._(
            "An order of %(value)s or more now would make it %(segment)s.",
            value=self.currency_id.format(move.value_cents / scale),
            segment=labels[move.segment],
        )
        if move.any_order:
            sentence = self.env._(
                "Any order now, such as one of %(value)s, would make it %(segment)s.",
                value=self.currency_id.format(move.value_cents / scale),
                segment=labels[move.segment],
            )
        if move.last_day is not None:
            sentence += " " + self.env._(
                "That holds until %(date)s.",
                date=blocks.format_day(self.env, day_to_date(move.last_day)),
            )
        return sentence
