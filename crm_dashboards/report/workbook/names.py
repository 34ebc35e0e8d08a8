# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What Excel asks of texts, names and number formats, as plain functions."""

import re

FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Excel counts the units of UTF-16: most emoji are two of them
LONGEST_TEXT = 32767
LONGEST_SHEET_NAME = 31
RESERVED_SHEET_NAME = "history"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
DATE_PARTS = re.compile(r"'([^']+)'|(y+|M+|L+|d+|h+|H+|m+|a+)|(.)")
DATE_LETTERS = {
    "y": lambda letters: "yy" if letters == "yy" else "yyyy",
    "M": str.lower,
    "L": lambda letters: "m" * len(letters),
    "d": str,
    "h": str,
    "H": str.lower,
    "m": lambda letters: "mm",
    "a": lambda letters: "AM/PM",
}


def cut_text(text, units=LONGEST_TEXT):
    """Return as much of ``text`` as fits into ``units`` units of UTF-16."""
    if 2 * len(text) <= units:
        return text
    return text.encode("utf-16-le", "ignore")[: 2 * units].decode("utf-16-le", "ignore")


def make_sheet_name(title, taken):
    """Return a name for a sheet that Excel accepts.

    :param str title: what the name should be
    :param taken: collection of the names in the workbook, in lower case
    :return: str of 1 to 31 units of UTF-16, unlike all ``taken`` whatever their case
    """
    name = FORBIDDEN_IN_SHEET_NAMES.sub(" ", title)
    name = cut_text(name, LONGEST_SHEET_NAME).strip(" '") or "Sheet"
    candidate, number = name, 1
    while candidate.lower() in taken or candidate.lower() == RESERVED_SHEET_NAME:
        number += 1
        ending = f" {number}"
        candidate = (
            cut_text(name, LONGEST_SHEET_NAME - len(ending)).rstrip(" '") + ending
        )
    return candidate


def make_money_format(symbol, position, decimals):
    """Return the number format of a currency.

    :param str symbol: such as €
    :param str position: before or after the amount
    :param int decimals: digits after the point
    """
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    words = symbol.replace('"', "")
    if not words:
        return digits
    if position == "before":
        return f'"{words}{NO_BREAK_SPACE}"{digits}'
    return f'{digits}"{NO_BREAK_SPACE}{words}"'


def make_date_format(pattern):
    """Return the number format of a pattern of the CLDR, such as ``MMM d, y``.

    Months, days and times only; the names of months are those of Excel's language.
    """
    parts = []
    for quoted, letters, other in DATE_PARTS.findall(pattern):
        if letters:
            parts.append(DATE_LETTERS[letters[0]](letters))
        elif quoted or not other.isascii():
            parts.append(f'"{quoted or other}"')
        else:
            parts.append(other)
    return "".join(parts)


def make_percent_format(example):
    """Return the number format of percents with a decimal.

    :param str example: 100 % as the language writes it
    """
    before, _number, after = example.partition("100")
    return f"{_quote_space(before)}0.0{_quote_space(after)}"


def _quote_space(words):
    return words.replace(NO_BREAK_SPACE, f'"{NO_BREAK_SPACE}"')


def make_link_formula(url, words):
    """Return the formula of a cell that shows ``words`` and opens ``url``.

    A formula, since a sheet holds only 65 530 links of the other kind.
    """
    quoted = ('"' + text.replace('"', '""') + '"' for text in (url, words))
    return f"=HYPERLINK({','.join(quoted)})"
