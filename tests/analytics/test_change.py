# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from crm_dashboards.analytics.change import change_direction


@pytest.mark.parametrize(
    ("change", "direction"),
    [
        (0.27, "up"),
        (-0.39, "down"),
        (0.0, "level"),
        (0.0005, "up"),  # 0.1 % to read
        (-0.0005, "down"),
        (0.0004, "level"),  # 0 % to read
        (-0.0004, "level"),
    ],
)
def test_a_change_has_a_direction_where_one_is_seen(change, direction):
    assert change_direction(change) == direction
