# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What may come from outside: values that JSON, Python and a database all can hold."""

from math import isfinite

MAX_ID = 2**31 - 1
MAX_DEPTH = 100


def is_plain(value, depth=0):
    """Whether a value is of JSON and could be stored, with all that is in it."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return all(
            is_text(key) and is_plain(each, depth + 1) for key, each in value.items()
        )
    if isinstance(value, list | tuple):
        return all(is_plain(each, depth + 1) for each in value)
    if isinstance(value, float):
        return isfinite(value)
    return value is None or isinstance(value, bool | int) or is_text(value)


def is_text(value):
    """Whether ``value`` is a text that a database can hold."""
    if not isinstance(value, str) or "\x00" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a pair of surrogates
        return False
    return True


def is_id(value):
    """Whether ``value``, from the browser, can be the id of a record."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and 0 < value <= MAX_ID
