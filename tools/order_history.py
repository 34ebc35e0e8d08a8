# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order histories in CSV files: customer_id, date, amount.

Needs nothing but Python, so that a file can be checked before anything is installed.
"""

import csv
import datetime
import decimal
import io
import re
from dataclasses import dataclass

COLUMNS = ("customer_id", "date", "amount")
# A date outside is a slip of the pen ("0201-05-03"), and moved by centuries
# it could leave the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_AMOUNT = decimal.Decimal(10) ** 12

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")


class MalformedHistory(Exception):
    """The file is not an order history; ``line`` is 0 where no line is to blame."""

    def __init__(self, line, reason):
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason


@dataclass
class History:
    """Orders in columns, one item an order, in the order of the file.

    customers: list of str; dates: list of datetime.date; amounts: list of
    decimal.Decimal in the currency of the company.
    """

    customers: list
    dates: list
    amounts: list

    def __len__(self):
        return len(self.customers)

    def moved_to(self, today):
        """The same history moved by whole weeks to end in the seven days to ``today``.

        Weekdays stay what they were. A history that ends in the future moves back.
        """
        weeks = (today - max(self.dates)).days // 7
        days = datetime.timedelta(days=7 * weeks)
        moved = {day: day + days for day in set(self.dates)}
        return History(self.customers, [moved[day] for day in self.dates], self.amounts)


def read(path):
    """Read an order history.

    path: a CSV file in UTF-8, with or without byte order mark, whose header names
    at least the columns customer_id, date (YYYY-MM-DD) and amount, in any order.
    Returns a History. Raises MalformedHistory for the first thing that is wrong.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise MalformedHistory(0, f"{path} cannot be read: {error.strerror}") from error
    return parse(_decode(content))


def parse(text):
    """Read an order history from the text of a CSV file; see ``read``."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    history = History([], [], [])
    dates, places = {}, None
    try:
        for row in rows:
            if not row:
                continue
            if places is None:
                places, width = _header(row, rows.line_num), len(row)
                continue
            if len(row) != width:
                raise MalformedHistory(
                    rows.line_num, f"{len(row)} columns, the header has {width}"
                )
            customer, day, amount = (row[place].strip() for place in places)
            try:
                history.customers.append(_customer(customer))
                if day not in dates:
                    dates[day] = _date(day)
                history.dates.append(dates[day])
                history.amounts.append(_amount(amount))
            except ValueError as error:
                raise MalformedHistory(rows.line_num, str(error)) from error
    except csv.Error as error:
        reason = f"not readable as CSV: {error}"
        raise MalformedHistory(rows.line_num, reason) from error
    if places is None:
        raise MalformedHistory(1, "the file is empty")
    if not history.customers:
        raise MalformedHistory(rows.line_num + 1, "no orders after the header")
    return history


def _decode(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedHistory(line, "the file is not in UTF-8") from error


def _header(row, line):
    names = [name.strip() for name in row]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise MalformedHistory(
            line,
            f"the header has no column {', '.join(missing)}; "
            f"needed are {', '.join(COLUMNS)}, separated by commas",
        )
    for column in COLUMNS:
        if names.count(column) > 1:
            raise MalformedHistory(line, f"the header has two columns {column}")
    return [names.index(column) for column in COLUMNS]


def _customer(text):
    if not text:
        raise ValueError("customer_id is empty")
    if not text.isprintable():
        raise ValueError(f"customer_id {text!r} holds an unprintable character")
    return text


def _date(text):
    if not text:
        raise ValueError("date is empty")
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"date {text!r} is not a date in the form YYYY-MM-DD"
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"date {text} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return day


def _amount(text):
    if not text:
        raise ValueError("amount is empty")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"amount {text!r} is not a number (as in 1234.56)")
    amount = decimal.Decimal(text)
    if abs(amount) > LARGEST_AMOUNT:
        raise ValueError(f"amount {text} is too large")
    return amount
