# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a company's customers are compared with when their rhythms are judged.

A few numbers that follow from all of them. Kept, they judge one customer between two
nights as the last night would have, without reading the others.
"""

from dataclasses import dataclass

import numpy as np

from .alert_clock import AlertClock

__all__ = ["CompanyRhythm"]


@dataclass(frozen=True, eq=False)
class CompanyRhythm:
    """Facts of a company on one day.

    Attributes
    ----------
    median_gap : float
        Median of its customers' median gaps in days, in steps; NaN where nobody has
        enough.
    kappa : float
        Usual intervals of recency from which an order is late.
    opened : bool[7]
        Weekdays on which it takes orders, Monday first.
    shape, rate : float or None
        Of the gamma distribution of its customers' rates; None where nobody ordered
        twice.
    clock : AlertClock or None
        By which an order is late; without one every day counts.
    """

    median_gap: float
    kappa: float
    opened: np.ndarray
    shape: float | None
    rate: float | None
    clock: AlertClock | None

    @property
    def gamma(self):
        """Shape and rate, see :func:`~.churn.rate_moments`."""
        return self.shape, self.rate

    def to_plain(self):
        """These facts as a dict of plain numbers, for JSON."""
        known = not np.isnan(self.median_gap)
        return {
            "median_gap": float(self.median_gap) if known else None,
            "kappa": float(self.kappa),
            "opened": self.opened.tolist(),
            "shape": None if self.shape is None else float(self.shape),
            "rate": None if self.rate is None else float(self.rate),
            "clock": self.clock and self.clock.to_plain(),
        }

    @classmethod
    def from_plain(cls, facts):
        """The reverse of :meth:`to_plain`."""
        median_gap = facts["median_gap"]
        return cls(
            **{
                **facts,
                "median_gap": np.nan if median_gap is None else median_gap,
                "opened": np.array(facts["opened"], dtype=bool),
                "clock": facts["clock"] and AlertClock.from_plain(facts["clock"]),
            }
        )
