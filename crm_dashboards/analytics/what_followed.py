# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What followed alerts that were acted on, beside those that were not.

Counted from the day of the alert, those acted on would order rarely, even where acting
changes nothing: whoever orders at once leaves no time to act. So both are looked at
from one day on, the *landmark* (J. R. Anderson, K. C. Cain, R. D. Gelber: Analysis of
survival by tumor response, Journal of Clinical Oncology 1, 1983): alerts still open on
day 7, acted on by then or not, and what came from then on. Who is acted on is chosen by
people, so the difference is what followed, and no effect.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from .missing_orders import NO_DAY

__all__ = [
    "FEWEST_ALERTS",
    "IN_TIME_DAYS",
    "LANDMARK_DAYS",
    "Followed",
    "count_followed",
    "share_interval",
]

LANDMARK_DAYS = 7
IN_TIME_DAYS = 30  # or the usual interval, where that is longer
FEWEST_ALERTS = 50  # of each of two groups that are compared
Z_90 = 1.6448536269514722  # 5 % of a normal distribution lie above


@dataclass(frozen=True)
class Followed:
    """What followed each of some alerts, bool[n].

    Attributes
    ----------
    counts : bool[n]
        Whether it is compared: open on day 7, and its time to order is over.
    acted_on : bool[n]
        Whether somebody had acted on it by then.
    ordered : bool[n]
        Whether the order came in time, from day 7 on.
    """

    counts: np.ndarray
    acted_on: np.ndarray
    ordered: np.ndarray


def count_followed(alert_day, interval_days, action_day, end_day, is_order, as_of):
    """Tell which alerts are compared, which were acted on and which led to an order.

    Parameters
    ----------
    alert_day : int[n]
        Day numbers of the alerts.
    interval_days : float[n]
        Usual intervals, 0 where there is none.
    action_day : int[n]
        Of the first action; ``NO_DAY`` without one.
    end_day : int[n]
        Of the order, or when nobody waited for it any more; ``NO_DAY`` while open.
    is_order : bool[n]
        Whether it ended by an order.
    as_of : int
        Day number of today, which is not over.

    Returns
    -------
    Followed
    """
    limit = np.maximum(IN_TIME_DAYS, interval_days)
    ended_later = end_day >= alert_day + LANDMARK_DAYS
    counts = (ended_later | (end_day == NO_DAY)) & (alert_day + limit < as_of)
    acted_on = (action_day != NO_DAY) & (action_day < alert_day + LANDMARK_DAYS)
    return Followed(
        counts=counts,
        acted_on=counts & acted_on,
        ordered=counts & ended_later & is_order & (end_day <= alert_day + limit),
    )


def share_interval(part, whole):
    """Return the 90 % interval of a share, after E. B. Wilson.

    Probable Inference, the Law of Succession, and Statistical Inference (Journal of the
    American Statistical Association 22, 1927): also right near 0 and 1.

    Parameters
    ----------
    part, whole : int
        ``whole`` above 0.

    Returns
    -------
    tuple of float
        Lowest and highest share.
    """
    share = part / whole
    scale = 1 + Z_90**2 / whole
    middle = share + Z_90**2 / (2 * whole)
    half = Z_90 * sqrt(share * (1 - share) / whole + (Z_90 / (2 * whole)) ** 2)
    # rounding must not lead out of what a share can be
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)
