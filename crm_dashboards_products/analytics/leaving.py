# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Lines that customers who still order have stopped buying.

A line is a product that a customer buys. It leaves quietly when it fell silent for long
by its own rhythm, when the customer ordered without it again and again, and when others
go on buying the product. What others leave, too, is fading.
"""

from dataclasses import dataclass

import numpy as np

from .purchases import count_between

__all__ = ["Leaving", "choose_silence", "find_leaving", "is_watched"]

MIN_ORDER_DAYS = 4
SILENT_INTERVALS = 4
MOST_SILENCE = 12
MOST_AGAIN = 0.45  # of lines found, that were bought again by themselves
LEAST_TESTED = 25  # lines from which that share is known
ABSENT_ORDERS = 5
ACTIVE_INTERVALS = 2
EVIDENCE_ORDERS = 10
RECENT_DAYS = 28
BEFORE_DAYS = 56
FADING_SHARE = 0.5
YEAR_DAYS = 365
YOUNGEST_RATE_DAYS = 90
BEFORE_ALL = -1  # the day before all days


@dataclass(frozen=True, eq=False)
class Leaving:
    """Lines that fell silent, k of the p pairs of a company.

    Attributes
    ----------
    pair : int64[k]
        Which pair it is.
    fading : bool[k]
        Others stopped buying the product, too.
    interval_days : float64[k]
        Usual days between two purchases.
    silence : float64[k]
        Days since the last purchase, in usual or mean intervals, the longer ones.
    held_orders, orders_before : int32[k]
        "In 9 of the 10 orders before": of the customer's last ten order-days up to the
        last purchase, how many held the product.
    absent_orders : int32[k]
        Order-days of the customer since then, all without it.
    year_cents : int64[k]
        What the line came to in a year, at the rate of the last 365 days.
    """

    pair: np.ndarray
    fading: np.ndarray
    interval_days: np.ndarray
    silence: np.ndarray
    held_orders: np.ndarray
    orders_before: np.ndarray
    absent_orders: np.ndarray
    year_cents: np.ndarray


def is_watched(purchases, customer_interval, customer_last_day, as_of):
    """Which pairs can fall silent at all, bool[p].

    Those bought on at least four days by a customer who still orders: the last order is
    at most two of his own intervals ago.

    Parameters
    ----------
    purchases : Purchases
        Up to ``as_of``.
    customer_interval : float64[c]
        Usual days between two orders of each customer; NaN where that is not known.
    customer_last_day : int[c]
        Day of the last order.
    as_of : int
        Day number.
    """
    with np.errstate(invalid="ignore"):
        active = as_of - customer_last_day <= ACTIVE_INTERVALS * customer_interval
    return (purchases.counts >= MIN_ORDER_DAYS) & active[purchases.pair_customer]


def choose_silence(silence, again):
    """How long a silence it takes in a company whose lines come back by themselves.

    Nothing more is asked, 0, while of the lines found 45 % at most were bought again,
    or too few tell, fewer than 25. Else it is the least whole number of intervals, 4 to
    12, from which on that holds; never more than 4 where fewer than 25 lines tell.

    Parameters
    ----------
    silence : float64[k]
        See :class:`Leaving`; of lines found some time ago.
    again : bool[k]
        Which of them were bought again since.

    Returns
    -------
    int
    """
    if len(again) < LEAST_TESTED or again.mean() <= MOST_AGAIN:
        return 0
    chosen = SILENT_INTERVALS
    for least in range(SILENT_INTERVALS, MOST_SILENCE + 1):
        found = silence >= least
        if found.sum() < LEAST_TESTED:
            break
        chosen = least
        if again[found].mean() <= MOST_AGAIN:
            break
    return chosen


def find_leaving(
    purchases, watched, interval_days, seasonal, offered, as_of, least_silence=0
):
    """The watched lines that fell silent and are neither seasonal nor given up.

    Parameters
    ----------
    purchases : Purchases
        All of the company up to ``as_of``.
    watched : int64[k]
        Pairs to look at, see :func:`is_watched`.
    interval_days : float64[k]
        Usual days between two purchases of each.
    seasonal : bool[k]
        Bought in few months of the year, or silent at this time a year ago.
    offered : bool[q]
        Products that can be sold today.
    as_of : int
        Day number.
    least_silence : int
        What the company asks for beyond four usual intervals, see
        :func:`choose_silence`.

    Returns
    -------
    Leaving
    """
    customer = purchases.pair_customer[watched]
    product = purchases.pair_product[watched]
    last_day = purchases.last_day[watched]
    absent = count_between(purchases.order_days, customer, last_day, as_of)
    silent = as_of - last_day
    mean_days = (last_day - purchases.first_day[watched]) / np.maximum(
        purchases.counts[watched] - 1, 1
    )
    with np.errstate(invalid="ignore"):
        silence = silent / np.maximum(interval_days, mean_days)
        found = (silent >= SILENT_INTERVALS * interval_days) & ~seasonal
        found &= silence >= least_silence
    found &= (absent >= ABSENT_ORDERS) & (silent < YEAR_DAYS) & offered[product]
    pair, absent = watched[found], absent[found]
    held, before = _count_held(purchases, pair)
    return Leaving(
        pair=pair,
        fading=is_fading(purchases, pair, as_of),
        interval_days=interval_days[found],
        silence=silence[found],
        held_orders=held,
        orders_before=before,
        absent_orders=absent.astype(np.int32),
        year_cents=get_year_cents(purchases, pair, as_of),
    )


def is_fading(purchases, pair, as_of):
    """Whether others buy the product at less than half of its rate, bool[k].

    Its rate is buyers a day, the customer himself left out: in the last 28 days against
    the 56 days up to his last purchase, or those there are. A product that nobody else
    bought in the last 28 days fades.

    Parameters
    ----------
    purchases : Purchases
    pair : int64[k]
    as_of : int
        Day number.
    """
    last_day = purchases.last_day[pair]
    begun = purchases.day.min(initial=as_of)
    days = np.clip(last_day - begun + 1, 1, BEFORE_DAYS)
    recent = _count_others(purchases, pair, as_of - RECENT_DAYS, as_of)
    before = _count_others(purchases, pair, last_day - BEFORE_DAYS, last_day)
    # in whole numbers: rates of recent / 28 and before / days
    return (recent == 0) | (recent * days < FADING_SHARE * before * RECENT_DAYS)


def get_year_cents(purchases, pair, as_of):
    """What lines come to in a year at the rate of the last 365 days, int64[k].

    A line younger than a year is taken by its age, 90 days at least.
    """
    recent = np.where(purchases.day > as_of - YEAR_DAYS, purchases.cents, 0)
    running = np.concatenate(([0], np.cumsum(recent)))
    bought = running[purchases.starts[pair + 1]] - running[purchases.starts[pair]]
    age = np.clip(as_of - purchases.first_day[pair], YOUNGEST_RATE_DAYS, YEAR_DAYS)
    return np.floor(bought * YEAR_DAYS / age + 0.5).astype(np.int64)


def _count_others(purchases, pair, after, until):
    """Purchases by others of the pairs' products in ``after < day <= until``."""
    product = purchases.pair_product[pair]
    everybody = count_between(purchases.sales, product, after, until)
    return everybody - count_between(purchases.pair_days, pair, after, until)


def _count_held(purchases, pair):
    """Of the customer's last ten order-days up to the last purchase: with it, and all.

    Returns two int32[k].
    """
    customer, last_day = purchases.pair_customer[pair], purchases.last_day[pair]
    before = count_between(purchases.order_days, customer, BEFORE_ALL, last_day)
    before = np.minimum(before, EVIDENCE_ORDERS)
    first_day = purchases.get_earlier_order_day(customer, last_day, before - 1)
    held = count_between(purchases.pair_days, pair, first_day - 1, last_day)
    return held.astype(np.int32), before.astype(np.int32)
