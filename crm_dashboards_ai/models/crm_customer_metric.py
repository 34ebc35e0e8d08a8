# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.crm_dashboards.analytics.change import change_direction
from odoo.addons.crm_dashboards.analytics.history import day_to_date
from odoo.addons.crm_dashboards.analytics.rhythm import whole_days
from odoo.addons.crm_dashboards.tiles.customer.narrative import format_figures

from ..writing.request import Figure, build_request

CHANGE = "reads 'N % more', 'N % less' or 'no change'"
MEANINGS = {
    "month_orders": "ordered this month so far, an amount of money",
    "same_days_orders": "ordered by the same day of last month, an amount of money",
    "month_change": f"this month against the same days of last month; {CHANGE}",
    "projected_month": "what this month is heading for, an amount of money",
    "this_year": "sales of the past year, an amount of money",
    "last_year": "sales of the year before that, an amount of money",
    "year_change": f"the past year against the year before; {CHANGE}",
    "recency_days": "days since the last order, a bare number",
    "interval_days": "usual days between two orders, a bare number",
    "days_overdue": "days by which the next order is late, a bare number",
    "expected_day": "date at which the next order is or was expected",
    "expected_value": "what the next order is expected to be worth, money",
}
CHANGES = {"month_change", "year_change"}
DAYS = {"recency_days", "interval_days", "days_overdue"}
TRENDS = {
    "growing": "Over the year, sales are growing.",
    "static": "Over the year, sales are steady.",
    "declining": "Over the year, sales are declining.",
}


class CrmCustomerMetric(models.Model):
    """A customer's figures as a model gets them, without any name."""

    _inherit = "crm.customer.metric"

    def _prepare_summary(self, model, lang, story):
        """Return what to ask a model about this customer.

        :param str model: name of the model
        :param str lang: language to write in
        :param CustomerStory story: as of ``make_story``
        :return: (body of the call, {placeholder: text that replaces it})
        """
        figures = self._get_summary_figures(story)
        request = build_request(model, lang, self._get_summary_facts(story), figures)
        return request, {figure.name: figure.text for figure in figures}

    def _get_summary_facts(self, story):
        """Return what a model is told beside the figures; never anybody's own words."""
        facts = {
            TRENDS.get(story.trend): bool(story.trend),
            "The change over the year may be chance.": story.may_be_chance,
            "The customer is new this year.": story.new,
            "The customer bought nothing in the past year.": story.lost,
            "An order is missing: much later than usual.": story.missing,
            "An order is hardly to be expected any more.": story.lapsed,
            "The customer pauses at this time in other years, too.": story.seasonal,
        }
        return [fact for fact, holds in facts.items() if holds]

    def _get_summary_figures(self, story):
        """Return the figures a model may speak of, those that are defined."""
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
        if name in CHANGES:
            return Figure(
                name, MEANINGS[name], round(value, 3), self._format_change(value)
            )
        text = format_figures(self.env, {name: value})[name]
        if name == "expected_day":
            value = day_to_date(value).isoformat()
        elif name in DAYS:
            value = int(whole_days(value))
        else:
            value = value / 10**self.currency_id.decimal_places
        return Figure(name, MEANINGS[name], value, text)

    def _format_change(self, share):
        """Return a change in words that hold whatever the model says around them."""
        direction = change_direction(share)
        if direction == "level":
            return self.env._("no change")
        figures = format_figures(self.env, {"change_share": share})
        if direction == "up":
            return self.env._("%(change_share)s more", **figures)
        return self.env._("%(change_share)s less", **figures)
