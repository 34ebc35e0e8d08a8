# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The customers' months as nights of the past would have stored them."""

from dataclasses import dataclass

import numpy as np

from crm_dashboards.analytics.customer_projection import project_customers
from crm_dashboards.analytics.history import add_months
from crm_dashboards.analytics.missing_orders import judge_rhythms
from crm_dashboards.analytics.month_calibration import month_range
from crm_dashboards.analytics.month_rates import OWN_RATE_ORDER_DAYS
from crm_dashboards.analytics.month_spread import spread
from crm_dashboards.analytics.projection import DailySales, month_start, project_month
from crm_dashboards.analytics.rhythm import rhythms

from .estimate import Estimate, estimate
from .ratio import ratio

DAYS_GONE = (5, 10, 15, 20, 25)
TEAMS = 5
PARTITIONS = 5
SEED = 20090101
CLASSES = ("1", "2-3", "4+")
ORDER_CLASSES = ("below a half", "to two", "more")
KEYS = (
    *("customer_month_wmape", "customer_month_bias", "team_month_wmape"),
    "coverage80_customer",
)


@dataclass(frozen=True, eq=False)
class _Months:
    """Months of customers, as projected on one of their days, and as they came.

    Attributes
    ----------
    point, actual, before : float64[k, c]
        Projected, actual, and the month before, of each night and customer.
    known, inside : bool[k, c]
        Customers with an order by then; those whose month came within its range.
    order_days, expected : int[k, c]
        Class of each customer's order-days, and of the orders expected in the rest.
    """

    point: np.ndarray
    actual: np.ndarray
    before: np.ndarray
    known: np.ndarray
    inside: np.ndarray
    order_days: np.ndarray
    expected: np.ndarray


def measure(history):
    """Accuracy of the customers' months, and of five teams of them.

    Every whole month that begins in the second half of the history is projected at the
    end of days 5, 10, 15, 20 and 25, customers with an order by then. Coverage is the
    mean of the three classes of orders expected in the rest of the month: else the many
    who order nothing would decide alone.

    Returns
    -------
    bars, extra : dict
        Estimates; of a history that is too short without a value.
    """
    nights = [
        _night(history, start, start + gone)
        for start in _whole_months(history)
        for gone in DAYS_GONE
    ]
    if not nights:
        return dict.fromkeys(KEYS, Estimate(None, 0)), {}
    columns = zip(*(vars(night).values() for night in nights), strict=True)
    months = _Months(*map(np.array, columns))
    customers, known = history.customer_count, months.known

    def estimated(statistic, cases=known):
        return estimate(statistic, int(cases.sum()), customers)

    team = _team_wmape(months, history.customer_ids)
    bars = {
        "customer_month_wmape": estimated(_wmape(months)),
        "customer_month_bias": estimated(_bias(months, known)),
        "team_month_wmape": estimate(team, TEAMS * len(nights), customers),
        "coverage80_customer": estimated(_mean_share_inside(months)),
    }
    extra = {"customer month wMAPE (before)": estimated(_wmape(months, "before"))}
    for place, name in enumerate(CLASSES):
        mine = known & (months.order_days == place)
        key = f"customer month bias ({name} order-days)"
        extra[key] = estimated(_bias(months, mine), mine)
    for place, name in enumerate(ORDER_CLASSES):
        mine = known & (months.expected == place)
        key = f"coverage of 80 % ({name} orders)"
        extra[key] = estimated(_share_inside(months, place), mine)
    return bars, extra


def _whole_months(history):
    """First days of the whole months that begin in the second half of a history."""
    begin, end = int(history.day.min()), int(history.day.max())
    start = month_start((begin + end) // 2)
    while add_months(start, 1) <= end + 1:
        if 2 * start >= begin + end:
            yield start
        start = add_months(start, 1)


def _night(history, start, today):
    """A month as the night before ``today`` would have stored it."""
    end = add_months(start, 1)
    then = history.until(today - 1)
    rhythm = rhythms(then, today)
    factor = np.round(judge_rhythms(rhythm, today).return_factor, 2)
    months = project_customers(then, today, rhythm, factor)
    company = project_month(
        DailySales.from_orders(then.day, then.cents, today - 1), today
    )
    rest = round(company.point) - int(months.sold_cents.sum())
    shares = spread(rest, months.daily_cents, history.customer_ids)
    rests = shares.shares(months.daily_cents, history.customer_ids)
    orders = months.daily_orders * (end - today)
    low, high = month_range(months.sold_cents, rests, orders, months.errors)
    actual, before = (
        month.sums(month.cents)
        for month in (
            history.between(start, end - 1),
            history.between(add_months(start, -1), start - 1),
        )
    )
    return _Months(
        point=months.sold_cents + rests,
        actual=actual,
        before=before,
        known=rhythm.order_day_count > 0,
        inside=(np.floor(low) <= actual) & (actual <= np.ceil(high)),
        order_days=np.searchsorted(
            (2, OWN_RATE_ORDER_DAYS), rhythm.order_day_count, side="right"
        ),
        expected=np.searchsorted((0.5, 2), orders, side="right"),
    )


def _wmape(months, projected="point"):
    error = np.abs(getattr(months, projected) - months.actual)
    return _ratio_of_sums(error * months.known, months.actual * months.known)


def _bias(months, mine):
    error = months.point - months.actual
    return _ratio_of_sums(error * mine, months.actual * mine)


def _ratio_of_sums(errors, totals):
    """Statistic of drawn customers: a ratio of sums over all nights."""
    error, total = errors.sum(axis=0), totals.sum(axis=0)
    return lambda times: ratio(error @ times, total @ times)


def _team_wmape(months, ids):
    """wMAPE of teams that customers belong to by a hash, mean of several such teams."""
    salts = np.random.default_rng(SEED).integers(1, 1 << 31, PARTITIONS) * 2 + 1
    hashed = (ids[:, None].astype(np.uint64) + 1) * salts.astype(np.uint64)
    team = (hashed % np.uint64(1 << 32)) * np.uint64(TEAMS) >> np.uint64(32)
    members = (team[:, :, None] == np.arange(TEAMS)).astype(float)
    members = members.reshape(len(ids), PARTITIONS * TEAMS)
    error = (months.point - months.actual).astype(float)
    total = months.actual.sum(axis=0)

    def wmape(times):
        missed = np.abs((error * times) @ members).sum() / PARTITIONS
        return ratio(missed, total @ times)

    return wmape


def _mean_share_inside(months):
    classes = [_share_inside(months, place) for place in range(len(ORDER_CLASSES))]

    def share(times):
        shares = [each(times) for each in classes]
        known = [each for each in shares if each is not None]
        return sum(known) / len(known) if known else None

    return share


def _share_inside(months, place):
    mine = months.known & (months.expected == place)
    return _ratio_of_sums(months.inside & mine, mine)
