# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the month of a company comes to: its customers, and who is not counted.

Customers that are counted add up to the projection of their own daily total. Of the
others each reason for leaving them out is projected as one: together they are what the
company is expected to come to, to the cent.
"""

from dataclasses import dataclass

import numpy as np

from .customer_projection import project_customers
from .history import add_months
from .missing_orders import MIN_GAPS
from .month_rates import OWN_RATE_ORDER_DAYS
from .month_spread import Spread, spread
from .projection import DailySales, month_start, project_month
from .rhythm import YEAR_DAYS
from .steps import in_steps

__all__ = ["COUNTED", "CompanyMonth", "project_company"]

COUNTED = 0


@dataclass(frozen=True, eq=False)
class CompanyMonth:
    """The month of a company and of its c customers, as of a night.

    Attributes
    ----------
    so_far_cents, sold_cents : int64[c]
        This month, today included, and to the end of yesterday.
    daily_sales : float64[c]
        What a day is expected to add at each customer's own rate, in units of money;
        NaN for those who are not counted.
    daily_orders : float64[c]
        Order-days that a day is expected to add; NaN as before.
    projected_cents : int64[c]
        Of those who are counted; 0 for the others.
    rests : Spread
        Of what the month is expected to add, in cents, over ``daily_sales``.
    factor : float
        By which it is more than the customers would add at their own rates.
    start : int
        Day number of the first of the month.
    days_left : int
        Days of the month from today on.
    errors : float64[3, 2]
        Of :class:`~.month_calibration.MonthCalibration`.
    half_width, confidence
        Of the projection of all orders, see :class:`~.projection.MonthProjection`.
    left_out : list of (int, int, int, int)
        Code of each reason for not counting customers; how many there are, their sales
        to the end of yesterday and their projection, in cents.
    """

    so_far_cents: np.ndarray
    sold_cents: np.ndarray
    daily_sales: np.ndarray
    daily_orders: np.ndarray
    projected_cents: np.ndarray
    rests: Spread
    factor: float
    start: int
    days_left: int
    errors: np.ndarray
    half_width: float | None
    confidence: str | None
    left_out: list


def project_company(
    history, today, codes, rhythm, return_factor, min_gaps=MIN_GAPS, unit=100
):
    """Project the month of each customer, and of their company.

    Parameters
    ----------
    history : OrderHistory
    today : int
        Day number; later orders are ignored, those of today are not projected from.
    codes : int[c]
        ``COUNTED``, or why a customer is not.
    rhythm, return_factor, min_gaps
        Of :func:`~.customer_projection.project_customers`.
    unit : int
        Cents in the unit of money of ``daily_sales``.

    Returns
    -------
    CompanyMonth
    """
    counted = codes == COUNTED
    months = project_customers(history, today, rhythm, return_factor, counted, min_gaps)
    moving = _find_moving(rhythm, today)
    daily_cents = _step(months.daily_cents, moving)
    daily_sales, sold = daily_cents / unit, months.sold_cents
    ours = _project(history, counted, today)
    rest = _whole_cents(ours) - int(sold[counted].sum())
    rests = spread(rest, daily_sales, history.customer_ids)
    shares = rests.shares(daily_sales, history.customer_ids)
    start = month_start(today)
    days_left = add_months(start, 1) - today
    usual = float(daily_cents.sum()) * days_left
    everybody = np.ones(len(counted), dtype=bool)
    whole = ours if counted.all() else _project(history, everybody, today)
    return CompanyMonth(
        so_far_cents=months.so_far_cents,
        sold_cents=sold,
        daily_sales=np.where(counted, daily_sales, np.nan),
        daily_orders=np.where(counted, _step(months.daily_orders, moving), np.nan),
        projected_cents=np.where(counted, sold + shares, 0),
        rests=rests,
        factor=rest / usual if usual else 1.0,
        start=start,
        days_left=days_left,
        errors=months.errors,
        half_width=whole.half_width,
        confidence=whole.confidence,
        left_out=[
            (
                int(code),
                int(np.count_nonzero(codes == code)),
                int(sold[codes == code].sum()),
                _whole_cents(_project(history, codes == code, today)),
            )
            for code in np.unique(codes[~counted])
        ],
    )


def _project(history, mine, today):
    """MonthProjection of the orders of some customers to the end of yesterday."""
    rows = slice(None) if mine.all() else mine[history.codes]
    days, cents = history.day[rows], history.cents[rows]
    return project_month(DailySales.from_orders(days, cents, today - 1), today)


def _whole_cents(projected):
    """What a month comes to, not below what is sold."""
    return max(round(projected.point or 0), projected.so_far)


def _find_moving(rhythm, today):
    """Which rates move a little every day; those of a year's orders do not."""
    own = rhythm.order_day_count >= OWN_RATE_ORDER_DAYS
    return ~(own & (today - rhythm.first_day >= YEAR_DAYS))


def _step(rates, moving):
    """Tell the moving rates in steps: else every night would change every customer."""
    return np.where(moving, in_steps(rates), rates)
