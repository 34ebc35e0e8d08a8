# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What each customer is expected to order on a day of the month that is left.

A customer that ordered on four days or more goes on at its own rate of the past year.
Of the others the company knows better: their rate is what the gamma distribution of
its customers' rates makes of the few orders after the first one, since no rate can be
told from a window that an order itself opened.
"""

from dataclasses import dataclass

import numpy as np

from .churn import rate_moments
from .rhythm import YEAR_DAYS, rate_days
from .steps import in_steps

__all__ = [
    "CompanyRates",
    "CustomerRates",
    "NO_CELL",
    "OWN_RATE_ORDER_DAYS",
    "SILENCES",
    "UNCORRECTED",
    "company_rates",
    "customer_rates",
]

OWN_RATE_ORDER_DAYS = 4
REPEATED_ORDER_DAYS = 2
# orders that the usual rate would have brought since the last one: edges of the cells
SILENCES = (0.5, 1, 2, 4, 8)
NO_CELL = -1
# by order-days (1, 2-3) and silence
UNCORRECTED = np.ones((2, len(SILENCES) + 1))


@dataclass(frozen=True, eq=False)
class CompanyRates:
    """What a company knows of a customer that has hardly ordered.

    Attributes
    ----------
    shape, rate : float or None
        Of the gamma distribution of order rates a day; None where nobody ordered
        twice.
    mean_cents : float
        Mean order, in steps.
    corrections : float64[2, 6]
        What came of such expectations in past months, as a multiple, by order-days
        (1, 2-3) and by the orders missed since the last one, see ``SILENCES``.
    """

    shape: float | None
    rate: float | None
    mean_cents: float
    corrections: np.ndarray


@dataclass(frozen=True, eq=False)
class CustomerRates:
    """What c customers are expected to add a day; 0 where they never ordered.

    Attributes
    ----------
    daily_cents : float64[c]
        Sales, never below 0.
    daily_orders : float64[c]
        Order-days.
    cell : int8[c]
        Place in the flat ``corrections``; ``NO_CELL`` where none applies.
    """

    daily_cents: np.ndarray
    daily_orders: np.ndarray
    cell: np.ndarray


def company_rates(history, rhythm, today, counted, corrections=UNCORRECTED):
    """The rates of a company's customers.

    Parameters
    ----------
    history : OrderHistory
        Up to the day that is projected from.
    rhythm : Rhythms
    today : int
        Day number that the rhythms were taken on.
    counted : bool[c]
        Customers that are the company's.
    corrections : float64[2, 6]

    Returns
    -------
    CompanyRates
    """
    orders = (history.cents > 0) & counted[history.codes]
    number = np.count_nonzero(orders)
    total = history.cents[orders].sum()
    shape, rate = rate_moments(rhythm, today, counted)
    return CompanyRates(shape, rate, in_steps(total / max(number, 1)), corrections)


def customer_rates(rhythm, today, return_factor, company):
    """What each customer is expected to add on each day left of the month.

    Parameters
    ----------
    rhythm : Rhythms
        As of ``today``.
    today : int
        Day number.
    return_factor : float64[c]
        What the present recency leaves of a customer's own rate, at most 1.
    company : CompanyRates

    Returns
    -------
    CustomerRates
    """
    known = rhythm.order_day_count > 0
    own = rhythm.order_day_count >= OWN_RATE_ORDER_DAYS
    age = today - rhythm.first_day
    order_days = rhythm.year_order_days + (known & (age < YEAR_DAYS))
    if company.shape is None:
        days = rate_days(rhythm.first_day, today)
        cents, orders = np.maximum(rhythm.year_cents, 0) / days, order_days / days
        cell = np.full(len(known), NO_CELL, dtype=np.int8)
        return _of_known(known, cents, orders, cell)
    orders = (company.shape + rhythm.year_order_days) / (company.rate + age + 0.5)
    cell = _cells(rhythm, (today - rhythm.last_day) * orders, known & ~own)
    orders = orders * np.where(cell == NO_CELL, 1, company.corrections.flat[cell])
    value = np.maximum(rhythm.year_cents + company.mean_cents, 0) / (order_days + 1)
    cents = orders * value
    factor = return_factor / np.clip(age, 1, YEAR_DAYS)
    cents = np.where(own, factor * np.maximum(rhythm.year_cents, 0), cents)
    orders = np.where(own, factor * order_days, orders)
    return _of_known(known, cents, orders, cell)


def _cells(rhythm, missed, corrected):
    """Place of each customer in the flat corrections, int8[c]."""
    row = rhythm.order_day_count >= REPEATED_ORDER_DAYS
    cell = row * (len(SILENCES) + 1) + np.searchsorted(SILENCES, missed)
    return np.where(corrected, cell, NO_CELL).astype(np.int8)


def _of_known(known, cents, orders, cell):
    return CustomerRates(np.where(known, cents, 0), np.where(known, orders, 0), cell)
