# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is expected of one customer: stored by the night, and what came since.

Whoever tells of a customer's next order reads it here, so that no two of them differ.
"""

from dataclasses import dataclass, replace

import numpy as np

from .history import add_months
from .missing_orders import next_open_days
from .projection import month_start
from .rhythm import LAST_ORDERS, whole_days

__all__ = ["LATE_STATES", "Expectation", "bring_up_to_date"]

LATE_STATES = ("overdue", "quiet", "missing", "seasonal")


@dataclass(frozen=True)
class Expectation:
    """The next order of a customer on one day, in plain Python; None where undefined.

    Attributes
    ----------
    today : int
        Day number.
    order_count : int
        Orders ever.
    last_day : int or None
        Last order-day.
    interval_days, low_days, high_days : float or None
        Usual interval, and the quartiles of gaps that it lies between.
    due_day : int or None
        So many days after the last order.
    expected_day : int or None
        The due day, or the next one on which the company has orders.
    expected_cents : int or None
    least_cents, most_cents : int or None
        What the last twelve order-days came to; the expected value lies between.
    state : str or None
        "expected", "overdue", "quiet", "missing", "seasonal" or "lapsed"; None without
        rhythm.
    quiet_days : int
        Days since the last order on which the whole company was quiet; 0 where no order
        is waited for.
    churn_probability : float or None
        That no order comes within 90 days, while one is waited for.
    """

    today: int
    order_count: int = 0
    last_day: int | None = None
    interval_days: float | None = None
    low_days: float | None = None
    high_days: float | None = None
    expected_day: int | None = None
    expected_cents: int | None = None
    least_cents: int | None = None
    most_cents: int | None = None
    state: str | None = None
    quiet_days: int = 0
    churn_probability: float | None = None

    @property
    def recency_days(self):
        return None if self.last_day is None else self.today - self.last_day

    @property
    def due_day(self):
        if self.interval_days is None or self.last_day is None:
            return None
        return self.last_day + int(whole_days(self.interval_days))

    @property
    def days_overdue(self):
        """Days since the expected one, 0 where no order is waited for."""
        if self.state not in LATE_STATES:
            return 0
        return max(self.today - self.expected_day, 0)

    @property
    def cents_within_month(self):
        """What the next order adds to this month; 0 where it comes later, or never.

        None where it is not to be foreseen.
        """
        if self.state == "lapsed":
            return 0
        if self.state is None or self.expected_cents is None:
            return None
        next_month = add_months(month_start(self.today), 1)
        return self.expected_cents if self.expected_day < next_month else 0


def bring_up_to_date(stored, orders, opened, holidays=()):
    """Add to a stored expectation what the customer ordered since.

    The rhythm is that of the night, but it goes on from the order that is now the last.

    Parameters
    ----------
    stored : Expectation
    orders : OrderHistory
        Of this customer alone, up to today.
    opened : bool[7]
        Weekdays with orders of the company, Monday first.
    holidays : iterable of int
        Day numbers on which the company is closed.

    Returns
    -------
    Expectation
    """
    days = orders.order_days()
    if not len(days.day):
        return Expectation(stored.today)
    recent = days.cents[-LAST_ORDERS:]
    fresh = replace(
        stored,
        order_count=len(orders.positive().cents),
        last_day=int(days.day[-1]),
        least_cents=int(recent.min()),
        most_cents=int(recent.max()),
    )
    if fresh.interval_days is None:
        return fresh
    if fresh.last_day != stored.last_day:
        due = np.array([fresh.due_day])
        expected = int(next_open_days(due, opened, holidays)[0])
        fresh = replace(
            fresh,
            expected_day=expected,
            state="expected",
            quiet_days=0,
            churn_probability=None,
        )
    if fresh.state == "expected" and fresh.today > fresh.expected_day:
        return replace(fresh, state="overdue")
    return fresh
