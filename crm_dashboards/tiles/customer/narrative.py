# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A customer's figures in two or three sentences, by rules."""

from ...analytics.history import day_to_date
from ...analytics.narrative import CustomerStory, narrative
from ...analytics.rhythm import whole_days
from ...models.date_words import format_day
from ..words import format_ago, format_amount, format_days_late, format_share


def write_narrative(story, env):
    """Return the written summary of a customer, in the user's language.

    :param CustomerStory story: see :func:`make_story`
    :param env: of the user, in the customer's company
    """
    words = _get_words(env)
    return " ".join(
        words[key] % format_figures(env, figures) for key, figures in narrative(story)
    )


def make_story(scope, sales):
    """Return the CustomerStory of the customer of ``scope``, who has stored figures.

    :param PeriodSales sales: what stands beside the words; of the orders one may read
    """
    metric, expected = scope.metric, scope.expectation
    scale = 10**scope.currency.decimal_places
    return CustomerStory(
        order_count=expected.order_count,
        month_cents=round(sales.now * scale),
        same_days_cents=round(sales.same_days * scale),
        trend=metric.trend or None,
        this_year_cents=round(metric.trend_this_year * scale),
        last_year_cents=round(metric.trend_last_year * scale),
        change_share=metric.trend_change if metric.trend_last_year > 0 else None,
        new=metric.trend_is_new,
        back=metric.trend_is_back,
        lost=metric.trend_is_lost,
        may_be_chance=metric.trend_is_chance,
        recency_days=expected.recency_days,
        compared=not metric.left_out_reason,
        interval_days=expected.interval_days,
        expected_day=expected.expected_day,
        expected_cents=expected.expected_cents,
        days_overdue=expected.days_overdue,
        missing=expected.state == "missing",
        lapsed=expected.state == "lapsed",
        seasonal=expected.state == "seasonal",
        churn_probability=expected.churn_probability,
        **_get_projection_figures(scope),
    )


def _get_projection_figures(scope):
    """Return point and confidence of a customer's month.

    Nothing for those who may read but a part of its orders: so far is of these.
    """
    if not (scope.expectation.order_count and scope.env.user._reads_all_crm_orders()):
        return {}
    month = scope.month
    return {
        "projected_cents": None if month.is_reached else month.point,
        "confidence": month.confidence,
    }


def format_figures(env, figures):
    """Return the figures of a message in words, by the name of the figure."""
    currency = env.company.currency_id
    formats = {
        "change_share": lambda share: format_share(env, abs(share)),
        "expected_day": lambda day: format_day(env, day_to_date(day)),
        "late": lambda days: format_days_late(env, days),
        "ago": lambda days: format_ago(env, days),
        "recency_days": str,
        "days_overdue": str,
        "churn_probability": lambda share: format_share(env, share),
        "interval_days": lambda days: str(whole_days(days)),
    }
    scale = 10**currency.decimal_places

    def format_money(cents):
        return format_amount((cents or 0) / scale, currency)

    return {
        name: formats.get(name, format_money)(value) for name, value in figures.items()
    }


def _get_words(env):
    """Return the sentence of each message, see analytics.narrative."""
    return {**_get_year_words(env), **_get_month_words(env), **_get_order_words(env)}


def _get_year_words(env):
    years = env._("%(this_year)s in 12 months after %(last_year)s before.")
    return {
        "never_ordered": env._("This customer has never ordered."),
        "year_new": env._("New: %(this_year)s in the first year."),
        "year_back": env._("Back: %(this_year)s after a year without."),
        "year_lost": env._(
            "Nothing in the last 12 months, after %(last_year)s before."
        ),
        "year_growing": env._("Growing by %(change_share)s: ") + years,
        "year_static": env._("Steady: ") + years,
        "year_declining": env._("Declining by %(change_share)s: ") + years,
        "year_growing_by_chance": env._("Up by %(change_share)s, maybe by chance: ")
        + years,
        "year_declining_by_chance": env._("Down by %(change_share)s, maybe by chance: ")
        + years,
        "year_up": env._("Up: ") + years,
        "year_down": env._("Down: ") + years,
        "year_level": env._("Level: ") + years,
    }


def _get_month_words(env):
    words = {
        "month_ahead": env._(
            "This month is %(change_share)s ahead of the same days of last month"
        ),
        "month_behind": env._(
            "This month is %(change_share)s behind the same days of last month"
        ),
        "month_level": env._("This month is level with the same days of last month"),
        "month_begun": env._("%(month)s ordered this month, nothing by now last month"),
        "month_empty": env._(
            "Nothing ordered this month, %(same_days)s by now last month"
        ),
    }
    projected = env._("%(sentence)s; it is heading for %(projected)s.")
    return {
        **{key: f"{sentence}." for key, sentence in words.items()},
        **{
            f"{key}_projected": projected.replace("%(sentence)s", sentence)
            for key, sentence in words.items()
        },
    }


def _get_order_words(env):
    return {
        "order_lapsed": env._(
            "No order for %(recency_days)s days where %(interval_days)s were usual: "
            "hardly to be expected any more."
        ),
        "order_seasonal": env._(
            "The order is %(late)s, as in other years at this time."
        ),
        "order_missing": env._(
            "An order is missing: usually every %(interval_days)s days, the last "
            "%(recency_days)s days ago."
        ),
        "order_missing_leaving": env._(
            "An order is missing: usually every %(interval_days)s days, the last "
            "%(recency_days)s days ago; leaves: %(churn_probability)s."
        ),
        "order_overdue": env._("The order expected on %(expected_day)s is %(late)s."),
        "order_expected": env._("The next order is expected around %(expected_day)s."),
        "order_first": env._("So far one order, %(ago)s."),
        "order_last": env._("The last order was %(ago)s."),
        "order_without_rhythm": env._(
            "The last order was %(ago)s; there is no rhythm yet."
        ),
    }
