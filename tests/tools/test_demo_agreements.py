# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Rebate agreements of the made-up wholesaler: periods, and tiers around a sum."""

import datetime
from decimal import Decimal

import pytest

from tools.demo import agreements
from tools.demo.agreements import STORIES, _period, _sections

TODAY = datetime.date(2024, 6, 12)
TARGETS = [Decimal(text) for text in ("913.20", "7400", "22027", "100000", "1234567")]


@pytest.mark.parametrize("today", [TODAY, datetime.date(2024, 2, 29)])
@pytest.mark.parametrize("story", STORIES)
def test_agreements_run_for_a_year_around_today(today, story):
    start, end = _period(today, story)
    assert 364 <= (end - start).days <= 365
    assert (today - start).days > 200
    assert start < today < end


def test_only_some_agreements_are_nearly_over():
    left = {
        story.ends_soon: (_period(TODAY, story)[1] - TODAY).days for story in STORIES
    }
    assert left[True] == agreements.NEARLY_OVER_DAYS
    assert left[False] > 60


@pytest.mark.parametrize("target", TARGETS)
def test_tiers_follow_each_other_without_touching(target):
    sections = _sections(target)
    assert [section["rebate_discount"] for section in sections] == [2, 4, 6]
    for lower, upper in zip(sections, sections[1:], strict=False):
        gap = upper["amount_from"] - lower["amount_to"]
        assert gap == pytest.approx(0.01)
        assert lower["amount_from"] < lower["amount_to"]


@pytest.mark.parametrize("target", TARGETS[1:])
@pytest.mark.parametrize(
    "place, tier",
    [(0, 1), (1, 0), (2, 1), (3, 0), (4, 2)],
    ids=str,
)
def test_each_customer_is_where_the_story_wants_it(target, place, tier):
    invoiced = float(STORIES[place].reached * target)
    reached = [
        index
        for index, section in enumerate(_sections(target))
        if section["amount_from"] <= invoiced <= section["amount_to"]
    ]
    assert reached == [tier]


def test_the_first_customer_is_near_its_next_tier():
    for target in TARGETS[1:]:
        first = STORIES[0]
        goal = _sections(target)[2]["amount_from"]
        assert 0.88 < float(first.reached * target) / goal < 1
