# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import numpy as np
import pytest

from crm_dashboards.analytics.lookup import SMALL, SPARSE, Lookup

FAR = 10 * SMALL * SPARSE  # ids so far apart that no table holds them


@pytest.mark.parametrize("last", [9, FAR])
def test_values_stand_beside_their_ids(last):
    lookup = Lookup(np.array([7, 3, last]), np.array([70, 30, 90]), -1)
    wanted = np.array([3, last, 4, 7, 3, 0, last + 1, -5])
    assert lookup.find(wanted).tolist() == [30, 90, -1, 70, 30, -1, -1, -1]


@pytest.mark.parametrize("last", [9, FAR])
def test_all_that_are_there(last):
    lookup = Lookup(np.array([last, 5]), np.array([1.5, 2.5]), np.nan)
    assert lookup.find(np.array([5, last])).tolist() == [2.5, 1.5]


def test_moments_are_missing_as_moments():
    moment = np.array(["2026-11-02T10:00"], "datetime64[us]")
    found = Lookup(np.array([4]), moment, np.datetime64("NaT")).find(np.array([4, 5]))
    assert found.dtype == moment.dtype
    assert found[0] == moment[0]
    assert np.isnat(found[1])


def test_nothing_is_there():
    lookup = Lookup(np.zeros(0, "int32"), np.zeros(0, "int32"), 0)
    assert lookup.find(np.array([1, 2])).tolist() == [0, 0]
    assert lookup.find(np.zeros(0, "int32")).tolist() == []
