# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Days and hours of the company whose figures are shown."""

import datetime
import zoneinfo

MINUTES_OF_BUSINESS = (8 * 60, 18 * 60)


class Clock:
    """The time zone of a company's figures; UTC where it has none.

    today: the company's date of today, unless another one is given.
    """

    def __init__(self, company, today=None):
        self.zone = zoneinfo.ZoneInfo(company.crm_figures_tz or "UTC")
        self._today = today

    def now(self):
        """The moment as Odoo stores it; the last one of a ``today`` that was given."""
        if self._today:
            return self.at(self._today, datetime.time(23, 59))
        return datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)

    def today(self):
        """The company's date of today."""
        return self._today or datetime.datetime.now(self.zone).date()

    def day_of(self, moment):
        """The company's date at a moment as Odoo stores it."""
        return moment.replace(tzinfo=datetime.UTC).astimezone(self.zone).date()

    def days_ago(self, rng, days):
        """A moment in business hours some days ago (or, negative, ahead), in UTC.

        Weekends become the Friday before; what would be in the future becomes now
        where ``days`` is not negative.
        """
        day = self.today() - datetime.timedelta(days=int(days))
        day -= datetime.timedelta(days=max(day.weekday() - 4, 0))
        minute = int(rng.integers(*MINUTES_OF_BUSINESS))
        moment = self.at(day, datetime.time(*divmod(minute, 60)))
        return moment if days < 0 else min(moment, self.now())

    def at(self, day, time):
        """A local time of a day as Odoo stores it, naive in UTC."""
        local = datetime.datetime.combine(day, time, self.zone)
        return local.astimezone(datetime.UTC).replace(tzinfo=None)
