# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""New rows of any table from numpy columns, in COPY's binary format.

As :mod:`.copy_binary`, but with texts, amounts of money, dates and empty values, so
that rows need no table in between: each field is laid out as wide as it can be, and
what a row does not have of it is left out of the bytes that are sent.
"""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import NamedTuple

import numpy as np

from odoo.tools import SQL

from .copy_binary import HEADER, MOMENT, POSTGRESQL_EPOCH, TRAILER

ROWS_AT_ONCE = 1 << 14  # keep memory small
EMPTY = -1  # length of a value that is empty
EPOCH_DAY = int(POSTGRESQL_EPOCH.astype("datetime64[D]").astype("int64"))
# of PostgreSQL's numeric
DIGITS, BASE = 4, 10_000
NEGATIVE = 0x4000


class Cells(NamedTuple):
    """A column of n rows as it is sent.

    Attributes
    ----------
    wire : uint8[n, w]
        The values, each at the beginning of its row.
    lengths : int32[n]
        How many bytes of each count, EMPTY where there is no value.
    """

    wire: np.ndarray
    lengths: np.ndarray


def make_numbers(values, sql_type, is_empty=None):
    """Cells of numbers, dates as days from 1970-01-01 on, moments or truth values.

    :param values: array of n
    :param str sql_type: "int4", "float8", "date", "timestamp" or "bool"
    :param is_empty: bool array of n
    """
    if sql_type == "date":
        values = values.astype("int64") - EPOCH_DAY
    elif sql_type == "timestamp":
        values = (values.astype(MOMENT) - POSTGRESQL_EPOCH).astype("int64")
    wire = values.astype(WIRE_TYPES[sql_type])
    return _make_cells(_get_bytes(wire), is_empty)


def make_texts(codes, texts):
    """Cells of texts.

    :param codes: int array of n, places in ``texts`` counted from 1 on; 0 is empty
    :param texts: list of str
    """
    encoded = [b"", *(text.encode() for text in texts)]
    lengths = np.array([len(text) for text in encoded], "int32")
    lengths[0] = EMPTY
    width = max(lengths.max(), 1)
    wire = _get_bytes(np.array(encoded, f"S{width}"))
    return Cells(wire[codes], lengths[codes])


def make_amounts(cents, decimals, is_empty):
    """Cells of amounts of money, numeric with so many decimals.

    :param cents: int64 array of n, in the smallest unit
    :param is_empty: bool array of n
    """
    size = np.abs(np.where(is_empty, 0, cents))
    whole, part = np.divmod(size, 10**decimals)
    behind = -(-decimals // DIGITS)
    part *= 10 ** (behind * DIGITS - decimals)
    before = -(-len(str(whole.max(initial=0))) // DIGITS)
    fields = np.empty((len(cents), 4 + before + behind), ">i2")
    fields[:, 0] = before + behind
    fields[:, 1] = before - 1
    fields[:, 2] = np.where(~is_empty & (cents < 0), NEGATIVE, 0)
    fields[:, 3] = decimals
    # the last digits first
    for place in range(before + behind - 1, before - 1, -1):
        part, fields[:, 4 + place] = np.divmod(part, BASE)
    for place in range(before - 1, -1, -1):
        whole, fields[:, 4 + place] = np.divmod(whole, BASE)
    return _make_cells(_get_bytes(fields), is_empty)


def insert_rows(env, table, count, get_columns):
    """Insert rows into ``table``, whose other columns have their defaults.

    Some at a time, of which the next ones are laid out while PostgreSQL writes.

    :param int count: of the rows
    :param get_columns: returns {name: Cells} of a slice of the rows, of the types of
        the table's columns; called beside, where there is no database
    """
    names = None
    for columns, rows in _lay_out_ahead(count, get_columns):
        names = names or SQL(", ").join(map(SQL.identifier, columns))
        copy = SQL(
            "COPY %s (%s) FROM STDIN (FORMAT BINARY)", SQL.identifier(table), names
        )
        # at once: for each piece it would wait for the interpreter
        env.cr._obj.copy_expert(copy.code, BytesIO(rows), len(rows))


def _lay_out_ahead(count, get_columns):
    """Yield the names of the columns and the bytes of some rows after the others."""

    def lay_out(rows):
        columns = get_columns(rows)
        return list(columns), HEADER + _lay_out(list(columns.values())) + TRAILER

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="crm-night") as beside:
        ready = None
        for first in range(0, count, ROWS_AT_ONCE):
            last = min(first + ROWS_AT_ONCE, count)
            coming = beside.submit(lay_out, slice(first, last))
            if ready:
                yield ready.result()
            ready = coming
        if ready:
            yield ready.result()


WIRE_TYPES = {
    "int4": ">i4",
    "date": ">i4",
    "timestamp": ">i8",
    "float8": ">f8",
    "bool": "u1",
}


def _get_bytes(values):
    """Return the bytes of an array of n rows, uint8[n, w]."""
    values = np.ascontiguousarray(values)
    return values.view("u1").reshape(len(values), -1 if len(values) else 1)


def _make_cells(wire, is_empty):
    lengths = np.full(len(wire), wire.shape[1], "int32")
    if is_empty is not None:
        lengths[is_empty] = EMPTY
    return Cells(wire, lengths)


def _lay_out(columns):
    """Return the bytes of rows.

    :param columns: list of Cells of n rows
    """
    fields = [("count", ">i2")]
    for place, cells in enumerate(columns):
        fields.append((f"{place}.length", ">i4"))
        fields.append((f"{place}", f"V{cells.wire.shape[1]}"))
    rows = np.empty(len(columns[0].lengths), fields)
    is_sent = np.ones((len(rows), rows.itemsize), bool)
    marks = is_sent.view(rows.dtype).ravel()
    rows["count"] = len(columns)
    for place, (wire, lengths) in enumerate(columns):
        width = wire.shape[1]
        rows[f"{place}.length"] = lengths
        rows[f"{place}"] = wire.view(f"V{width}").ravel()
        if (lengths != width).any():
            # the first bytes of so many
            kept = np.tri(width + 1, width, -1, dtype=bool).view(f"V{width}").ravel()
            marks[f"{place}"] = kept[np.maximum(lengths, 0)]
    return _get_bytes(rows)[is_sent].tobytes()
