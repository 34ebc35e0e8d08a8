"""What a company's figures depend on besides its documents."""

from dataclasses import dataclass

from ..analytics.rfm import Cutoffs

RFM_SETTINGS = (
    "zone",
    "decimals",
    "window_months",
    "method",
    "cutoffs",
    "include_individuals",
    "include_never_invoiced",
)


@dataclass(frozen=True)
class FigureSettings:
    """Settings of one company on one day.

    Attributes
    ----------
    as_of : int
        Day number of today in the company's zone of figures.
    zone : str
        That zone.
    decimals : int
        Of the company's currency.
    window_months, method, cutoffs
        Of RFM: "ranks", or "cutoffs" with a Cutoffs.
    include_individuals, include_never_invoiced : bool
        Who is compared besides invoiced companies.
    kappa : float or "automatic"
        Usual intervals of silence from which an order is late.
    min_orders, given_up_days : int
        Order-days from which a rhythm is known; days after which nobody is waited for.
    holidays : tuple of int
        Day numbers on which the company is closed.
    trend_source : str
        "turnover" or "orders".
    trend_band : float
        Share of change up to which a customer is static.
    trend_strict : bool
        Whether what may be chance is static, too.
    """

    as_of: int
    zone: str
    decimals: int
    window_months: int
    method: str
    cutoffs: Cutoffs | None
    include_individuals: bool
    include_never_invoiced: bool
    kappa: float | str
    min_orders: int
    given_up_days: int
    holidays: tuple
    trend_source: str
    trend_band: float
    trend_strict: bool

    def get_rfm_fingerprint(self):
        """Return a text that changes whenever a setting of RFM does."""
        return repr([getattr(self, name) for name in RFM_SETTINGS])
