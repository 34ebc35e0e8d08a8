# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from crm_dashboards.analytics.frames import to_python
from crm_dashboards.analytics.missing_orders import find_missing_orders
from crm_dashboards.analytics.rfm import rfm
from crm_dashboards.analytics.trend import trends

from .ten_customers import AS_OF, HISTORY


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.int64(3), 3),
        (np.int8(-1), -1),
        (np.float64(2.5), 2.5),
        (np.float32(0.5), 0.5),
        (np.longdouble(1.5), 1.5),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        (np.float64("nan"), None),
        (float("inf"), None),
        (float("nan"), None),
        (pd.NA, None),
        (pd.NaT, None),
        (None, None),
        (np.datetime64("NaT"), None),
        (np.datetime64("2024-02-29"), date(2024, 2, 29)),
        (np.datetime64("2024-02-29T10:00:00"), datetime(2024, 2, 29, 10)),
        (pd.Timestamp("2024-02-29 10:00"), datetime(2024, 2, 29, 10)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (np.array([1.0, np.nan]), [1.0, None]),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.array([[1.0, np.nan]]), [[1.0, None]]),
        (
            np.array(["2024-02-29", "NaT"], dtype="datetime64[D]"),
            [date(2024, 2, 29), None],
        ),
        (pd.Series([1.0, None]), [1.0, None]),
        (pd.DataFrame({"a": [1], "b": [np.nan]}), [(1, None)]),
        ({np.int64(1): (np.int64(2), [np.float64("nan")])}, {1: (2, [None])}),
    ],
)
def test_plain_python(value, plain):
    given = to_python(value)
    assert given == plain
    assert type(given) is type(plain)
    assert not isinstance(given, np.generic)


def test_values_inside_containers_are_plain_too():
    for item in to_python(np.array([1, 2])) + to_python(pd.Series([1, 2])):
        assert type(item) is int


@pytest.mark.parametrize("value", [object(), np.timedelta64(1, "D"), {1, 2}])
def test_what_has_no_plain_form_is_refused(value):
    with pytest.raises(TypeError):
        to_python(value)


def test_every_result_is_plain_json():
    for result in (
        rfm(HISTORY, AS_OF),
        find_missing_orders(HISTORY, AS_OF),
        trends(HISTORY, AS_OF),
    ):
        plain = to_python(result)
        assert json.loads(json.dumps(plain, allow_nan=False)) == plain
        assert set(plain) == set(vars(result))
