# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from crm_dashboards.report.workbook.rooms import share_rooms


@pytest.mark.parametrize(
    ("lengths", "room", "shares"),
    [
        ([3, 0, 5], 10, [3, 0, 5]),
        ([50, 3, 40], 23, [10, 3, 10]),
        ([7, 7], 5, [2, 3]),
        ([], 5, []),
    ],
    ids=["all whole", "short one whole", "nothing lost", "no list"],
)
def test_short_lists_are_whole_and_long_ones_share_the_rest(lengths, room, shares):
    assert share_rooms(lengths, room) == shares
