# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A customer's figures in two or three sentences, by rules.

What is said is decided here; the sentences themselves, in every language, belong to
whoever shows them. Each message is a key and the figures of its sentence.
"""

from dataclasses import dataclass

from .change import change_direction

__all__ = ["CustomerStory", "narrative"]

MONTH_KEYS = {"up": "month_ahead", "down": "month_behind", "level": "month_level"}


@dataclass(frozen=True)
class CustomerStory:
    """What is known of a customer, in plain Python; None where undefined.

    Money is in cents and days are day numbers or counts of days, as in the results
    that they come from; nothing here does more than compare them.

    Attributes
    ----------
    order_count : int
        Orders ever.
    month_cents, same_days_cents : int
        This month so far, and the same days of last month.
    projected_cents, confidence
        Of the month; see :mod:`~.projection`.
    trend : str or None
        One of :data:`~.trend.TREND_CLASSES`.
    this_year_cents, last_year_cents, change_share, new, back, lost, may_be_chance
        See :class:`~.trend.Trends`.
    recency_days : int or None
        Days since the last order.
    compared : bool
        Whether it is one of those of whom a rhythm is taken.
    interval_days, expected_day, expected_cents, days_overdue
        See :class:`~.missing_orders.MissingOrders`; days overdue above 0 only.
    missing, lapsed, seasonal : bool
    churn_probability : float or None
        Known while an order is overdue.
    """

    order_count: int = 0
    month_cents: int = 0
    same_days_cents: int = 0
    projected_cents: int | None = None
    confidence: str | None = None
    trend: str | None = None
    this_year_cents: int = 0
    last_year_cents: int = 0
    change_share: float | None = None
    new: bool = False
    back: bool = False
    lost: bool = False
    may_be_chance: bool = False
    recency_days: int | None = None
    compared: bool = True
    interval_days: float | None = None
    expected_day: int | None = None
    expected_cents: int | None = None
    days_overdue: int = 0
    missing: bool = False
    lapsed: bool = False
    seasonal: bool = False
    churn_probability: float | None = None


def narrative(story):
    """Messages about a customer, in the order in which they are read.

    Parameters
    ----------
    story : CustomerStory

    Returns
    -------
    list of (str, dict)
        At most three: the year, the month, the next order. Keys and figures:

        - ``never_ordered``
        - ``year_new``, ``year_back`` {this_year}, ``year_lost`` {last_year},
          ``year_growing``, ``year_static``, ``year_declining``,
          ``year_growing_by_chance``, ``year_declining_by_chance``
          {this_year, last_year, change_share}; ``year_up``, ``year_down``,
          ``year_level`` {this_year, last_year} where no percentage makes sense
        - ``month_ahead``, ``month_behind``, ``month_level``
          {month, same_days, change_share}, ``month_begun`` {month},
          ``month_empty`` {same_days}; each with ``_projected`` {…, projected} where
          the projection is better than low
        - ``order_lapsed``, ``order_missing`` {recency_days, interval_days},
          ``order_missing_leaving`` {the same, churn_probability},
          ``order_seasonal`` {late}, ``order_overdue`` {late, expected_day},
          ``order_expected`` {expected_day, expected_cents or None},
          ``order_first``, ``order_last``, ``order_without_rhythm`` {ago}; late and
          ago are days
    """
    if not story.order_count:
        return [("never_ordered", {})]
    messages = (_year(story), _month(story), _next_order(story))
    return [message for message in messages if message]


def _year(story):
    if story.trend is None:
        return None
    if story.new or story.back:
        key = "year_new" if story.new else "year_back"
        return key, {"this_year": story.this_year_cents}
    if story.lost:
        return "year_lost", {"last_year": story.last_year_cents}
    years = {"this_year": story.this_year_cents, "last_year": story.last_year_cents}
    if story.change_share is None or story.change_share < -1:
        word = {"growing": "up", "declining": "down", "static": "level"}[story.trend]
        return f"year_{word}", years
    by_chance = story.may_be_chance and story.trend != "static"
    key = f"year_{story.trend}" + ("_by_chance" if by_chance else "")
    return key, {**years, "change_share": story.change_share}


def _month(story):
    month, before = story.month_cents, story.same_days_cents
    if month <= 0 and before <= 0:
        return None
    if month <= 0:
        key, figures = "month_empty", {"same_days": before}
    elif before <= 0:
        key, figures = "month_begun", {"month": month}
    else:
        change = (month - before) / before
        key = MONTH_KEYS[change_direction(change)]
        figures = {"month": month, "same_days": before, "change_share": change}
    if story.projected_cents is None or story.confidence not in ("high", "medium"):
        return key, figures
    return f"{key}_projected", {**figures, "projected": story.projected_cents}


def _next_order(story):
    ago = {"ago": story.recency_days}
    rhythm = {"recency_days": story.recency_days, "interval_days": story.interval_days}
    if not story.compared:
        return "order_last", ago
    if story.expected_day is None:
        first = story.order_count == 1
        return "order_first" if first else "order_without_rhythm", ago
    if story.lapsed:
        return "order_lapsed", rhythm
    if story.missing:
        if story.churn_probability is None:
            return "order_missing", rhythm
        leaving = {"churn_probability": story.churn_probability}
        return "order_missing_leaving", {**rhythm, **leaving}
    if story.days_overdue > 0 and story.seasonal:
        return "order_seasonal", {"late": story.days_overdue}
    expected = {"expected_day": story.expected_day}
    if story.days_overdue > 0:
        return "order_overdue", {**expected, "late": story.days_overdue}
    return "order_expected", {**expected, "expected_cents": story.expected_cents}
