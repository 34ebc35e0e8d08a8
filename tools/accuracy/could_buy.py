# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Five products proposed to each customer, and what was bought of them."""

import numpy as np

from crm_dashboards.analytics.history import add_months
from crm_dashboards_products.analytics.backtest import get_keys, try_proposals
from crm_dashboards_products.analytics.could_buy import PROPOSAL_COUNT

from .estimate import estimate
from .line_purchases import make_purchases
from .ratio import ratio

CUT_DAY = 240  # of the history
LEAST_BOUGHT, LEAST_NEW = 15, 5
WINDOW_MONTHS = 24
FAMILY_WORDS = 2


def measure(lines):
    """Precision of five proposals within 90 days, beside that of bestsellers.

    Asked are customers with fifteen products before the day of the proposals, and five
    new ones after. ``could_buy_new_p5`` proposes only of families that the customer
    never bought: products whose names begin with the same two words.

    Parameters
    ----------
    lines : OrderLines

    Returns
    -------
    bars, extra : dict of Estimate
    """
    purchases = make_purchases(lines)
    cut = int(lines.day.min()) + CUT_DAY
    recent = purchases.between(add_months(cut, -WINDOW_MONTHS) + 1, cut)
    tried = try_proposals(purchases, recent, cut, LEAST_BOUGHT, LEAST_NEW)
    family = _families(lines)[purchases.product_ids]
    new = try_proposals(
        purchases,
        recent,
        cut,
        LEAST_BOUGHT,
        LEAST_NEW,
        _same_family(purchases.until(cut), family),
    )
    bars = {
        "could_buy_p5": _precision(tried.customer, tried.hits, lines),
        "bestseller_p5": _precision(tried.customer, tried.bestseller_hits, lines),
        "could_buy_new_p5": _precision(new.customer, new.hits, lines),
    }
    return bars, {}


def _precision(customer, hits, lines):
    def statistic(times):
        weight = times[customer]
        return ratio((weight * hits).sum(), PROPOSAL_COUNT * weight.sum())

    return estimate(statistic, len(customer), lines.customer_count)


def _families(lines):
    """A number for each product, the same for those of one family, int64[p]."""
    begin = [
        " ".join(name.upper().split()[:FAMILY_WORDS])
        for name in lines.product_names.tolist()
    ]
    return np.unique(begin, return_inverse=True)[1]


def _same_family(purchases, family):
    """Keys of all products of the families that each customer bought of."""
    size = len(purchases.product_ids)
    family_count = int(family.max(initial=0)) + 1
    customer, product = np.divmod(get_keys(purchases), size)
    bought = np.unique(customer * family_count + family[product])
    by_family = np.argsort(family, kind="stable")
    bounds = np.searchsorted(family[by_family], np.arange(family_count + 1))
    return np.concatenate(
        [np.empty(0, dtype=np.int64)]
        + [
            key // family_count * size
            + by_family[bounds[key % family_count] : bounds[key % family_count + 1]]
            for key in bought
        ]
    )
