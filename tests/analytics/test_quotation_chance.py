# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from crm_dashboards_products.analytics.quotation_chance import quotation_chances


def make_chances(*groups):
    """Chances from groups of (number, open days, whether ordered)."""
    days = [open_days for number, open_days, _was in groups for _each in range(number)]
    ordered = [was for number, _days, was in groups for _each in range(number)]
    return quotation_chances(days, ordered)


def test_chance_is_of_those_still_open_at_an_age():
    found = make_chances((30, 2, True), (20, 5, True), (10, 10, False), (40, 90, False))
    assert found.open.tolist() == [100, 70, 50, 40, 40, 40]
    assert found.ordered.tolist() == [50, 20, 0, 0, 0, 0]
    assert found.at(0) == (50, 100)
    assert found.at(3) == (50, 100)
    assert found.at(4) == (20, 70)


def test_an_age_with_few_is_pooled_with_those_below():
    found = make_chances((25, 5, True), (10, 20, False), (5, 90, True))
    assert found.open.tolist() == [40, 40, 15, 15, 5, 5]
    assert found.pooled.tolist() == [0, 1, 1, 1, 1, 1]
    assert found.at(100) == (30, 40)


def test_under_thirty_there_is_no_chance():
    assert make_chances((29, 5, True)).at(0) is None
    assert quotation_chances([], []).at(10) is None


@pytest.mark.parametrize(("days", "age"), [(60, 31), (61, 61), (400, 61), (-1, 0)])
def test_where_ages_begin(days, age):
    found = make_chances((31, 31, True), (30, 61, False), (30, 500, True))
    expected = {0: (61, 91), 31: (61, 91), 61: (30, 60)}
    assert found.at(days) == expected[age]
