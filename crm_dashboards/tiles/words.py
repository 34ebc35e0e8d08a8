# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Numbers in sentences, in the language of the person who looks."""

from math import ceil

import numpy as np

from odoo.tools.misc import formatLang, get_lang

DECIMAL_BELOW = 0.1
MINUS = "−"
LEFT_TO_RIGHT_MARK = "\u200e"
DIGITS_OF_A_RATE = 6
WHOLE_UNITS_FROM = 10
MINUTE = 60
SECONDS_WITH_DIGIT_BELOW = (1, 10)
KILOBYTE, MEGABYTE, GIGABYTE = 10**3, 10**6, 10**9


def add_minus(env, words):
    """A number below 0; a mark keeps its sign before it from right to left, too."""
    mark = LEFT_TO_RIGHT_MARK if get_lang(env).direction == "rtl" else ""
    return f"{mark}{MINUS}{words}"


def format_count(env, number):
    """A whole number in words of the user's language, such as 2,925."""
    return formatLang(env, number, digits=0)


def format_least_amount(value, currency):
    """Money that something takes at least, never less than it: as format_amount."""
    value = currency.round(float(value))
    return format_amount(value if value < WHOLE_UNITS_FROM else ceil(value), currency)


def format_exact_amount(value, currency):
    """Money of a document in a sentence: with cents, the sign before the currency."""
    return f"{MINUS if value < 0 else ''}{currency.format(abs(value))}"


def format_amount(value, currency):
    """Money on a tile and in its sentences: in whole units of the currency.

    Below WHOLE_UNITS_FROM a rounded amount would say something else, 0.40 even that
    there is none: such an amount keeps the decimals of its currency, unless all of them
    are 0. The browser's ``formatCell`` goes by the same rule.
    """
    value = currency.round(float(value)) + 0.0  # no negative zero
    if value < 0:
        return add_minus(currency.env, format_amount(-value, currency))
    if value < WHOLE_UNITS_FROM and value % 1:
        return format_exact_amount(value, currency)
    return formatLang(
        currency.env,
        value,
        currency_obj=currency,
        rounding_unit="units",
        rounding_method="HALF-UP",
    )


def format_share(env, share):
    """A share in a sentence, with a decimal below 10 % only, as the browser has it."""
    return format_percentage(env, 100 * share, 1 if abs(share) < DECIMAL_BELOW else 0)


def format_percentage(env, percentage, digits=2):
    """A percentage in a sentence, with at most so many decimals."""
    number = formatLang(env, abs(percentage), digits=digits, rounding_method="HALF-UP")
    # zeros at the end say nothing, and the point or comma before them neither
    number = number.rstrip("0").rstrip(".,") if digits else number
    words = env._("%(number)s%%", number=number)
    return add_minus(env, words) if percentage < 0 else words


def format_rate(env, rate):
    """A currency's rate with the digits that say something, such as 0.7553."""
    exact = np.format_float_positional(
        rate, precision=DIGITS_OF_A_RATE, fractional=False, trim="-"
    )
    return formatLang(env, rate, digits=len(exact.partition(".")[2]))


def format_seconds(env, seconds):
    """How long something took, such as 0.04 s, 2.1 s, 41 s or 2 min 5 s."""
    if seconds < MINUTE:
        digits = sum(seconds < least for least in SECONDS_WITH_DIGIT_BELOW)
        number = formatLang(env, seconds, digits=digits)
        return env._("%(seconds)s s", seconds=number)
    minutes, rest = divmod(round(seconds), MINUTE)
    return env._("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest)


def format_bytes(env, number):
    """A size, such as 48 kB, 1.4 MB or 1.2 GB."""
    if number < MEGABYTE:
        size = formatLang(env, number / KILOBYTE, digits=0)
        return env._("%(size)s kB", size=size)
    if number < GIGABYTE:
        size = formatLang(env, number / MEGABYTE, digits=1)
        return env._("%(size)s MB", size=size)
    size = formatLang(env, number / GIGABYTE, digits=1)
    return env._("%(size)s GB", size=size)


def format_days_late(env, days):
    """How late an order is, in words."""
    if days == 1:
        return env._("1 day late")
    return env._("%s days late", days)


def format_ago(env, days):
    """How long ago something was, in words."""
    if days == 0:
        return env._("today")
    if days == 1:
        return env._("yesterday")
    return env._("%s days ago", days)


def describe_confidence(env, confidence):
    """How sure one can be of a projection, in a word."""
    return {
        "high": env._("high"),
        "medium": env._("medium"),
        "low": env._("low"),
    }[confidence]


def join_words(*parts):
    """Parts that say something, with dots between them."""
    return " · ".join(filter(None, parts))
