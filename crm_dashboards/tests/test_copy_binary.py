# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..nightly.copy_binary import (
    HEADER,
    MOMENT,
    PART_BYTES,
    TRAILER,
    ColumnParts,
    read_columns,
)

TYPES = {
    "small": "int16",
    "id": "int32",
    "big": "int64",
    "share": "float64",
    "moment": MOMENT,
}
ROWS = PART_BYTES // 3  # several parts of each column, the last one not full


@tagged("post_install", "-at_install")
class TestCopyBinary(TransactionCase):
    def _read(self, rows):
        query = SQL(
            """
            SELECT (number %% 1000)::int2, -number, number * 10000000000::int8,
                   number / 8::float8,
                   TIMESTAMP '2026-01-01' + number * INTERVAL '1 second'
              FROM GENERATE_SERIES(1, %s) number
             ORDER BY number
            """,
            rows,
        )
        return read_columns(self.env, query, TYPES)

    def test_columns_of_many_parts(self):
        columns = self._read(ROWS)
        number = np.arange(1, ROWS + 1)
        expected = {
            "small": number % 1000,
            "id": -number,
            "big": number * 10_000_000_000,
            "share": number / 8,
            "moment": np.datetime64("2026-01-01") + number.astype("timedelta64[s]"),
        }
        self.assertEqual(list(columns), list(TYPES))
        for name, column in columns.items():
            self.assertEqual(column.dtype, np.dtype(TYPES[name]))
            np.testing.assert_array_equal(column, expected[name], name)

    def test_what_comes_may_end_anywhere(self):
        """Three rows in two parts of two columns, a few bytes at a time."""
        fields = [
            (b"\x00" * 7 + b"\x03", b"\x00\x01\x00\x02", b"\x00" * 7 + b"\x05"),
            (b"\x00" * 7 + b"\x03", b"\x00\x03", b"\xff" * 16),
        ]
        rows = [
            len(row).to_bytes(2, "big")
            + b"".join(len(field).to_bytes(4, "big") + field for field in row)
            for row in fields
        ]
        sent = b"".join([HEADER, *rows, TRAILER])
        for size in (1, 3, 11, len(sent)):
            parts = ColumnParts([np.dtype("int16"), np.dtype("int64")])
            for place in range(0, len(sent), size):
                parts.take(sent[place : place + size])
            small, big = parts.get_columns()
            self.assertEqual(small.tolist(), [1, 2, 3])
            self.assertEqual(big.tolist(), [5, -1, -1])

    def test_no_rows(self):
        for name, column in self._read(0).items():
            self.assertEqual((len(column), column.dtype), (0, np.dtype(TYPES[name])))

    def test_an_empty_value_is_not_skipped(self):
        """One in each column leaves columns that are equally long."""
        query = SQL("SELECT * FROM (VALUES (1, NULL), (NULL, 2), (3, 3)) each")
        with self.assertRaisesRegex(ValueError, "empty value"):
            read_columns(self.env, query, {"id": "int32", "other": "int32"})

    def test_infinite_moments(self):
        query = SQL("SELECT '-infinity'::timestamp")
        moments = read_columns(self.env, query, {"moment": MOMENT})["moment"]
        self.assertTrue(np.isnat(moments[0]))
