# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order histories in CSV files: customer_id, date, amount.

Needs nothing but Python, so that a file can be checked before anything is installed.
"""

import codecs
import csv
import datetime
import decimal
import io
import re
import unicodedata
from dataclasses import dataclass

COLUMNS = ("customer_id", "date", "amount")
# A date outside is a slip of the pen ("0201-05-03"), and moved by centuries
# it could leave the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_AMOUNT = decimal.Decimal(10) ** 12

# Spreadsheets declare what separates columns on a line before the header.
SEPARATORS = (",", ";", "\t")

_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
# With both signs it is clear which is the decimal point.
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")
_GROUPED_BY_POINTS = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
_WHOLE = re.compile(r"([0-9]+)\.0+")
_SHORTENED = re.compile(r"[0-9]\.[0-9]+[eE]\+[0-9]+")


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
    at least the columns customer_id, date (YYYY-MM-DD) and amount, in any order and
    case, between commas, semicolons or tabs. Empty rows are skipped.
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
    separator, lines_above = _find_separator(text)
    stream = io.StringIO(text, newline="")
    for _line in range(lines_above):
        stream.readline()
    rows = _Rows(stream, separator, lines_above)
    history = History([], [], [])
    customers, dates, places = _Customers(), {}, None
    try:
        for row in rows:
            if places is None:
                places, width = _header(row, rows.line_num), len(row)
                continue
            try:
                customer, day, amount = _cells(row, places, width)
                history.customers.append(customers.find(customer, rows.line_num))
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


class _Rows:
    """The rows of a CSV file that hold something, with the line each ends on."""

    def __init__(self, stream, separator, lines_above):
        self._rows = csv.reader(stream, delimiter=separator, strict=True)
        self._lines_above = lines_above

    @property
    def line_num(self):
        return self._lines_above + self._rows.line_num

    def __iter__(self):
        return (row for row in self._rows if any(map(str.strip, row)))


def _find_separator(text):
    """Return what separates columns, and how many lines stand above the header."""
    lines_above = 0
    for line in text.splitlines():
        lines_above += 1
        start = line.strip(' "')
        if not start.strip(" ,;\t"):
            continue
        if start.lower().startswith("sep=") and start[4:5] in SEPARATORS:
            return start[4], lines_above
        names = {sign: set(_names(line.split(sign))) for sign in SEPARATORS}
        fitting = [sign for sign in SEPARATORS if names[sign].issuperset(COLUMNS)]
        return (fitting or SEPARATORS)[0], 0
    return SEPARATORS[0], 0


def _names(cells):
    """Return the names of columns as they are meant, whatever their case."""
    return [re.sub(r"[\s-]+", "_", cell.strip(' \t"')).lower() for cell in cells]


def _decode(content):
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedHistory(line, "the file is not in UTF-8") from error


def _header(row, line):
    names = _names(row)
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise MalformedHistory(
            line,
            f"the header has no column {', '.join(missing)}; "
            f"needed are {', '.join(COLUMNS)}, separated by commas, semicolons or tabs",
        )
    for column in COLUMNS:
        if names.count(column) > 1:
            raise MalformedHistory(line, f"the header has two columns {column}")
    return [names.index(column) for column in COLUMNS]


def _cells(row, places, width):
    """Return the cells at ``places``; what is empty behind the last column may be."""
    if any(map(str.strip, row[width:])) or len(row) < width:
        raise ValueError(f"{len(row)} columns, the header has {width}")
    return [row[place].strip() for place in places]


class _Customers:
    """Customers by their ids, each known under one spelling.

    Where numbers are missing in a column, a spreadsheet writes 13085 as 13085.0.
    """

    def __init__(self):
        self._known = {}  # id as written: as meant
        self._numbers = {}  # number without leading zeros: (id, line of the first)

    def find(self, text, line):
        """Return the id that ``text`` means; raises ValueError where it is unclear."""
        if text not in self._known:
            self._known[text] = self._understand(text, line)
        return self._known[text]

    def _understand(self, text, line):
        if not text:
            raise ValueError("customer_id is empty")
        customer = " ".join(unicodedata.normalize("NFC", text).split())
        if not customer.isprintable():
            raise ValueError(f"customer_id {text!r} holds an unprintable character")
        if _SHORTENED.fullmatch(customer):
            raise ValueError(
                f"customer_id {text} is a number that a spreadsheet has shortened; "
                "format the column as text"
            )
        if whole := _WHOLE.fullmatch(customer):
            customer = whole[1]
        if customer.isdecimal():
            number = customer.lstrip("0")
            other, other_line = self._numbers.setdefault(number, (customer, line))
            if other != customer:
                raise ValueError(
                    f"customer_id {text} differs from {other} on line {other_line} by "
                    "leading zeros only; write them alike"
                )
        return customer


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


def _amount(text):
    if not text:
        raise ValueError("amount is empty")
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif _GROUPED_BY_POINTS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"amount {text!r} is not a number (as in 1234.56)")
    amount = decimal.Decimal(text)
    if abs(amount) > LARGEST_AMOUNT:
        raise ValueError(f"amount {text} is too large")
    return amount
