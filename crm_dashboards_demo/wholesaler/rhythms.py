# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""When the customers of a wholesaler order, and for how much."""

from dataclasses import dataclass

import numpy as np

# Orders in a month against the usual ones: how many are kept, and how large they are.
MONTHS_KEPT = np.array([0.85, 0.93, 1, 1, 1, 1, 0.95, 0.78, 1, 1, 1, 0.95])
MONTHS_SIZE = np.array([0.8, 0.9, 1, 1, 0.98, 1, 0.9, 0.85, 1.05, 1.15, 1.35, 1.2])
PEAK_SEASONS = np.array([[3, 4], [6, 7], [10, 11], [11, 12]])  # months of the year
GROWTH_PER_YEAR = 0.05
SMALLEST_ORDER = 20.0
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Rhythm:
    """How one kind of customer orders.

    share: of all customers; gap: usual days between two orders; gap_sigma: by how
    much (log) it differs among customers; gap_noise: coefficient of variation of one
    customer's gaps; jitter: days by which an order misses a fixed plan; size: median
    value of an order; size_noise: (log) of one customer's orders; growth: of value
    a year; kept: share of orders kept at the start and at the end of the history.
    """

    name: str
    share: float
    gap: float
    gap_sigma: float = 0.0
    gap_noise: float = 0.0
    jitter: float = 0.0
    size: float = 600.0
    size_noise: float = 0.35
    growth: float = 0.0
    kept: tuple = (1.0, 1.0)


RHYTHMS = (
    Rhythm("weekly", 0.06, 7, jitter=0.6, size=450, size_noise=0.25),
    Rhythm("fortnightly", 0.115, 14, jitter=1.2, size=700, size_noise=0.3),
    Rhythm("monthly", 0.275, 30.4, jitter=3, size=1100),
    Rhythm("irregular", 0.14, 60, gap_sigma=0.4, gap_noise=0.6, size=900),
    Rhythm("growing", 0.08, 18, gap_noise=0.3, growth=0.45, kept=(0.5, 1.0)),
    Rhythm("declining", 0.08, 18, gap_noise=0.3, growth=-0.3, kept=(1.0, 0.4)),
    Rhythm("seasonal", 0.07, 13, gap_noise=0.4, size=1600),
    Rhythm("lapsing", 0.08, 20, gap_sigma=0.3, gap_noise=0.3, size=650),
    Rhythm("new", 0.055, 21, gap_sigma=0.4, gap_noise=0.4, size=500),
    Rhythm("one-off", 0.025, 30, size=400, size_noise=0.6),
    Rhythm("newcomer", 0.02, 30, size=400, size_noise=0.6),
)
SINGLE_ORDERS = ("one-off", "newcomer")
NEWCOMER_DAYS = 14  # in which newcomers placed their first order
_INDEX = {rhythm.name: place for place, rhythm in enumerate(RHYTHMS)}


def index(name):
    """The place of a rhythm in RHYTHMS."""
    return _INDEX[name]


@dataclass
class Orders:
    """Orders in columns, sorted by day; and the rhythm of every customer.

    customer: int array, 0 … customers − 1; day: datetime64[D] array; amount: float
    array with two decimals; rhythm: int array over customers, indices of RHYTHMS.
    """

    customer: np.ndarray
    day: np.ndarray
    amount: np.ndarray
    rhythm: np.ndarray


def generate(seed, today, customers, orders, months=36):
    """Make up an order history.

    seed: int; today: datetime.date, the last day on which somebody may order;
    customers, orders: their exact numbers, every customer orders at least once;
    months: length of the history. Returns Orders, the same for the same arguments.
    Raises ValueError where there are fewer orders than customers.
    """
    if not 0 < customers <= orders:
        raise ValueError("at least one customer, and one order a customer")
    today = np.datetime64(today, "D")
    start = (today.astype("M8[M]") - months).astype("M8[D]")
    start += today - today.astype("M8[M]")
    rng = np.random.default_rng(seed)
    rhythm = _rhythms(rng, customers)
    density = 1.0
    while True:
        customer, day = _orders_of_density(rng, rhythm, start, today, density)
        if customer.size >= orders:
            break
        density *= 1.03 * orders / customer.size
    customer, day = _thinned(rng, customer, day, orders)
    amount = _amounts(rng, rhythm, customer, day, start)
    by_day = np.lexsort((customer, day))
    return Orders(customer[by_day], day[by_day], amount[by_day], rhythm)


def _column(rhythm, attribute):
    return np.array([getattr(kind, attribute) for kind in RHYTHMS])[rhythm]


def _rhythms(rng, customers):
    shares = np.cumsum([rhythm.share for rhythm in RHYTHMS])
    rhythm = np.searchsorted(
        shares / shares[-1], (np.arange(customers) + 0.5) / customers
    )
    return rng.permutation(rhythm)


def _orders_of_density(rng, rhythm, start, today, density):
    """All orders that the rhythms give; gaps are divided by density."""
    length = float((today - start).astype(int))
    gap = _column(rhythm, "gap") / density
    gap = gap * np.exp(_column(rhythm, "gap_sigma") * rng.standard_normal(rhythm.size))
    first, last = _spans(rng, rhythm, gap, length)
    count = np.ceil(1.4 * (last - first) / gap).astype(int) + 4
    count[_is_single(rhythm)] = 1
    owner = np.repeat(np.arange(rhythm.size), count)
    begins = np.cumsum(count) - count
    noise = np.maximum(_column(rhythm, "gap_noise")[owner], 1e-9) ** 2
    elapsed = gap[owner] * noise * rng.standard_gamma(1 / noise)
    elapsed[begins] = 0
    elapsed = np.cumsum(elapsed)
    elapsed -= np.repeat(elapsed[begins], count)
    elapsed += _column(rhythm, "jitter")[owner] * rng.standard_normal(owner.size)
    position = np.maximum(first[owner] + elapsed, first[owner])
    day = start + np.minimum(position, length).astype(int)
    kept = (position <= last[owner]) & _kept(
        rng, rhythm, owner, day, position / max(length, 1)
    )
    # Whom the season or chance left without an order places one at the start.
    kept[begins] |= np.bincount(owner[kept], minlength=rhythm.size) == 0
    return owner[kept], _on_workdays(rng, day[kept], start, today)


def _is_single(rhythm):
    """Which customers order only once."""
    return np.isin(rhythm, [_INDEX[name] for name in SINGLE_ORDERS])


def _spans(rng, rhythm, gap, length):
    """First and last day of every customer, counted from the start of the history."""
    customers = rhythm.size
    chance = rng.random(customers)
    first = rng.random(customers) * np.minimum(gap, length)
    joined = rng.random(customers) < 0.25
    first[joined] += rng.random(joined.sum()) * 0.5 * length
    last = np.full(customers, length)
    new = rhythm == _INDEX["new"]
    first[new] = length - np.minimum(5 + 105 * chance[new], length)
    one_off = rhythm == _INDEX["one-off"]
    first[one_off] = chance[one_off] * length
    newcomer = rhythm == _INDEX["newcomer"]
    first[newcomer] = length - np.minimum(NEWCOMER_DAYS * chance[newcomer], length)
    lapsing = rhythm == _INDEX["lapsing"]
    silent = 1.6 * gap[lapsing] + chance[lapsing] ** 2 * 300
    last[lapsing] = np.maximum(length - silent, 0.4 * length)
    return np.minimum(first, last), last


def _month_of(day):
    return day.astype("M8[M]").astype(int) % 12


def _kept(rng, rhythm, owner, day, age):
    """Which orders are really placed; age: 0 at the start of the history, 1 today."""
    month = _month_of(day)
    begin, end = _column(rhythm, "kept").T
    probability = begin[owner] + (end - begin)[owner] * age
    probability *= MONTHS_KEPT[month]
    season = PEAK_SEASONS[rng.integers(len(PEAK_SEASONS), size=rhythm.size)]
    in_season = (season[owner] == month[:, None] + 1).any(axis=1)
    seasonal = (rhythm == _INDEX["seasonal"])[owner]
    probability[seasonal] = in_season[seasonal]
    probability[_is_single(rhythm)[owner]] = 1
    return rng.random(owner.size) < probability


def _on_workdays(rng, day, start, today):
    """Move most orders of a weekend to the days before or after it."""
    weekday = (day.astype(int) + 3) % 7  # 1 January 1970 was a Thursday; Monday is 0
    moves = rng.random(day.size) < 0.97
    back = weekday - 4 + rng.integers(3, size=day.size)
    on = 7 - weekday + rng.integers(3, size=day.size)
    moved = np.where(weekday == 5, day - back, day + on)
    moved = np.where(moved > today, day - back, moved)
    return np.where(moves & (weekday >= 5) & (moved >= start), moved, day)


def _thinned(rng, customer, day, orders):
    """Exactly so many orders; nobody loses the last one."""
    spare = np.ones(customer.size, dtype=bool)
    spare[np.unique(customer, return_index=True)[1]] = False
    dropped = rng.choice(np.flatnonzero(spare), customer.size - orders, replace=False)
    kept = np.delete(np.arange(customer.size), dropped)
    return customer[kept], day[kept]


def _amounts(rng, rhythm, customer, day, start):
    level = _column(rhythm, "size") * np.exp(0.7 * rng.standard_normal(rhythm.size))
    noise = _column(rhythm, "size_noise")[customer] * rng.standard_normal(customer.size)
    years = (day - start).astype(int) / DAYS_A_YEAR
    growth = GROWTH_PER_YEAR + _column(rhythm, "growth")[customer]
    amount = level[customer] * np.exp(noise + growth * years)
    amount *= MONTHS_SIZE[_month_of(day)]
    return np.round(np.maximum(amount, SMALLEST_ORDER), 2)
