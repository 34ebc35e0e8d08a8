import struct

import numpy as np
import pytest

from crm_dashboards.analytics.rfm import rfm
from tests.analytics.histories import day, from_rows, generated_rows
from tools.bench import night, tables
from tools.bench.__main__ import main

ROWS = generated_rows(9)
AS_OF = day("2024-12-31")


class Cursor:
    """Answers COPY with the orders of a range of customers, as PostgreSQL does."""

    def mogrify(self, _query, bounds):
        return " ".join(map(str, bounds)).encode()

    def copy_expert(self, query, buffer):
        first, end = (int(word) for word in query.split("(")[1].split(")")[0].split())
        buffer.write(tables.COPY_HEADER)
        for customer, on, cents in ROWS:
            if first <= customer < end:
                row = (3, 4, customer, 4, on, 8, cents)
                buffer.write(struct.pack(">hiiiiiq", *row))
        buffer.write(tables.COPY_TRAILER)


def test_orders_are_read_from_the_binary_format():
    customers, days, cents = tables.read_orders(Cursor(), 1000, 1003)
    expected = [row for row in ROWS if row[0] < 1003]
    assert list(zip(customers, days, cents, strict=True)) == expected


@pytest.mark.parametrize("rows_at_once", [10, 500, 10**6])
def test_slices_of_customers_give_the_figures_of_the_whole(monkeypatch, rows_at_once):
    monkeypatch.setattr(night, "ROWS_AT_ONCE", rows_at_once)
    one = night.Night(Cursor(), 1060, len(ROWS), AS_OF)
    columns = one.compute()
    whole = rfm(from_rows(ROWS), AS_OF)
    assert columns["partner_id"].tolist() == from_rows(ROWS).customer_ids.tolist()
    assert np.array_equal(columns["segment"], whole.segment)
    assert np.array_equal(columns["value_cents"], whole.value_cents)
    assert len({len(column) for column in columns.values()}) == 1
    assert set(one.seconds) == {"read", "sort", "compute"}


@pytest.mark.parametrize("size", ["many", "12", "-5"])
def test_a_size_that_is_none_is_refused(size, capsys):
    assert main([size]) == 2
    assert "usage" in capsys.readouterr().err
