# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.missing_orders import NO_DAY
from crm_dashboards.analytics.what_followed import (
    IN_TIME_DAYS,
    LANDMARK_DAYS,
    count_followed,
    share_interval,
)

ALERT_DAY = 1000
LONG_AGO = ALERT_DAY + 400
OUT = (False, False, False)
NOT_ACTED, ACTED = (True, False, False), (True, True, False)
NOT_ACTED_ORDERED, ACTED_ORDERED = (True, False, True), (True, True, True)


def follow(action, end, is_order=True, interval=0.0, as_of=LONG_AGO):
    """What followed one alert; days are counted from it, None for none."""
    followed = count_followed(
        np.array([ALERT_DAY]),
        np.array([interval]),
        np.array([NO_DAY if action is None else ALERT_DAY + action]),
        np.array([NO_DAY if end is None else ALERT_DAY + end]),
        np.array([is_order]),
        as_of,
    )
    return followed.counts[0], followed.acted_on[0], followed.ordered[0]


@pytest.mark.parametrize(
    ("action", "end", "expected"),
    [
        (None, None, NOT_ACTED),
        (0, None, ACTED),
        (6, None, ACTED),
        (7, None, NOT_ACTED),  # too late to be compared as acted on
        (None, 0, OUT),
        (None, 6, OUT),  # not open any more on day 7
        (3, 6, OUT),
        (None, -2, OUT),  # an order that was entered late
        (None, 7, NOT_ACTED_ORDERED),
        (6, 7, ACTED_ORDERED),
        (7, 7, NOT_ACTED_ORDERED),
        (3, 30, ACTED_ORDERED),
        (3, 31, ACTED),
        (None, 31, NOT_ACTED),
    ],
)
def test_landmark_is_the_seventh_day(action, end, expected):
    assert follow(action, end) == expected


@pytest.mark.parametrize(
    ("interval", "end", "expected"),
    [
        (14.0, 30, NOT_ACTED_ORDERED),
        (45.0, 31, NOT_ACTED_ORDERED),
        (45.0, 45, NOT_ACTED_ORDERED),
        (45.0, 46, NOT_ACTED),
        (45.5, 45, NOT_ACTED_ORDERED),
        (45.5, 46, NOT_ACTED),
    ],
)
def test_in_time_is_30_days_or_the_usual_interval(interval, end, expected):
    assert follow(None, end, interval=interval) == expected


@pytest.mark.parametrize(
    ("interval", "after", "expected"),
    [(0.0, 30, OUT), (0.0, 31, NOT_ACTED), (60.0, 60, OUT), (60.0, 61, NOT_ACTED)],
)
def test_alert_counts_when_its_time_is_over(interval, after, expected):
    assert follow(None, None, interval=interval, as_of=ALERT_DAY + after) == expected


def test_order_at_once_does_not_count_before_the_others():
    """Else those who order would be there early, and the share too high."""
    assert follow(None, 10, as_of=ALERT_DAY + 30) == OUT
    assert follow(None, 10, as_of=ALERT_DAY + 31) == NOT_ACTED_ORDERED


def test_lapsed_is_no_order():
    assert follow(2, 20, is_order=False) == ACTED
    assert follow(2, 5, is_order=False) == OUT


def test_no_alert():
    nothing = np.zeros(0, int)
    followed = count_followed(nothing, nothing, nothing, nothing, nothing == 1, 0)
    assert not followed.counts.any()


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # 20 of 50: middle (.4 + 2.7055 / 100) / 1.05411 = .40513,
        # half 1.64485 · √(.4 · .6 / 50 + 2.7055 / 10 000) / 1.05411 = .11110
        (20, 50, 0.2940, 0.5162),
        (0, 50, 0.0, 0.0513),  # 2.7055 / 52.7055
        (50, 50, 0.9487, 1.0),
        (1, 1, 0.2699, 1.0),  # 1 / 3.7055
        (400, 1000, 0.3748, 0.4257),
    ],
)
def test_interval_after_wilson(part, whole, low, high):
    assert share_interval(part, whole) == pytest.approx((low, high), abs=5e-5)


def test_interval_holds_the_share_in_nine_of_ten_samples():
    rng = np.random.default_rng(7)
    share, whole, samples = 0.38, 200, 2000
    found = [
        share_interval(part, whole) for part in rng.binomial(whole, share, samples)
    ]
    held = sum(low <= share <= high for low, high in found) / samples
    assert 0.88 <= held <= 0.92


def simulate(rng, number):
    """Alerts of customers whom acting moves not at all.

    Each customer orders again at its own rate, and is called at the rate of whoever is
    in charge of it, until it has ordered: what is done afterwards is done about no
    alert.
    """
    wait = rng.exponential(rng.choice([10.0, 40.0, 160.0], number))
    call = rng.exponential(rng.choice([3.0, 15.0, 60.0], number))
    alert_day = ALERT_DAY + rng.integers(0, 365, number)
    end_day = alert_day + np.floor(wait).astype(int)
    action_day = np.where(call < wait, alert_day + np.floor(call).astype(int), NO_DAY)
    interval = rng.choice([14.0, 45.0], number)
    return alert_day, interval, action_day, end_day, np.ones(number, bool)


def get_shares(acted_on, ordered, among):
    """Share of those who ordered, of those acted on and of the others."""
    return [ordered[among & arm].mean() for arm in (acted_on, ~acted_on)]


@pytest.mark.parametrize("seed", range(5))
def test_where_acting_has_no_effect_both_shares_are_alike(seed):
    rng = np.random.default_rng(seed)
    alerts = simulate(rng, 40_000)
    followed = count_followed(*alerts, ALERT_DAY + 1000)
    acted, other = get_shares(followed.acted_on, followed.ordered, followed.counts)
    assert followed.acted_on.sum() > 5000
    assert abs(acted - other) < 0.03

    # counted from the day of the alert on, the same history tells of great harm
    alert_day, interval, action_day, end_day, _is_order = alerts
    in_time = end_day - alert_day <= np.maximum(IN_TIME_DAYS, interval)
    early = (action_day != NO_DAY) & (action_day < alert_day + LANDMARK_DAYS)
    naive_acted, naive_other = get_shares(early, in_time, np.ones(len(early), bool))
    assert naive_other - naive_acted > 0.05
