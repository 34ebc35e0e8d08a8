# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a company's figures depend on besides its documents."""

from dataclasses import dataclass

from ..analytics.history import day_number
from ..analytics.missing_orders import AUTOMATIC, KAPPA
from ..analytics.rfm import SEGMENT_METHOD, Cutoffs
from .periods import get_figures_zone, get_zone_today

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
        Usual intervals of recency from which an order is late.
    min_orders, lapsed_days : int
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
    lapsed_days: int
    holidays: tuple
    trend_source: str
    trend_band: float
    trend_strict: bool

    def get_rhythm_choices(self):
        """Return the arguments of analytics.missing_orders.judge_rhythms."""
        return {
            "kappa": self.kappa,
            "holidays": self.holidays,
            "min_gaps": self.min_orders - 1,
            "lapsed_days": self.lapsed_days,
        }

    def get_rfm_fingerprint(self):
        """Return a text that changes whenever a setting of RFM or its method does."""
        settings = [getattr(self, name) for name in RFM_SETTINGS]
        return repr([SEGMENT_METHOD, *settings])


def read_settings(company, now):
    """Return the FigureSettings of a res.company at the UTC moment ``now``.

    The same for whoever asks, such as the holidays: read as the superuser.
    """
    company = company.sudo()
    zone, setting = get_figures_zone(company), company._get_crm_setting
    return FigureSettings(
        as_of=day_number(get_zone_today(zone, now)),
        zone=zone.name,
        decimals=company.currency_id.decimal_places,
        window_months=setting("crm_rfm_window_months"),
        method=setting("crm_rfm_method"),
        cutoffs=company._get_cutoffs(setting("crm_rfm_method")),
        include_individuals=company.crm_include_individuals,
        include_never_invoiced=company.crm_include_never_invoiced,
        kappa=KAPPA.get(setting("crm_missing_sensitivity"), AUTOMATIC),
        min_orders=setting("crm_missing_min_orders"),
        lapsed_days=setting("crm_missing_lapsed_days"),
        holidays=_read_holidays(company, zone),
        trend_source=setting("crm_trend_source"),
        trend_band=setting("crm_trend_band"),
        trend_strict=company.crm_trend_strict,
    )


def _read_holidays(company, zone):
    """Return the day numbers of the public holidays of the company's calendar."""
    days = set()
    for leave in company.resource_calendar_id.global_leave_ids:
        first = get_zone_today(zone, leave.date_from)
        last = get_zone_today(zone, leave.date_to)
        days.update(range(day_number(first), day_number(last) + 1))
    return tuple(sorted(days))
