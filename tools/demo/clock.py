"""Days and hours of the company whose figures are shown."""

import datetime
import functools
import zoneinfo


class Clock:
    """The time zone of a company's figures; UTC where it has none."""

    def __init__(self, company):
        name = "crm_figures_tz" in company._fields and company.crm_figures_tz
        self.zone = zoneinfo.ZoneInfo(name or "UTC")

    def today(self):
        """The company's date of today."""
        return datetime.datetime.now(self.zone).date()

    @functools.lru_cache(maxsize=None)  # noqa: B019 (lives as long as one load)
    def noon(self, day):
        """Noon of a day as Odoo stores it, naive in UTC."""
        return self.at(day, datetime.time(12))

    def at(self, day, time):
        """A local time of a day as Odoo stores it, naive in UTC."""
        local = datetime.datetime.combine(day, time, self.zone)
        return local.astimezone(datetime.UTC).replace(tzinfo=None)
