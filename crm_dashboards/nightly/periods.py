# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Months and days of figures, in the zone of a company or of the person who looks."""

from datetime import datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import fields

# Dates before and after are no dates of business, though the database takes them; it
# takes infinite ones, too, which no calendar has.
FIRST_MOMENT, LAST_MOMENT = datetime(1970, 1, 1), datetime(2100, 1, 1)


def get_viewer_zone(env):
    """Return the time zone of the person who looks, UTC where none is set."""
    return pytz.timezone(env.context.get("tz") or env.user.tz or "UTC")


def get_figures_zone(company):
    """Return the time zone of the stored figures of ``company``."""
    return pytz.timezone(company._get_crm_zone())


def get_zone_today(zone, now=None):
    """Return the date it is in ``zone`` at the UTC moment ``now``."""
    now = now or fields.Datetime.now()
    return pytz.utc.localize(now).astimezone(zone).date()


def get_day_start(zone, day):
    """Return the UTC moment, without zone, at which ``day`` begins in ``zone``."""
    midnight = zone.localize(datetime.combine(day, time.min))
    return midnight.astimezone(pytz.utc).replace(tzinfo=None)


def get_month_start(day, months_back=0):
    """Return the first day of the month ``months_back`` before that of ``day``."""
    return day.replace(day=1) - relativedelta(months=months_back)


def get_same_days_end(today):
    """Return the day after the same days of last month.

    On the 31st, last month may be shorter: its whole length counts then.
    """
    last_month = get_month_start(today, 1)
    return min(last_month + timedelta(days=today.day), get_month_start(today))


def get_days_left(today):
    """Return the days left of the month of ``today``, the day itself included."""
    return (get_month_start(today, -1) - today).days
