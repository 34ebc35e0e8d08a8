# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How figures changed, as several tiles say it."""

from ...analytics.change import change_direction
from ...analytics.history import add_months, day_number
from ...models.date_words import format_day
from ...nightly.night import TREND_FROM_ORDERS, TREND_MONTHS
from ...nightly.trend_months import read_trend_months
from .. import blocks
from ..words import format_amount

GRACE_DAYS = 31  # without a document at the beginning, as any small company has

CHANGE_TONES = {"up": "positive", "down": "negative", "level": "muted"}
TONES = {"growing": "positive", "static": "neutral", "declining": "negative"}
DIRECTIONS = {"growing": "up", "static": "level", "declining": "down"}


def get_trend_labels(env):
    """Return {class of the trend: its name}."""
    field = env["crm.customer.metric"]._fields["trend"]
    return dict(field._description_selection(env))


def make_trend_cell(metric):
    """Return the change of turnover as a cell, in words where there is none."""
    env = metric.env
    if metric.trend_is_new:
        return blocks.words(env._("new"))
    if metric.trend_is_back:
        return blocks.words(env._("back"))
    if metric.trend_is_lost:
        return blocks.words(env._("lost"))
    if metric.trend_last_year <= 0:
        return blocks.words(False)
    if metric.trend_change < -1:
        return blocks.words(env._("−100% or more"))
    return blocks.percent(metric.trend_change)


def make_sparklines(metrics):
    """Return {id: Sparkline} of the months behind the trend of a few customers.

    :param metrics: crm.customer.metric of one company
    """
    months = read_trend_months(metrics)
    return {
        metric.id: blocks.Sparkline(
            months[metric.id],
            _describe_months(metric, months[metric.id]),
            TONES[metric.trend],
        )
        for metric in metrics
        if metric.id in months
    }


def _describe_months(metric, months):
    env, currency = metric.env, metric.currency_id
    return env._(
        "24 months: %(before)s a month in the first year, %(now)s in the last, "
        "%(most)s at most.",
        before=format_amount(sum(months[:12]) / 12, currency),
        now=format_amount(sum(months[12:]) / 12, currency),
        most=format_amount(max(months), currency),
    )


def make_change_line(cell, words, change, drill=False):
    """Return the small line of a change, with its arrow.

    :param change: share or difference that decides where the arrow points
    """
    direction = change_direction(change)
    tone = CHANGE_TONES[direction]
    return blocks.FigureLine(cell, words, "small", tone, direction, drill)


def describe_short_history(env, refresh):
    """Say that a company's year before is not whole, empty where it is.

    Customers seem to grow where the earlier documents are not in the database.
    """
    start, as_of = refresh.history_start, refresh.as_of
    if not start or not as_of:
        return ""
    whole_from = add_months(day_number(as_of.date()), -TREND_MONTHS)
    if day_number(start) <= whole_from + GRACE_DAYS:
        return ""
    day = format_day(env, start)
    if refresh.trend_source == TREND_FROM_ORDERS:
        return env._(
            "The first order is of %(day)s: the year before is not whole, so customers "
            "seem to grow.",
            day=day,
        )
    return env._(
        "The first invoice is of %(day)s: the year before is not whole, so customers "
        "seem to grow.",
        day=day,
    )
