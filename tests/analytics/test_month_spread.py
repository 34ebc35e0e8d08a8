# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_dashboards.analytics.month_spread import NOTHING, spread

IDS = np.array([11, 12, 13, 14])


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        # 2.5, 5.0, 2.5, 0: of two equal remainders the smaller id's is rounded up
        (10, [1, 2, 1, 0], [3, 5, 2, 0]),
        # 16.66, 33.33, 50.00: one cent is left, and .66 is the largest remainder
        (100, [1, 2, 3, 0], [17, 33, 50, 0]),
        # 0.25 each of one cent
        (1, [3, 3, 3, 3], [1, 0, 0, 0]),
        # 0.75 each of three cents
        (3, [5, 5, 5, 5], [1, 1, 1, 0]),
        (0, [1, 2, 3, 4], [0, 0, 0, 0]),
        (-5, [1, 2, 3, 4], [0, 0, 0, 0]),
        (100, [0, 0, 0, 0], [0, 0, 0, 0]),
    ],
)
def test_largest_remainders_are_rounded_up(total, weights, shares):
    weights = np.array(weights, dtype=float)
    assert spread(total, weights, IDS).shares(weights, IDS).tolist() == shares


def test_nobody_gets_nothing():
    nobody = np.zeros(0)
    assert spread(100, nobody, nobody) == NOTHING


@given(
    st.integers(1, 10**12),
    st.lists(st.floats(0, 1e7) | st.sampled_from([1.0, 1 / 3]), min_size=1),
)
def test_shares_add_up_to_the_cent(total, weights):
    weights, ids = np.array(weights), np.arange(len(weights)) * 7
    shares = spread(total, weights, ids).shares(weights, ids)
    assert shares.sum() == (total if weights.sum() > 0 else 0)
    assert (shares >= 0).all()
    assert (shares[weights == 0] == 0).all()
