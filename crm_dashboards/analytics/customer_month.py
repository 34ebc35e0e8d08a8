# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The month of one customer: what the night stored of it, and what came since."""

from dataclasses import dataclass

from .customer_projection import (
    HIGH,
    LOW,
    MEDIUM,
    NOT_ENOUGH,
    confidence_in_months,
    own_months,
)
from .history import add_months
from .month_calibration import month_range
from .projection import (
    CONFIDENCE,
    HIGH_HALF_WIDTH,
    MEDIUM_HALF_WIDTH,
    month_start,
)

__all__ = ["CustomerMonth", "StoredMonth", "customer_month"]


@dataclass(frozen=True)
class StoredMonth:
    """What a night stored of a customer's month; money in cents.

    Attributes
    ----------
    start : int
        Day number of the first of the month.
    sold, point : int
        To the end of the day before, and projected.
    orders : float
        Order-days expected in the rest of the month.
    errors : list
        Of :class:`~.month_calibration.MonthCalibration`, None where unknown.
    factor : float
        By which all rests were scaled to what the company is expected to add.
    """

    start: int
    sold: int
    point: int
    orders: float
    errors: list
    factor: float


@dataclass(frozen=True)
class CustomerMonth:
    """A customer's month in plain Python; money in cents.

    Attributes
    ----------
    so_far, last_month : int
        Orders of this month until now, and of the whole month before.
    point, low, high : int or None
        Projected, as of the night, and its 80 % range; None where that is not known.
    confidence : str
        One of :data:`~.projection.CONFIDENCE`, never better than the range allows.
    is_open : bool
        Whether it is the range that makes confidence less than the past alone would.
    whole_months : int
        Months since the first order, at most twelve.
    past_error : float or None
        Of :class:`~.customer_projection.OwnMonths`.
    """

    so_far: int
    last_month: int
    point: int | None
    low: int | None
    high: int | None
    confidence: str
    is_open: bool
    whole_months: int
    past_error: float | None

    @property
    def is_reached(self):
        """Whether more was ordered by now than the night expected."""
        return self.point is not None and self.so_far > self.point


def customer_month(history, today, stored, expected):
    """Put together what is known of a customer's month.

    Parameters
    ----------
    history : OrderHistory
        Of this customer alone.
    today : int
        Day number; later orders are ignored.
    stored : StoredMonth or None
        None where the customer is not projected; one of another month is as good.
    expected : Expectation
        What the month comes to with it lies within the range: nothing more where it
        is expected later, and where it is overdue, an order on any day left.

    Returns
    -------
    CustomerMonth
    """
    start = month_start(today)
    so_far = int(history.between(start, today).cents.sum())
    point = low = high = None
    if stored is not None and stored.start == start:
        point = stored.point
        low, high = _range(stored, so_far, expected)
    own = own_months(history, today)
    known = bool(history.customer_count)
    factor = 1.0 if stored is None else stored.factor
    by_past = int(confidence_in_months(own, factor)[0]) if known else NOT_ENOUGH
    confidence = by_past if low is None else max(by_past, _confidence(point, low, high))
    error = float(own.past_error[0]) if known else None
    return CustomerMonth(
        so_far=so_far,
        last_month=int(history.between(add_months(start, -1), start - 1).cents.sum()),
        point=point,
        low=low,
        high=high,
        confidence=CONFIDENCE[confidence],
        is_open=confidence != by_past,
        whole_months=int(own.whole_months[0]) if known else 0,
        past_error=None if error != error else error,
    )


def _confidence(point, low, high):
    """What a range around a projection allows, an index into CONFIDENCE.

    The bounds are those of a company's month.
    """
    half_width = (high - low) / 2
    if half_width <= HIGH_HALF_WIDTH * point:
        return HIGH
    return MEDIUM if half_width <= MEDIUM_HALF_WIDTH * point else LOW


def _range(stored, so_far, expected):
    """Whole cents around what is projected; None where errors are unknown.

    Past errors know nothing of dates: the range is widened by what is expected when.
    """
    rest = stored.point - stored.sold
    low, high = month_range(stored.sold, rest, stored.orders, stored.errors)
    if low != low:
        return None, None
    more = expected.cents_within_month
    reach = stored.point if more is None else so_far + more
    low = max(min(round(float(low)), stored.point, reach), so_far)
    return low, max(round(float(high)), stored.point, reach, so_far)
