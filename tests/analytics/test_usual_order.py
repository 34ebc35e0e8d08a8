# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.usual_order import usual_order


def usual(*rows):
    """The usual order of lines ``(day, product, quantity, value)``."""
    columns = np.array(rows, dtype=float).reshape(-1, 4).T
    day, product = columns[:2].astype(int)
    return usual_order(day, product, columns[2], columns[3])


CARDS, LIGHTS, MIRROR = 7, 5, 9
HISTORY = (
    (10, CARDS, 12, 90),
    (10, LIGHTS, 6, 60),
    (17, CARDS, 24, 180),
    (31, CARDS, 6, 45),
    (31, CARDS, 6, 45),  # twice in an order
    (45, CARDS, 36, 270),
    (45, MIRROR, 2, 100),
    (50, LIGHTS, 8, 88),
)


def test_a_history_worked_by_hand():
    found = usual(*HISTORY)
    assert found.product.tolist() == [CARDS, LIGHTS, MIRROR]
    # orders ago: cards 4 3 2 1, lights 4 0, mirror 1
    cards = 0.9**4 + 0.9**3 + 0.9**2 + 0.9
    assert found.score.tolist() == pytest.approx([cards, 0.9**4 + 1, 0.9])
    assert found.recent.tolist() == [4, 2, 1]
    # cards 24 12 36 the last three times; 12 12 24 36 in all
    assert found.quantity.tolist() == [24, 7, 2]
    assert found.low.tolist() == [12, 7, 2]
    assert found.high.tolist() == [27, 8, 2]
    assert found.value.tolist() == [180, 74, 100]
    assert found.last_day.tolist() == [45, 50, 45]
    # gaps of 7, 14 and 14; one gap is no rhythm
    assert found.due_day.tolist() == [59, 0, 0]
    assert found.order_count == 5
    # 2, 1, 1, 2 and 1 products
    assert found.line_count == 3
    # values 150 180 90 370 88: quartiles 90 and 180
    assert found.large_day is None


def test_rows_in_another_order_change_nothing():
    one, other = usual(*HISTORY), usual(*HISTORY[::-1])
    for name in ("product", "score", "quantity", "low", "high", "value", "due_day"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


def test_ten_orders_are_looked_back_on():
    rows = [(day, 1, day, 1) for day in range(1, 13)]
    rows += [(day, product, 1, 1) for day in (1, 2) for product in range(2, 9)]
    found = usual(*rows)
    assert (found.order_count, found.line_count) == (10, 3)
    assert found.recent.tolist() == [10] + [0] * 7
    # the others fell out of them
    assert found.usual_count == 1
    # 3 to 12: quartiles 5.25 and 9.75
    # so that the last three lie above
    assert (found.quantity[0], found.low[0], found.high[0]) == (11, 5, 11)


def test_the_range_holds_the_quantity():
    quantities = [10, 10, 10, 10, 10, 10, 10, 40, 50]
    found = usual(*[(day, 1, number, 1) for day, number in enumerate(quantities)])
    # quartiles of 10 and 10, 40 the last three times
    assert (found.quantity[0], found.low[0], found.high[0]) == (40, 10, 40)


def test_half_a_product_of_the_usual_number_is_one_more():
    rows = [(day, product, 1, 1) for day in (1, 2) for product in range(4)]
    rows += [(2, 4, 1, 1)]
    assert usual(*rows).line_count == 5


def test_products_that_fell_out_come_last():
    # 1 was in 30 orders, and in none of the last ten: 3.5 to 1 by score
    rows = [(day, 1, 1, 1) for day in range(30)]
    rows += [(day, 2 + day % 2, 1, 1) for day in range(30, 40)]
    found = usual(*rows)
    assert found.product.tolist() == [3, 2, 1]
    assert found.score[2] > 3.3


def test_pieces_stay_whole():
    rows = ((1, 1, 2, 1), (2, 1, 3, 1), (1, 2, 0.5, 1), (2, 2, 0.8, 1))
    found = usual(*rows)
    assert found.quantity.tolist() == [3, 0.65]
    assert found.low.tolist() == pytest.approx([2, 0.575])


def test_half_a_day_of_the_usual_gap_is_one_more():
    # gaps of 7 and 8
    found = usual((10, 1, 1, 1), (17, 1, 1, 1), (25, 1, 1, 1))
    assert found.due_day.tolist() == [33]


def test_quantities_in_other_units_are_left_aside():
    nan = float("nan")
    found = usual((1, 1, nan, 500), (2, 1, 4, 40), (3, 1, nan, 500), (4, 1, 6, 60))
    assert found.recent.tolist() == [4]
    assert (found.quantity[0], found.value[0]) == (5, 50)
    assert (found.low[0], found.high[0]) == (5, 6)
    found = usual((1, 1, nan, 500))
    assert (found.recent[0], np.isnan(found.quantity[0])) == (1, True)


def test_larger_orders_among_small_ones():
    # quartiles of 10 10 10 10 10 10 10 100 100 100: 10 and 77.5
    values = [10, 10, 100, 10, 10, 100, 100, 10, 10, 10]
    rows = [(day, 1, 1, value) for day, value in enumerate(values)]
    assert usual(*rows).large_day == 6
    # 30 is three times 10, and no more
    assert usual(*[(d, 1, 1, min(v, 30)) for d, _, _, v in rows]).large_day is None
    # older ones do not count
    later = [(10 + day, 1, 1, 10) for day in range(10)]
    assert usual(*rows, *later).large_day is None


def test_a_customer_without_lines():
    found = usual()
    assert found.product.tolist() == []
    assert (found.order_count, found.line_count, found.large_day) == (0, 3, None)
