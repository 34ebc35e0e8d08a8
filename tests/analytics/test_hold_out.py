# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.hold_out import (
    FEWEST_TARGETS,
    difference_interval,
    is_held_out,
)

HELD_OUT = {2026: [9, 19, 21, 41, 44], 2027: [16, 38, 57]}


@pytest.mark.parametrize("year", HELD_OUT)
def test_of_sixty_customers_these_are_held_out(year):
    drawn = [customer for customer in range(1, 61) if is_held_out(customer, year)]
    assert drawn == HELD_OUT[year]


@pytest.mark.parametrize("year", [2026, 2027, 2030])
def test_a_tenth_is_held_out(year):
    drawn = sum(is_held_out(customer, year) for customer in range(100_000))
    assert 9_700 < drawn < 10_300


def test_another_year_is_another_draw():
    both = sum(
        is_held_out(customer, 2026) and is_held_out(customer, 2027)
        for customer in range(100_000)
    )
    assert 900 < both < 1_100


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0766, 0.3136),  # the table's first case, at 90 %
        ((180, 450, 15, 50), -0.0205, 0.2016),
        ((10, 10, 0, 10), 0.6989, 1.0),
        ((0, 10, 0, 10), -0.2129, 0.2129),
    ],
)
def test_interval_of_a_difference(counts, low, high):
    assert difference_interval(*counts) == pytest.approx((low, high), abs=5e-5)


def simulate(effect, rng):
    """Interval of the difference in one history of as few customers as are told of.

    Whom to call is chosen by who would order anyhow, which the lot does not know.
    """
    wants = rng.beta(2, 3, 4 * FEWEST_TARGETS)
    chosen = np.argsort(-wants - rng.random(len(wants)))[:FEWEST_TARGETS]
    held_out = rng.random(FEWEST_TARGETS) < 0.1
    chance = wants[chosen] + effect * ~held_out
    ordered = rng.random(FEWEST_TARGETS) < chance
    return difference_interval(
        int(ordered[~held_out].sum()),
        int((~held_out).sum()),
        int(ordered[held_out].sum()),
        int(held_out.sum()),
    )


@pytest.mark.parametrize("effect", [0.0, 0.1])
def test_nine_of_ten_intervals_hold_the_effect(effect):
    rng = np.random.default_rng(20)
    intervals = [simulate(effect, rng) for _history in range(2_000)]
    share = np.mean([low <= effect <= high for low, high in intervals])
    assert 0.88 < share < 0.93
