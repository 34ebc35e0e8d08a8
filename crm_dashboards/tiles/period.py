# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The period that a dashboard shows, and the one that it is compared with.

All are days of the person who looks; ``get_day_start`` says when each begins.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from ..models.date_words import format_day, format_days, format_period
from ..nightly.periods import get_month_start

YEAR = 12  # months
# {key: (length in months, how many of these ago)}
PERIODS = {
    "month": (1, 0),
    "last_month": (1, 1),
    "quarter": (3, 0),
    "last_quarter": (3, 1),
    "year": (YEAR, 0),
    "last_year": (YEAR, 1),
}
BEFORE, YEAR_BEFORE = COMPARISONS = ("before", "year")
DEFAULT = ("month", BEFORE)
QUARTERS = ("first_quarter", "second_quarter", "third_quarter", "fourth_quarter")
# Days of each month at which a line through so many months has a point.
STEP_DAYS = {1: range(1, 31), 3: range(5, 30, 5), YEAR: (15,)}


class Step(NamedTuple):
    """A point of a line through a period: a day, and up to where each side counts.

    ``until`` and ``before_until`` are days that are not included; None where there is
    nothing to count: not yet, or no such day in the month.
    """

    day: date
    number: int
    until: date | None
    before_until: date | None


@dataclass(frozen=True)
class Period:
    """A month, quarter or year, and the one before it or of the year before.

    Attributes
    ----------
    key, comparison : str
        Of PERIODS and COMPARISONS.
    today : date
        As the person who looks has it.
    months : int
        How long it is.
    start, end, before_start, before_end : date
        First day, and the day after the last one.
    until, before_until : date
        The day after today, and after the same days of the other period; the ends
        where the period is over.
    """

    key: str
    comparison: str
    today: date
    months: int
    start: date
    end: date
    until: date
    before_start: date
    before_end: date
    before_until: date

    @property
    def is_running(self):
        return not PERIODS[self.key][1]

    @property
    def is_default(self):
        return (self.key, self.comparison) == DEFAULT

    def get_name(self, env):
        """Return what it is called, such as November, Q4 or 2026."""
        return format_period(env, self.start, self.months, self.today)

    def get_before_name(self, env):
        """Return what the one is called that it is compared with."""
        return format_period(env, self.before_start, self.months, self.today)

    def get_same_days(self, env):
        """Return what it is compared with up to today, such as Oct 1 – 21."""
        if not self.is_running:
            return self.get_before_name(env)
        last = self.before_until - timedelta(days=1)
        return format_days(env, self.before_start, last, self.today)

    def get_facet(self):
        """Return the option of a report's date filter that shows it."""
        return make_facet(self.start, self.months, self.today)

    def get_before_facet(self):
        """Return the option that shows what it is compared with."""
        return make_facet(self.before_start, self.months, self.today)

    def get_steps(self):
        """Return the points of a line through the period and the other one.

        The same day of a month stands above the same; a month that is shorter than
        the other ends before it.
        """
        steps = []
        last_day = self.until - timedelta(days=1)
        for back in range(self.months):
            first = self.start + relativedelta(months=back)
            before = self.before_start + relativedelta(months=back)
            length, before_length = _get_length(first), _get_length(before)
            longest = max(length, before_length)
            numbers = {*STEP_DAYS[self.months], longest}
            if self.is_running and get_month_start(last_day) == first:
                numbers.add(last_day.day)
            for number in sorted(each for each in numbers if each <= longest):
                until = first + timedelta(days=min(number, length))
                before_until = before + timedelta(days=min(number, before_length))
                # where a month is all, its line ends with it
                ends = self.months == 1 and number > length
                before_ends = self.months == 1 and number > before_length
                day = (before if ends else first) + timedelta(
                    days=min(number, before_length if ends else length) - 1
                )
                steps.append(
                    Step(
                        day,
                        number,
                        None if ends or until > self.until else until,
                        None if before_ends else before_until,
                    )
                )
        return steps

    def describe(self, env):
        """Say in words which days these are, and with which they are compared."""
        days = format_days(env, self.start, self.until - timedelta(days=1))
        return env._(
            "%(period)s: %(days)s, %(comparison)s",
            period=get_period_label(env, self.key),
            days=days,
            comparison=self.describe_comparison(env),
        )

    def describe_comparison(self, env):
        """Say what it is compared with."""
        before = self.get_before_name(env)
        if self.is_running:
            return env._("vs same days of %(period)s", period=before)
        return env._("vs %(period)s", period=before)


def make_period(key, comparison, today):
    """Return a Period as of a day.

    Days that the other period does not have are left out: up to 31 October, September
    counts as a whole, and up to 29 February the year before up to 28 February.
    """
    months, back = PERIODS[key]
    start = get_month_start(today, (today.month - 1) % months + months * back)
    end = start + relativedelta(months=months)
    shift = relativedelta(months=YEAR if comparison == YEAR_BEFORE else months)
    before_start = start - shift
    before_end = before_start + relativedelta(months=months)
    until, before_until = end, before_end
    if not back:
        until = today + timedelta(days=1)
        before_until = today - shift + timedelta(days=1)
    return Period(
        key=key,
        comparison=comparison,
        today=today,
        months=months,
        start=start,
        end=end,
        until=until,
        before_start=before_start,
        before_end=before_end,
        before_until=before_until,
    )


def make_facet(start, months, today):
    """Return the option of a date filter for a month, quarter or year.

    As Odoo's own: ``month-2``, ``fourth_quarter``, ``year-1``. A year stands first, or
    the client adds its own.
    """
    years_back = today.year - start.year
    year = f"year-{years_back}" if years_back else "year"
    if months == YEAR:
        return year
    if months == 1:
        back = years_back * YEAR + today.month - start.month
        month = f"month-{back % YEAR}" if back % YEAR else "month"
        return month if back < YEAR else f"{year},{month}"
    return f"{year},{QUARTERS[(start.month - 1) // months]}"


def get_period_label(env, key):
    """Return what a period is called where one chooses it."""
    return {
        "month": env._("This month"),
        "last_month": env._("Last month"),
        "quarter": env._("This quarter"),
        "last_quarter": env._("Last quarter"),
        "year": env._("This year"),
        "last_year": env._("Last year"),
    }[key]


def get_period_choices(env, today):
    """Return the periods to choose from, each with what it is compared with.

    :return: list of {value, label, comparisons: [{value, label}]}
    """
    choices = []
    for key, (months, _back) in PERIODS.items():
        # the year before is the one before
        known = COMPARISONS if months < YEAR else COMPARISONS[:1]
        comparisons = [
            {
                "value": each,
                "label": make_period(key, each, today).describe_comparison(env),
            }
            for each in known
        ]
        label = get_period_label(env, key)
        choices.append({"value": key, "label": label, "comparisons": comparisons})
    return choices


def describe_step(env, period, step):
    """Return (short, long) words of a point of a line."""
    long = format_day(env, step.day)
    return (str(step.number) if period.months == 1 else long), long


def _get_length(day):
    """Return the number of days of a month."""
    return monthrange(day.year, day.month)[1]
