# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime
from decimal import Decimal

import numpy as np

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..nightly.copy_rows import (
    ROWS_AT_ONCE,
    Cells,
    insert_rows,
    make_amounts,
    make_numbers,
    make_texts,
)

TABLE = "crm_test_copied"
ITSELF = SQL("value")
LARGEST = np.iinfo("int64").max
CENTS = [0, 1, -1, 99, -100, 123_456, 10**6, -98_765_432_109, 2**53, LARGEST]


@tagged("post_install", "-at_install")
class TestCopyRows(TransactionCase):
    def _copy(self, cells, sql_type, value=ITSELF):
        """Return the values of a column after it was inserted.

        :param value: SQL of what to return of each
        """
        self.env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s (id serial, value %s) ON COMMIT DROP",
                SQL.identifier(TABLE),
                SQL(sql_type),
            )
        )
        insert_rows(
            self.env,
            TABLE,
            len(cells.lengths),
            lambda rows: {"value": Cells(cells.wire[rows], cells.lengths[rows])},
        )
        query = SQL("SELECT %s FROM %s ORDER BY id", value, SQL.identifier(TABLE))
        rows = self.env.execute_query(query)
        self.assertEqual(len(cells.lengths), len(rows))
        self.env.cr.execute(SQL("DROP TABLE %s", SQL.identifier(TABLE)))
        return [value for (value,) in rows]

    def test_numbers(self):
        is_empty = np.array([False, True, False])
        for values, sql_type, expected in (
            ([1, 2, -3], "int4", [1, None, -3]),
            ([0.5, np.nan, -2], "float8", [0.5, None, -2]),
            ([1, 0, 0], "bool", [True, None, False]),
            ([0, 5, 20_000], "date", [date(1970, 1, 1), None, date(2024, 10, 4)]),
        ):
            cells = make_numbers(np.array(values), sql_type, is_empty)
            self.assertEqual(self._copy(cells, sql_type), expected)

    def test_moments(self):
        moments = np.array(["2026-11-21T12:00:00.000001", "NaT"], "datetime64[us]")
        cells = make_numbers(moments, "timestamp", np.isnat(moments))
        self.assertEqual(
            self._copy(cells, "timestamp"), [datetime(2026, 11, 21, 12, 0, 0, 1), None]
        )

    def test_texts(self):
        cells = make_texts(np.array([2, 0, 1, 2]), ["a", "longer, ä"])
        self.assertEqual(
            self._copy(cells, "varchar"), ["longer, ä", None, "a", "longer, ä"]
        )
        cells = make_texts(np.array([0, 0]), ["a"])
        self.assertEqual(self._copy(cells, "varchar"), [None, None])

    def test_amounts(self):
        """As PostgreSQL has them of cents times the smallest unit, to the digit."""
        for decimals in (0, 1, 2, 3, 4, 6):
            for cents in (CENTS, CENTS[:4], []):
                cells = make_amounts(
                    np.array(cents, "int64"), decimals, np.zeros(len(cents), bool)
                )
                unit = Decimal(1).scaleb(-decimals)
                query = SQL(
                    "SELECT (each * %s)::text FROM UNNEST(%s::int8[]) each", unit, cents
                )
                expected = [text for (text,) in self.env.execute_query(query)]
                found = self._copy(cells, "numeric", SQL("value::text"))
                self.assertEqual(found, expected)

    def test_empty_amounts(self):
        cents = np.array([np.iinfo("int64").min, 100])
        cells = make_amounts(cents, 2, np.array([True, False]))
        found = self._copy(cells, "numeric", SQL("value::text"))
        self.assertEqual(found, [None, "1.00"])

    def test_many_rows(self):
        numbers = np.arange(2 * ROWS_AT_ONCE + 1)
        is_empty = numbers % 3 == 0
        cells = make_numbers(numbers, "int4", is_empty)
        expected = [None if each % 3 == 0 else each for each in numbers.tolist()]
        self.assertEqual(self._copy(cells, "int4"), expected)
