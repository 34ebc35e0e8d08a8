# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Dates as the language of the person who looks writes them."""

from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton

from odoo import fields
from odoo.tools.misc import babel_locale_parse, format_time, get_lang

from ..nightly.periods import get_month_start

WHOLE_DAY = "yMMMd"


def format_day(env, day, skeleton=None):
    """A date as the user's language writes it, such as Nov 21.

    :param skeleton: of the CLDR; if left out, the year is told where it is another
    """
    if not skeleton:
        # the viewer's zone would take a query, for some hours of the year
        is_of_this_year = day.year == fields.Date.today().year
        skeleton = "MMMd" if is_of_this_year else WHOLE_DAY
    return format_skeleton(skeleton, day, locale=_get_locale(env))


def format_soon(env, day, today):
    """A day within the next week in words, such as Fri, another one by its date."""
    days = (day - today).days
    if days in (0, 1):
        return env._("tomorrow") if days else env._("today")
    if 1 < days < 7:
        # as within a sentence: the skeleton of a weekday is of one that stands alone
        return format_date(day, "EEE", locale=_get_locale(env))
    return format_day(env, day)


def format_month(env, day, skeleton="MMMM"):
    """A month as the user's language names it alone; "yMMMM" adds the year."""
    alone = {"MMMM": "LLLL", "MMM": "LLL"}.get(skeleton)
    if alone:
        return format_date(day, alone, locale=_get_locale(env))
    return format_skeleton(skeleton, day, locale=_get_locale(env))


def format_days(env, first, last, today=None):
    """Days from the first to the last, such as Jul 1 – Aug 30.

    :param today: the year is told where it is another one; always if left out
    """
    is_short = today and first.year == last.year == today.year
    skeleton = "MMMd" if is_short else WHOLE_DAY
    return format_interval(first, last, skeleton, locale=_get_locale(env))


def format_period(env, start, months, today):
    """What a month, quarter or year is called, with its year where it takes one.

    :param start: its first day
    :param months: 1, 3 or 12
    """
    if months == 12:
        return format_skeleton("y", start, locale=_get_locale(env))
    if months == 3:
        if start.year == today.year:
            return format_date(start, "QQQ", locale=_get_locale(env))
        return format_skeleton("yQQQ", start, locale=_get_locale(env))
    is_recent = start > get_month_start(today, 12)
    return format_month(env, start, "MMMM" if is_recent else "yMMMM")


def format_moment(env, moment, zone, skeleton=None):
    """A UTC moment in the time zone of a name, such as Nov 21, 1:05 PM."""
    local = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
    day = format_day(env, local.date(), skeleton)
    time = format_time(env, moment, tz=zone, time_format="short")
    return f"{day}, {time}"


def format_recent_moment(env, moment, zone):
    """As format_moment; one of today says so, such as today, 1:05 PM."""
    days = [
        each.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).date()
        for each in (moment, fields.Datetime.now())
    ]
    if days[0] != days[1]:
        return format_moment(env, moment, zone)
    time = format_time(env, moment, tz=zone, time_format="short")
    return env._("today, %(time)s", time=time)


def get_patterns(env):
    """Return how the user's language writes a day with its year, and a time of day.

    :return: (str, str), patterns of the CLDR
    """
    locale = _get_locale(env)
    day, time = locale.datetime_skeletons[WHOLE_DAY], locale.time_formats["short"]
    return day.pattern, time.pattern


def _get_locale(env):
    return babel_locale_parse(get_lang(env).code)
