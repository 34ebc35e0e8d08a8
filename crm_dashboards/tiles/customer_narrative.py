from odoo import models

from ..analytics.customer_projection import project_customers
from ..analytics.frames import to_python
from ..analytics.history import add_months, day_number, day_to_date
from ..analytics.narrative import CustomerStory, narrative
from ..analytics.projection import CONFIDENCE, month_start
from . import blocks


class CrmCustomerMetric(models.Model):
    """A customer's figures in two or three sentences, by rules."""

    _inherit = "crm.customer.metric"

    def _get_narrative(self):
        """Return the written summary of this customer, in the user's language."""
        self.ensure_one()
        words = self._get_narrative_words()
        return " ".join(
            words[key] % self._format_figures(figures)
            for key, figures in narrative(self._get_story())
        )

    def _get_story(self):
        """Return the CustomerStory of this customer: stored figures, and its month."""
        history, settings = self.env["crm.metric.refresh"]._read_customer_history(self)
        today, scale = settings.as_of, 10**settings.decimals
        start = month_start(today)
        last = add_months(start, -1)
        same_days = history.between(last, min(last + today - start, start - 1))
        awaited = bool(self.is_awaited)
        expected = self.expected_order_date
        return CustomerStory(
            order_count=self.order_total_count,
            month_cents=int(history.between(start, today).cents.sum()),
            same_days_cents=int(same_days.cents.sum()),
            trend=self.trend or None,
            this_year_cents=round(self.trend_this_year * scale),
            last_year_cents=round(self.trend_last_year * scale),
            change_share=self.trend_change if self.trend_last_year > 0 else None,
            new=self.trend_is_new,
            lost=self.trend_is_lost,
            may_be_chance=self.trend_is_chance,
            silence_days=self._get_silence_days() if self.last_order_date else None,
            interval_days=self.interval_days or None,
            expected_day=day_number(expected) if expected else None,
            expected_cents=round(self.expected_order_value * scale) or None,
            days_overdue=self.days_overdue if awaited else 0,
            missing=bool(self.is_missing),
            given_up=self.order_state == "given_up",
            seasonal=self.order_state == "seasonal",
            **self._get_projection_figures(history, today),
        )

    def _get_projection_figures(self, history, today):
        """Return point and confidence of this customer's month, from its history."""
        if not history.customer_count:
            return {}
        month = to_python(project_customers(history, today))
        confidence = month["confidence"][0]
        return {
            "projected_cents": month["point_cents"][0],
            "confidence": CONFIDENCE[confidence] if confidence >= 0 else None,
        }

    def _format_figures(self, figures):
        """Return the figures of a message in words, by the name of the figure."""
        currency = self.currency_id
        formats = {
            "change_share": lambda share: f"{abs(round(100 * share))} %",
            "expected_day": lambda day: blocks.format_day(self.env, day_to_date(day)),
            "silence_days": str,
            "days_overdue": str,
            "interval_days": lambda days: str(round(days)),
        }
        scale = 10**currency.decimal_places

        def format_money(cents):
            return blocks.format_amount((cents or 0) / scale, currency)

        return {
            name: formats.get(name, format_money)(value)
            for name, value in figures.items()
        }

    def _get_narrative_words(self):
        """Return the sentence of each message, see analytics.narrative."""
        return {**self._get_year_words(), **self._get_month_words(), **self._get_next()}

    def _get_year_words(self):
        years = self.env._("%(this_year)s in 12 months after %(last_year)s before.")
        return {
            "never_ordered": self.env._("This customer has never ordered."),
            "year_new": self.env._("New: %(this_year)s in the first year."),
            "year_lost": self.env._(
                "Nothing in the last 12 months, after %(last_year)s before."
            ),
            "year_growing": self.env._("Growing by %(change_share)s: ") + years,
            "year_static": self.env._("Steady: ") + years,
            "year_declining": self.env._("Declining by %(change_share)s: ") + years,
            "year_growing_by_chance": self.env._(
                "Up by %(change_share)s, maybe by chance: "
            )
            + years,
            "year_declining_by_chance": self.env._(
                "Down by %(change_share)s, maybe by chance: "
            )
            + years,
            "year_up": self.env._("Up: ") + years,
            "year_down": self.env._("Down: ") + years,
            "year_level": self.env._("Level: ") + years,
        }

    def _get_month_words(self):
        words = {
            "month_ahead": self.env._(
                "This month is %(change_share)s ahead of the same days of last month"
            ),
            "month_behind": self.env._(
                "This month is %(change_share)s behind the same days of last month"
            ),
            "month_level": self.env._(
                "This month is level with the same days of last month"
            ),
            "month_begun": self.env._(
                "%(month)s ordered this month, nothing by now last month"
            ),
            "month_silent": self.env._(
                "Nothing ordered this month, %(same_days)s by now last month"
            ),
        }
        projected = self.env._("%(sentence)s; it is heading for %(projected)s.")
        return {
            **{key: f"{sentence}." for key, sentence in words.items()},
            **{
                f"{key}_projected": projected.replace("%(sentence)s", sentence)
                for key, sentence in words.items()
            },
        }

    def _get_next(self):
        return {
            "order_given_up": self.env._(
                "Silent for %(silence_days)s days where %(interval_days)s were usual: "
                "hardly to be expected any more."
            ),
            "order_seasonal": self.env._(
                "The order is %(days_overdue)s days late, as in other years at this "
                "time."
            ),
            "order_missing": self.env._(
                "An order is missing: usually every %(interval_days)s days, the last "
                "%(silence_days)s days ago."
            ),
            "order_overdue": self.env._(
                "The order expected on %(expected_day)s is %(days_overdue)s days late."
            ),
            "order_expected": self.env._(
                "The next order is expected around %(expected_day)s."
            ),
            "order_first": self.env._("So far one order, %(silence_days)s days ago."),
            "order_without_rhythm": self.env._(
                "The last order was %(silence_days)s days ago; there is no rhythm yet."
            ),
        }
