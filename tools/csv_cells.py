# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a cell of an order history means; ValueError where that is not clear."""

import datetime
import decimal
import re
import unicodedata

# A date outside is a slip of the pen ("0201-05-03"), and moved by centuries
# it could leave the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_NUMBER = decimal.Decimal(10) ** 12

_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
# With both signs it is clear which is the decimal point.
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")
_GROUPED_BY_POINTS = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
_WHOLE = re.compile(r"([0-9]+)\.0+")
_SHORTENED = re.compile(r"[0-9]\.[0-9]+[eE]\+[0-9]+")


class Ids:
    """The ids of a column, each known under one spelling.

    Where numbers are missing in a column, a spreadsheet writes 13085 as 13085.0.
    """

    def __init__(self, column):
        self._column = column
        self._known = {}  # id as written: as meant
        self._numbers = {}  # number without leading zeros: (id, line of the first)

    def find(self, text, line):
        """Return the id that ``text`` means."""
        if text not in self._known:
            self._known[text] = self._understand(text, line)
        return self._known[text]

    def _understand(self, text, line):
        column = self._column
        if not text:
            raise ValueError(f"{column} is empty")
        found = plain_text(column, text)
        if _SHORTENED.fullmatch(found):
            raise ValueError(
                f"{column} {text} is a number that a spreadsheet has shortened; "
                "format the column as text"
            )
        if whole := _WHOLE.fullmatch(found):
            found = whole[1]
        if found.isdecimal():
            number = found.lstrip("0")
            other, other_line = self._numbers.setdefault(number, (found, line))
            if other != found:
                raise ValueError(
                    f"{column} {text} differs from {other} on line {other_line} by "
                    "leading zeros only; write them alike"
                )
        return found


class Dates:
    """Dates in the form YYYY-MM-DD, with or without a time beside them."""

    def __init__(self):
        self._known = {}

    def find(self, text):
        """Return the datetime.date that ``text`` means."""
        if text not in self._known:
            self._known[text] = _date(text)
        return self._known[text]


def plain_text(column, text):
    """A text of one look under one spelling."""
    found = " ".join(unicodedata.normalize("NFC", text).split())
    if not found.isprintable():
        raise ValueError(f"{column} {text!r} holds an unprintable character")
    return found


def number(column, text):
    """The decimal.Decimal that ``text`` means."""
    if not text:
        raise ValueError(f"{column} is empty")
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif _GROUPED_BY_POINTS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{column} {text!r} is not a number (as in 1234.56)")
    found = decimal.Decimal(text)
    if abs(found) > LARGEST_NUMBER:
        raise ValueError(f"{column} {text} is too large")
    return found


def _date(text):
    if not text:
        raise ValueError("date is empty")
    try:
        match = _DATE.fullmatch(text)
        if not match:
            raise ValueError
        day = datetime.date.fromisoformat(match[1])
    except ValueError:
        raise ValueError(
            f"date {text!r} is not a date in the form YYYY-MM-DD"
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"date {text} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return day
