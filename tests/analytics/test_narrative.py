# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_dashboards.analytics.change import change_direction
from crm_dashboards.analytics.narrative import CustomerStory, narrative

STEADY = CustomerStory(
    order_count=20,
    month_cents=120_000,
    same_days_cents=100_000,
    trend="growing",
    this_year_cents=1_500_000,
    last_year_cents=1_000_000,
    change_share=0.5,
    recency_days=9,
    interval_days=14.2,
    expected_day=20_000,
    expected_cents=40_000,
)


def keys(story, **changes):
    return [key for key, _figures in narrative(replace(story, **changes))]


def test_year_month_and_next_order():
    assert narrative(STEADY) == [
        (
            "year_growing",
            {"this_year": 1_500_000, "last_year": 1_000_000, "change_share": 0.5},
        ),
        (
            "month_ahead",
            {"month": 120_000, "same_days": 100_000, "change_share": 0.2},
        ),
        ("order_expected", {"expected_day": 20_000, "expected_cents": 40_000}),
    ]


def test_who_never_ordered_has_one_sentence():
    assert narrative(CustomerStory()) == [("never_ordered", {})]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"may_be_chance": True}, "year_growing_by_chance"),
        ({"trend": "declining", "change_share": -0.3}, "year_declining"),
        ({"trend": "static", "change_share": 0.05}, "year_static"),
        ({"trend": "static", "may_be_chance": True}, "year_static"),
        ({"new": True}, "year_new"),
        ({"back": True, "change_share": None}, "year_back"),
        ({"trend": "declining", "lost": True}, "year_lost"),
        ({"change_share": None}, "year_up"),
        ({"trend": "declining", "change_share": -1.5}, "year_down"),
        ({"trend": "static", "change_share": None}, "year_level"),
    ],
)
def test_sentence_of_the_year(changes, key):
    assert keys(STEADY, **changes)[0] == key


def test_a_customer_that_is_not_counted_has_no_sentence_of_the_year():
    assert keys(STEADY, trend=None) == ["month_ahead", "order_expected"]


@pytest.mark.parametrize(
    ("month", "before", "key"),
    [
        (100, 100, "month_level"),
        (100_000, 100_049, "month_level"),  # 0 % to read
        (101, 100, "month_ahead"),
        (99, 100, "month_behind"),
        (5, 0, "month_begun"),
        (5, -3, "month_begun"),
        (0, 100, "month_empty"),
    ],
)
def test_sentence_of_the_month(month, before, key):
    story = replace(STEADY, month_cents=month, same_days_cents=before)
    assert keys(story)[1] == key
    projected = replace(story, projected_cents=900, confidence="medium")
    assert narrative(projected)[1][0] == f"{key}_projected"
    assert narrative(projected)[1][1]["projected"] == 900
    assert keys(projected, confidence="low")[1] == key


def test_two_months_of_nothing_are_passed_over():
    story = replace(STEADY, month_cents=0, same_days_cents=0)
    assert keys(story) == ["year_growing", "order_expected"]


@pytest.mark.parametrize(
    ("changes", "key", "figures"),
    [
        (
            {"days_overdue": 17, "recency_days": 31, "missing": True},
            "order_missing",
            {"recency_days": 31, "interval_days": 14.2},
        ),
        (
            {
                "days_overdue": 17,
                "recency_days": 31,
                "missing": True,
                "churn_probability": 0.64,
            },
            "order_missing_leaving",
            {
                "recency_days": 31,
                "interval_days": 14.2,
                "churn_probability": 0.64,
            },
        ),
        (
            {"days_overdue": 3},
            "order_overdue",
            {"expected_day": 20_000, "late": 3},
        ),
        (
            {"days_overdue": 40, "seasonal": True, "recency_days": 54},
            "order_seasonal",
            {"late": 40},
        ),
        (
            {"days_overdue": 400, "lapsed": True, "recency_days": 414},
            "order_lapsed",
            {"recency_days": 414, "interval_days": 14.2},
        ),
        ({"expected_day": None}, "order_without_rhythm", {"ago": 9}),
        ({"expected_day": None, "compared": False}, "order_last", {"ago": 9}),
        (
            {"expected_day": None, "order_count": 1},
            "order_first",
            {"ago": 9},
        ),
    ],
)
def test_sentence_of_the_next_order(changes, key, figures):
    assert narrative(replace(STEADY, **changes))[-1] == (key, figures)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_the_sentence_of_the_month_goes_where_its_arrow_goes(month, before):
    story = replace(STEADY, month_cents=month, same_days_cents=before)
    key, figures = narrative(story)[1]
    direction = change_direction((month - before) / before)
    if not month:
        assert (key, direction) == ("month_empty", "down")
        return
    words = {"up": "month_ahead", "down": "month_behind", "level": "month_level"}
    assert key == words[direction]
    assert (figures["month"], figures["same_days"]) == (month, before)
