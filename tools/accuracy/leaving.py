# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Lines that leave quietly, as they would have been found on five days."""

import numpy as np

from crm_dashboards.analytics.history import OrderHistory
from crm_dashboards.analytics.missing_orders import judge_rhythms
from crm_dashboards.analytics.rhythm import rhythms
from crm_dashboards_products.analytics.backtest import sum_later
from crm_dashboards_products.analytics.leaving import (
    choose_silence,
    find_leaving,
    is_watched,
)
from crm_dashboards_products.analytics.purchases import DAY_BITS, DAY_MASK

from .estimate import drawn_rows, estimate
from .line_purchases import make_purchases
from .ratio import ratio

DAYS = (120, 160, 200, 240, 280)  # of the history
QUARTER_DAYS = 90
RECENT_DAYS, BEFORE_DAYS = 28, 56


def measure(lines):
    """What became of lines in the 90 days after they were found.

    How long a silence it takes is taken from what became of those of 90 days before.

    ``leaving_again90`` is the share bought again by itself, ``leaving_flagged`` how
    many of the watched lines were found, ``leaving_top10`` the share of the sales
    really lost in the first tenth by yearly value, and ``leaving_fading_share`` that of
    products others bought at less than half of their rate.

    Parameters
    ----------
    lines : OrderLines

    Returns
    -------
    bars, extra : dict of Estimate
    """
    purchases = make_purchases(lines)
    first_day = int(lines.day.min())
    samples = [
        _find(purchases, first_day + day, _look_back(purchases, first_day + day))
        for day in DAYS
    ]
    watched = np.concatenate([who for who, _found in samples])
    found = {
        name: np.concatenate([each[name] for _who, each in samples])
        for name in samples[0][1]
    }
    count, customer_count = len(found["customer"]), lines.customer_count

    def share(values):
        def statistic(times):
            weight = times[found["customer"]]
            return ratio((weight * values).sum(), weight.sum())

        return estimate(statistic, count, customer_count)

    def flagged(times):
        return ratio(times[found["customer"]].sum(), times[watched].sum())

    def first_tenth(name):
        def statistic(times):
            rows = drawn_rows(found["customer"], times)
            by, lost = found[name][rows], found["lost"][rows]
            first = np.argsort(-by, kind="stable")[: int(np.ceil(len(by) / 10))]
            return ratio(lost[first].sum(), lost.sum())

        return estimate(statistic, count, customer_count)

    bars = {
        "leaving_again90": share(found["again"]),
        "leaving_flagged": estimate(flagged, len(watched), customer_count),
        "leaving_top10": first_tenth("yearly"),
        "leaving_fading_share": share(found["fades"]),
    }
    extra = {
        "lost sales of lines (by lateness)": first_tenth("lateness"),
        "lost sales of lines (known in advance)": first_tenth("lost"),
    }
    return bars, extra


def judge_lines(purchases, as_of):
    """The watched pairs of a day and what their own rhythms say.

    Returns (pairs, int64[k]; MissingOrders of them).
    """
    keys = purchases.order_days
    orders = OrderHistory.from_columns(
        keys >> DAY_BITS, keys & DAY_MASK, np.ones(len(keys), dtype=np.int64)
    )
    judged = judge_rhythms(rhythms(orders, as_of), as_of)
    interval = np.full(len(purchases.customer_ids), np.nan)
    last_day = np.zeros(len(purchases.customer_ids), dtype=np.int64)
    interval[orders.customer_ids] = judged.interval_days
    last_day[orders.customer_ids] = judged.rhythm.last_day
    watched = is_watched(purchases, interval, last_day, as_of)
    mine = purchases.of_pairs(watched)
    ids = np.arange(mine.pair_count)
    history = OrderHistory(ids, mine.starts, mine.day, mine.cents)
    return np.flatnonzero(watched), judge_rhythms(rhythms(history, as_of), as_of)


def _look_back(purchases, as_of):
    """The silence that lines found 90 days before a day speak for."""
    _watched, found = _find(purchases, as_of - QUARTER_DAYS)
    return choose_silence(found["silence"], found["again"])


def _find(everything, as_of, least_silence=0):
    """Customers of the watched lines, and {name: column} of the lines found."""
    purchases = everything.until(as_of)
    watched, judged = judge_lines(purchases, as_of)
    found = find_leaving(
        purchases,
        watched,
        judged.interval_days,
        judged.seasonal,
        np.ones(len(purchases.product_ids), dtype=bool),
        as_of,
        least_silence,
    )
    kept = ~found.fading
    pair, yearly = found.pair[kept], found.year_cents[kept]
    customer, product = purchases.pair_customer[pair], purchases.pair_product[pair]
    later = _sum_of_pairs(everything, customer, product, as_of)
    silent = as_of - purchases.last_day[pair]
    return purchases.pair_customer[watched], {
        "customer": customer,
        "again": later > 0,
        "yearly": yearly,
        "lost": np.maximum(0, yearly * QUARTER_DAYS / 365 - later),
        "silence": found.silence[kept],
        "lateness": silent / found.interval_days[kept],
        "fades": np.array(
            [
                _fades(purchases, who, what, as_of - days, as_of)
                for who, what, days in zip(customer, product, silent, strict=True)
            ],
            dtype=bool,
        ),
    }


def _sum_of_pairs(purchases, customer, product, as_of):
    size = len(purchases.product_ids)
    keys = purchases.pair_customer.astype(np.int64) * size + purchases.pair_product
    pair = keys.searchsorted(customer.astype(np.int64) * size + product)
    return sum_later(purchases, pair, as_of, QUARTER_DAYS)


def _fades(purchases, customer, product, last_day, as_of):
    """Whether others buy a product at less than half of its rate, counted anew."""
    days = purchases.day[
        (purchases.product == product) & (purchases.customer != customer)
    ]
    recent = np.count_nonzero(days > as_of - RECENT_DAYS) / RECENT_DAYS
    before = np.count_nonzero((days > last_day - BEFORE_DAYS) & (days <= last_day))
    length = min(BEFORE_DAYS, last_day - int(purchases.day.min()) + 1)
    return recent < before / length / 2
