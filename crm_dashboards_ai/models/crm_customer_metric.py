# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.crm_dashboards.analytics.change import change_direction
from odoo.addons.crm_dashboards.analytics.history import day_to_date
from odoo.addons.crm_dashboards.analytics.rhythm import whole_days
from odoo.addons.crm_dashboards.tiles.customer.narrative import format_figures

from ..writing.answer import get_placeholders
from ..writing.request import Figure, build_question

SHARES = {"month_change", "year_change"}
DAYS = {"recency_days", "interval_days", "days_overdue"}


class CrmCustomerMetric(models.Model):
    """What is true of a customer, in sentences and figures without any name."""

    _inherit = "crm.customer.metric"

    def _prepare_summary(self, model, story):
        """Return the Question for a model about this customer.

        :param str model: name of the model
        :param CustomerStory story: as of ``make_story``
        """
        figures = self._get_summary_figures(story)
        known = {figure.name for figure in figures}
        sentences = [
            sentence
            for sentence in self._get_summary_sentences(story)
            if get_placeholders(sentence) <= known
        ]
        return build_question(model, sentences, figures)

    # ------------------------------------------------------------------
    # Sentences: each is true by itself, whatever stands beside it
    # ------------------------------------------------------------------

    def _get_summary_sentences(self, story):
        """Return the sentences that are true, in the user's language.

        Those with a placeholder are true where its figure is defined.
        """
        sentences = {
            **self._get_year_sentences(story),
            **self._get_month_sentences(story),
            **self._get_order_sentences(story),
        }
        return [sentence for sentence, holds in sentences.items() if holds]

    def _get_year_sentences(self, story):
        figures = {
            "this_year": "{{this_year}}",
            "last_year": "{{last_year}}",
            "year_change": "{{year_change}}",
        }
        running = bool(story.trend) and not (story.new or story.back or story.lost)
        trend = story.trend
        if story.may_be_chance:
            trend = f"{trend} by chance"
        direction = change_direction(story.change_share or 0)
        return {
            self.env._(
                "The past 12 months brought %(this_year)s, after %(last_year)s in the "
                "12 months before.",
                **figures,
            ): running,
            self.env._("Over the year, sales are growing."): trend == "growing",
            self.env._("Over the year, sales are growing, maybe by chance."): (
                trend == "growing by chance"
            ),
            self.env._("Over the year, sales are steady."): story.trend == "static",
            self.env._("Over the year, sales are declining."): trend == "declining",
            self.env._("Over the year, sales are declining, maybe by chance."): (
                trend == "declining by chance"
            ),
            self.env._(
                "Over the past 12 months, sales were %(year_change)s higher than in "
                "the 12 months before.",
                **figures,
            ): running and direction == "up",
            self.env._(
                "Over the past 12 months, sales were %(year_change)s lower than in "
                "the 12 months before.",
                **figures,
            ): running and direction == "down",
            self.env._(
                "The customer is new: %(this_year)s in the first year.", **figures
            ): story.new,
            self.env._(
                "The customer is back: %(this_year)s after a year without.", **figures
            ): story.back,
            self.env._(
                "The customer bought nothing in the past 12 months, after "
                "%(last_year)s in the 12 months before.",
                **figures,
            ): story.lost,
        }

    def _get_month_sentences(self, story):
        figures = {
            "month_orders": "{{month_orders}}",
            "same_days_orders": "{{same_days_orders}}",
            "month_change": "{{month_change}}",
            "projected_month": "{{projected_month}}",
        }
        month, before = story.month_cents, story.same_days_cents
        both = month > 0 and before > 0
        direction = change_direction((month - before) / before) if both else None
        return {
            self.env._(
                "Ordered so far this month: %(month_orders)s, after "
                "%(same_days_orders)s in the same days of last month.",
                **figures,
            ): both,
            self.env._(
                "This month is %(month_change)s ahead of the same days of last month.",
                **figures,
            ): direction == "up",
            self.env._(
                "This month is %(month_change)s behind the same days of last month.",
                **figures,
            ): direction == "down",
            self.env._("This month is level with the same days of last month."): (
                direction == "level"
            ),
            self.env._(
                "Ordered so far this month: %(month_orders)s, after nothing by this "
                "day of last month.",
                **figures,
            ): month > 0 >= before,
            self.env._(
                "Nothing is ordered yet this month, where it was %(same_days_orders)s "
                "in the same days of last month.",
                **figures,
            ): before > 0 >= month,
            self.env._("The month is heading for %(projected_month)s.", **figures): (
                True
            ),
        }

    def _get_order_sentences(self, story):
        figures = {
            "recency_days": "{{recency_days}}",
            "interval_days": "{{interval_days}}",
            "days_overdue": "{{days_overdue}}",
            "expected_day": "{{expected_day}}",
            "expected_value": "{{expected_value}}",
        }
        late = story.days_overdue > 0
        awaited = not (late or story.lapsed or story.missing)
        return {
            self.env._("Days since the last order: %(recency_days)s.", **figures): True,
            self.env._(
                "Days since the last order: %(recency_days)s, where %(interval_days)s "
                "are usual between two orders.",
                **figures,
            ): True,
            self.env._(
                "The next order is expected around %(expected_day)s.", **figures
            ): awaited,
            self.env._(
                "The next order is expected to be worth about %(expected_value)s.",
                **figures,
            ): not story.lapsed,
            self.env._(
                "An order was expected on %(expected_day)s; days since then: "
                "%(days_overdue)s.",
                **figures,
            ): late and not story.lapsed,
            self.env._(
                "An order is missing: it is much later than usual."
            ): story.missing,
            self.env._("An order is hardly to be expected any more."): story.lapsed,
            self.env._(
                "The customer pauses at this time in other years, too."
            ): story.seasonal,
        }

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _get_summary_figures(self, story):
        """Return the figures that are defined."""
        values = {
            **self._get_month_values(story),
            **self._get_year_values(story),
            **self._get_next_order_values(story),
        }
        return [
            self._make_figure(name, value)
            for name, value in values.items()
            if value is not None
        ]

    def _get_month_values(self, story):
        month, before = story.month_cents, story.same_days_cents
        both = month > 0 and before > 0
        sure = story.confidence in ("high", "medium")
        return {
            "month_orders": month,
            "same_days_orders": before,
            "month_change": (month - before) / before if both else None,
            "projected_month": story.projected_cents if sure else None,
        }

    def _get_year_values(self, story):
        if story.trend is None:
            return {}
        share = story.change_share
        defined = share is not None and share >= -1
        return {
            "this_year": story.this_year_cents,
            "last_year": story.last_year_cents,
            "year_change": share if defined else None,
        }

    def _get_next_order_values(self, story):
        return {
            "recency_days": story.recency_days,
            "interval_days": story.interval_days,
            "days_overdue": story.days_overdue or None,
            "expected_day": story.expected_day,
            "expected_value": story.expected_cents,
        }

    def _make_figure(self, name, value):
        if name in SHARES:
            text = format_figures(self.env, {"change_share": value})["change_share"]
            return Figure(name, round(value, 3), text)
        text = format_figures(self.env, {name: value})[name]
        if name == "expected_day":
            value = day_to_date(value).isoformat()
        elif name in DAYS:
            value = int(whole_days(value))
        else:
            value = value / 10**self.currency_id.decimal_places
        return Figure(name, value, text)
