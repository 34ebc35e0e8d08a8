# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Months and days of figures, in the zone of a company or of the person who looks."""

from bisect import bisect_right
from datetime import datetime, timedelta
from functools import cached_property

import pytz
from dateutil.relativedelta import relativedelta

from odoo import fields

# Dates before and after are no dates of business, though the database takes them; it
# takes infinite ones, too, which no calendar has.
FIRST_MOMENT, LAST_MOMENT = datetime(1970, 1, 1), datetime(2100, 1, 1)


class Zone:
    """A time zone whose days begin where PostgreSQL says, as in Odoo's own groupings.

    Where clocks change at midnight a day can begin twice, or at one o'clock; and Python
    may know of other changes than the database does.
    """

    def __init__(self, env, name):
        self._env = env
        self.name = name if name in pytz.all_timezones_set else "UTC"

    @cached_property
    def tzinfo(self):
        """The same for Python."""
        return pytz.timezone(self.name)

    def get_day_starts(self, year):
        """Return the UTC moments at which the days of ``year`` begin, in order."""
        return self._env["res.company"]._get_crm_day_starts(self.name, year)


def get_viewer_zone(env):
    """Return the Zone of the person who looks; UTC where none, or none there is."""
    return Zone(env, env.tz.zone)


def get_figures_zone(company):
    """Return the Zone of the stored figures of ``company``."""
    return Zone(company.env, company.crm_figures_tz)


def get_zone_today(zone, now=None):
    """Return the date it is in ``zone`` at the UTC moment ``now``."""
    now = now or fields.Datetime.now()
    # zones are less than a day away from UTC
    days = [now.date() + timedelta(days=ahead) for ahead in (-1, 0, 1)]
    starts = [get_day_start(zone, day) for day in days]
    return days[bisect_right(starts, now) - 1]


def get_day_start(zone, day):
    """Return the UTC moment, without zone, at which ``day`` begins in ``zone``."""
    return zone.get_day_starts(day.year)[day.timetuple().tm_yday - 1]


def get_month_start(day, months_back=0):
    """Return the first day of the month ``months_back`` before that of ``day``."""
    return day.replace(day=1) - relativedelta(months=months_back)
