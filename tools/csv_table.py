# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Tables with named columns in CSV files, and what is wrong with those that are not.

Needs nothing but Python, so that a file can be checked before anything is installed.
"""

import codecs
import csv
import gzip
import io
import re
import zlib

# Spreadsheets declare what separates columns on a line before the header.
SEPARATORS = (",", ";", "\t")

_GZIP = b"\x1f\x8b"


class MalformedHistory(Exception):
    """The file is not an order history; ``line`` is 0 where no line is to blame."""

    def __init__(self, line, reason):
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason


def read_text(path):
    """The text of a file in UTF-8 or UTF-16, which may be compressed by gzip.

    Raises MalformedHistory where it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise MalformedHistory(0, f"{path} cannot be read: {error.strerror}") from error
    if content.startswith(_GZIP):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            reason = f"{path} cannot be unpacked: {error}"
            raise MalformedHistory(0, reason) from error
    return _decode(content)


def _decode(content):
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedHistory(line, "the file is not in UTF-8") from error


def collect(text, *kinds):
    """Fill the collector that the header of a table asks for.

    text: of a CSV file whose header names the columns of one of the ``kinds``, in any
    order and case, between commas, semicolons or tabs. Empty rows are skipped.
    kinds: classes with ``columns``, a tuple of names, and ``add(line, *cells)``, which
    raises ValueError for what is wrong with a row.
    Returns the collector. Raises MalformedHistory for the first thing that is wrong.
    """
    separator, lines_above = _find_separator(text, kinds)
    stream = io.StringIO(text, newline="")
    for _line in range(lines_above):
        stream.readline()
    rows = _Rows(stream, separator, lines_above)
    collector, filled = None, False
    try:
        for row in rows:
            if collector is None:
                kind = _fitting(_names(row), kinds)
                places, width = _header(row, kind.columns, rows.line_num), len(row)
                collector = kind()
                continue
            try:
                collector.add(rows.line_num, *_cells(row, places, width))
            except ValueError as error:
                raise MalformedHistory(rows.line_num, str(error)) from error
            filled = True
    except csv.Error as error:
        reason = f"not readable as CSV: {error}"
        raise MalformedHistory(rows.line_num, reason) from error
    if collector is None:
        raise MalformedHistory(1, "the file is empty")
    if not filled:
        raise MalformedHistory(rows.line_num + 1, "no orders after the header")
    return collector


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


def _find_separator(text, kinds):
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
        fitting = [
            sign
            for sign in SEPARATORS
            if any(names[sign].issuperset(kind.columns) for kind in kinds)
        ]
        return (fitting or SEPARATORS)[0], 0
    return SEPARATORS[0], 0


def _names(cells):
    """Return the names of columns as they are meant, whatever their case."""
    return [re.sub(r"[\s-]+", "_", cell.strip(' \t"')).lower() for cell in cells]


def _fitting(names, kinds):
    """The kind that has its columns, or else most of them; the first one in doubt."""

    def fit(kind):
        found = set(kind.columns).intersection(names)
        return len(found) == len(kind.columns), len(found)

    return max(kinds, key=fit)


def _header(row, columns, line):
    names = _names(row)
    missing = [column for column in columns if column not in names]
    if missing:
        raise MalformedHistory(
            line,
            f"the header has no column {', '.join(missing)}; "
            f"needed are {', '.join(columns)}, separated by commas, semicolons or tabs",
        )
    for column in columns:
        if names.count(column) > 1:
            raise MalformedHistory(line, f"the header has two columns {column}")
    return [names.index(column) for column in columns]


def _cells(row, places, width):
    """Return the cells at ``places``; what is empty behind the last column may be."""
    if any(map(str.strip, row[width:])) or len(row) < width:
        raise ValueError(f"{len(row)} columns, the header has {width}")
    return [row[place].strip() for place in places]
