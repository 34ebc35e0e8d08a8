# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Who is late by the clock of alerts again, day after day in plain Python.

Written from the definitions, not from the code it checks.
"""

from math import exp, log
from statistics import median


def counted_days(rows, as_of):
    """{day: what it counts} of a company's orders, ``(customer, day, cents)``."""
    orders = [(who, on) for who, on, cents in rows if cents > 0 and on <= as_of]
    if not orders:
        return {}
    begin = min(on for _who, on in orders)
    rates = {}
    for day in range(begin, as_of + 1):
        active = {who for who, on in orders if day - 365 < on <= day}
        ordered = sum(on == day for _who, on in orders)
        rates[day] = ordered / len(active) if active else 0
    counted = {}
    for day in rates:
        before = [rates[day - back] for back in range(1, 92) if day - back in rates]
        if day - begin < 60:
            counted[day] = 1
            continue
        week, quarter = sum(before[:7]) / 7, sum(before) / len(before)
        busy = week / quarter if quarter else 0
        counted[day] = min(max(busy, 0.1), 1)
    return counted


def days_with_an_order(rows, as_of):
    """{customer: sorted days} of those with an order above 0."""
    days = {}
    for who, on, cents in rows:
        if on <= as_of:
            days.setdefault(who, set())
            if cents > 0:
                days[who].add(on)
    return {who: sorted(found) for who, found in days.items()}


def silence_in_intervals(rows, as_of):
    """{customer: silence, in intervals of alerts}, of those with three gaps."""
    counted = counted_days(rows, as_of)
    gaps, last = {}, {}
    for who, days in days_with_an_order(rows, as_of).items():
        if len(days) > 3:
            both = zip(days, days[1:], strict=False)
            gaps[who] = [later - earlier for earlier, later in both][-12:]
            last[who] = days[-1]
    if not gaps:
        return {}
    company = median(median(mine) for mine in gaps.values())
    ratios = {}
    for who, mine in gaps.items():
        count = len(mine)
        logs = sum(map(log, mine)) / count
        own = count * (log(median(mine)) + logs) / 2
        interval = exp((own + 2 * log(company)) / (count + 2))
        silent = range(last[who] + 1, as_of + 1)
        ratios[who] = sum(counted[day] for day in silent) / interval
    return ratios
