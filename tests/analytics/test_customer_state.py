# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from crm_dashboards.analytics.customer_state import next_step, order_state
from crm_dashboards.analytics.expectation import Expectation

TODAY = 20_000


def expect(state, expected_day=None, order_count=5, **others):
    last_day = TODAY - 20 if order_count else None
    return Expectation(
        TODAY, order_count, last_day, expected_day=expected_day, state=state, **others
    )


@pytest.mark.parametrize(
    ("expected", "key"),
    [
        (expect(None, order_count=0), "never"),
        (expect(None, order_count=1), "first"),
        (expect(None), "no_rhythm"),
        (expect("expected", TODAY + 1), "on_time"),
        (expect("expected", TODAY), "due_today"),
        (expect("overdue", TODAY), "due_today"),
        (expect("overdue", TODAY - 1), "late"),
        (expect("quiet", TODAY - 3), "late"),
        (expect("seasonal", TODAY - 9), "seasonal"),
        (expect("missing", TODAY - 9), "missing"),
        (expect("missing", TODAY - 9, churn_probability=0.49), "missing"),
        (expect("missing", TODAY - 9, churn_probability=0.5), "leaves"),
        (expect("lapsed", TODAY - 400), "lapsed"),
    ],
)
def test_order_state_is_the_one_that_holds(expected, key):
    assert order_state(expected) == key


@pytest.mark.parametrize(
    ("expected", "marks", "step"),
    [
        (expect("missing", TODAY - 9), {}, "missing"),
        (expect("missing", TODAY - 9), {"is_overdue": True}, "missing_and_overdue"),
        (expect("expected", TODAY + 3), {"is_overdue": True}, "overdue"),
        (expect("expected", TODAY + 3), {"expires": True}, "quotation"),
        (expect("expected", TODAY + 7), {}, "usual_order"),
        (expect("expected", TODAY + 8), {}, None),
        (expect("expected", TODAY + 8), {"is_silent": True}, "engage"),
        (expect("overdue", TODAY - 2), {"is_silent": True}, "usual_order"),
        (expect(None, order_count=0), {}, None),
        (expect("lapsed", TODAY - 400), {"is_silent": True}, "engage"),
    ],
)
def test_next_step_is_the_most_important(expected, marks, step):
    state = order_state(expected)
    assert next_step(state, expected, **{"is_overdue": False, **marks}) == step
