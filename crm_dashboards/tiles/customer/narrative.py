# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A customer's figures in two or three sentences, by rules."""

from ...analytics.customer_projection import project_customers
from ...analytics.frames import to_python
from ...analytics.history import add_months, day_number, day_to_date
from ...analytics.narrative import CustomerStory, narrative
from ...analytics.projection import CONFIDENCE, month_start
from ...analytics.rhythm import whole_days
from ..words import format_amount, format_day


def write_narrative(metric):
    """Return the written summary of a customer, in the user's language.

    :param metric: crm.customer.metric, one record
    """
    words = _get_words(metric.env)
    return " ".join(
        words[key] % format_figures(metric, figures)
        for key, figures in narrative(make_story(metric))
    )


def make_story(metric):
    """Return the CustomerStory of a customer: stored figures, and its month."""
    refresh = metric.env["crm.metric.refresh"]
    history, settings = refresh._read_customer_history(metric)
    today, scale = settings.as_of, 10**settings.decimals
    start = month_start(today)
    last = add_months(start, -1)
    same_days = history.between(last, min(last + today - start, start - 1))
    expected = metric.expected_order_date
    recency = metric._get_recency_days() if metric.last_order_date else None
    return CustomerStory(
        order_count=metric.order_total_count,
        month_cents=int(history.between(start, today).cents.sum()),
        same_days_cents=int(same_days.cents.sum()),
        trend=metric.trend or None,
        this_year_cents=round(metric.trend_this_year * scale),
        last_year_cents=round(metric.trend_last_year * scale),
        change_share=metric.trend_change if metric.trend_last_year > 0 else None,
        new=metric.trend_is_new,
        lost=metric.trend_is_lost,
        may_be_chance=metric.trend_is_chance,
        recency_days=recency,
        interval_days=metric.interval_days or None,
        expected_day=day_number(expected) if expected else None,
        expected_cents=round(metric.expected_order_value * scale) or None,
        days_overdue=metric.days_overdue if metric.is_overdue else 0,
        missing=bool(metric.is_missing),
        lapsed=metric.order_state == "lapsed",
        seasonal=metric.order_state == "seasonal",
        **_get_projection_figures(history, today),
    )


def _get_projection_figures(history, today):
    """Return point and confidence of a customer's month, from its history."""
    if not history.customer_count:
        return {}
    month = to_python(project_customers(history, today))
    confidence = month["confidence"][0]
    return {
        "projected_cents": month["point_cents"][0],
        "confidence": CONFIDENCE[confidence] if confidence >= 0 else None,
    }


def format_figures(metric, figures):
    """Return the figures of a message in words, by the name of the figure."""
    currency = metric.currency_id
    formats = {
        "change_share": lambda share: f"{abs(round(100 * share))} %",
        "expected_day": lambda day: format_day(metric.env, day_to_date(day)),
        "recency_days": str,
        "days_overdue": str,
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
            "The order is %(days_overdue)s days late, as in other years at this time."
        ),
        "order_missing": env._(
            "An order is missing: usually every %(interval_days)s days, the last "
            "%(recency_days)s days ago."
        ),
        "order_overdue": env._(
            "The order expected on %(expected_day)s is %(days_overdue)s days late."
        ),
        "order_expected": env._("The next order is expected around %(expected_day)s."),
        "order_first": env._("So far one order, %(recency_days)s days ago."),
        "order_without_rhythm": env._(
            "The last order was %(recency_days)s days ago; there is no rhythm yet."
        ),
    }
