# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The month of one customer: what the night stored of it, and what came since."""

from dataclasses import dataclass

from ..analytics.customer_projection import confidence_in_months, own_months
from ..analytics.history import add_months, day_to_date
from ..analytics.month_calibration import month_range
from ..analytics.projection import CONFIDENCE, month_start


@dataclass(frozen=True)
class CustomerMonth:
    """A customer's month; money in cents.

    Attributes
    ----------
    so_far : int
        Orders of this month, all of the customer's, until now.
    last_month : int
        The whole month before.
    point, low, high : int or None
        Projected, as of the night, and its 80 % range; None where the night does not
        know this month, or does not count the customer.
    confidence : str
        One of :data:`~..analytics.projection.CONFIDENCE`.
    whole_months : int
        Months of history before this one, at most twelve.
    past_error : float or None
        How far such a projection was off on this day of past months.
    """

    so_far: int
    last_month: int
    point: int | None
    low: int | None
    high: int | None
    confidence: str
    whole_months: int
    past_error: float | None

    @property
    def is_reached(self):
        """Whether more was ordered by now than the night expected."""
        return self.point is not None and self.so_far > self.point


def read_month(metric, expected):
    """Return the CustomerMonth of a customer.

    :param metric: crm.customer.metric, one record
    :param Expectation expected: of the same customer; with an order that is expected
        before the month ends, the month comes to something within its range
    """
    refresh = metric.env["crm.metric.refresh"]
    history, settings = refresh._read_customer_history(metric)
    night = refresh._get_last(metric.company_id)
    today, start = settings.as_of, month_start(settings.as_of)
    so_far = int(history.between(start, today).cents.sum())
    own = own_months(history, today)
    known = bool(len(own.whole_months))
    point = low = high = None
    if known and night.month_start == day_to_date(start) and not metric.left_out_reason:
        scale = 10**settings.decimals
        point = round(metric.projected_month_value * scale)
        sold = round(metric.month_value_before_today * scale)
        orders = metric.daily_orders * night.month_days_left
        low, high = month_range(sold, point - sold, orders, night.month_errors)
        if expected.expected_cents and today <= expected.expected_day < add_months(
            start, 1
        ):
            with_order = so_far + expected.expected_cents
            low, high = min(low, with_order), max(high, with_order)
    error = float(own.past_error[0]) if known else float("nan")
    confidence = confidence_in_months(own, night.month_factor)
    return CustomerMonth(
        so_far=so_far,
        last_month=int(history.between(add_months(start, -1), start - 1).cents.sum()),
        point=point,
        low=_whole(low),
        high=_whole(high),
        confidence=CONFIDENCE[confidence[0]] if known else CONFIDENCE[-1],
        whole_months=int(own.whole_months[0]) if known else 0,
        past_error=None if error != error else error,
    )


def _whole(cents):
    """Whole cents; None where they are not known."""
    return None if cents is None or cents != cents else round(float(cents))
