# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Small order histories for tests: written out by hand, or generated."""

from datetime import date

import numpy as np
from hypothesis import strategies as st

from crm_dashboards.analytics.history import OrderHistory, day_number
from crm_dashboards.analytics.missing_orders import judge_rhythms
from crm_dashboards.analytics.projection import MonthTables, month_start
from crm_dashboards.analytics.rhythm import rhythms


def day(text):
    """Day number of an ISO date."""
    return day_number(date.fromisoformat(text))


def history(*orders):
    """History of ``(customer id, ISO date, amount in cents)``."""
    rows = [(customer, day(on), cents) for customer, on, cents in orders]
    return from_rows(rows)


def from_rows(rows):
    """History of ``(customer id, day number, cents)``."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return OrderHistory.from_columns(*columns)


def judged_by_lateness(orders, as_of, **choices):
    """Missing orders where every day of silence counts: few customers, never quiet."""
    return judge_rhythms(rhythms(orders, as_of), as_of, **choices)


def busier_every_week(customer, first_day, last_day):
    """Rows of a customer with one order a day, two in its second week, and so on.

    A company with it is never quiet.
    """
    return [
        (customer, on, 10_000)
        for on in range(first_day, last_day + 1)
        for _order in range(1 + (on - first_day) // 7)
    ]


def generated_rows(seed, customers=60, days=1200):
    """Rows of customers of different rhythms, with credits and busy days."""
    random = np.random.default_rng(seed)
    first = day("2022-01-01")
    rows = []
    for customer in range(customers):
        rhythm = random.choice([7, 14, 30, 90, 400])
        on = first + int(random.integers(0, days))
        while on < first + days:
            for _ in range(random.choice([1, 1, 1, 2])):
                cents = int(random.normal(20_000, 12_000))
                rows.append((1000 + customer, on, cents))
            on += int(random.integers(1, 2 * rhythm))
            if random.random() < 0.04:
                break
    return rows


def order_rows(min_size=1, max_size=60):
    """Strategy of rows: few customers, few days, so that ties abound."""
    row = st.tuples(
        st.integers(1, 9),
        st.integers(day("2023-01-01"), day("2025-12-31")),
        st.integers(-50_000, 200_000),
    )
    return st.lists(row, min_size=min_size, max_size=max_size)


def share_gone(sales, today):
    """Part of a usual month that lies behind on a day."""
    start = month_start(today)
    tables = MonthTables(sales, start)
    return tables._share_gone(len(tables.starts) - 1, today - start)
