# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from dataclasses import fields

import numpy as np
import pytest

from crm_dashboards.analytics.company_rhythm import CompanyRhythm
from crm_dashboards.analytics.missing_orders import MissingOrders, find_missing_orders

from .histories import from_rows
from .ten_customers import AS_OF, HISTORY

FIGURES = [
    field.name
    for field in fields(MissingOrders)
    if field.name not in ("kappa", "rhythm", "company")
]


def keep(facts):
    """Facts as they come back from a database."""
    return CompanyRhythm.from_plain(json.loads(json.dumps(facts.to_plain())))


@pytest.mark.parametrize("kappa", [1.5, "automatic"])
def test_customer_judged_alone_with_the_company_s_facts_is_judged_as_among_all(kappa):
    among_all = find_missing_orders(HISTORY, AS_OF, kappa=kappa)
    facts = keep(among_all.company)
    for place in range(HISTORY.customer_count):
        alone = find_missing_orders(
            HISTORY.customers(place, place + 1), AS_OF, company=facts
        )
        for name in FIGURES:
            expected = getattr(among_all, name)[place : place + 1]
            np.testing.assert_array_equal(getattr(alone, name), expected, name)


def test_company_is_the_median_of_its_customers_medians():
    rows = [
        (customer, AS_OF - gap * back, 100)
        for customer, gap in enumerate((10, 20, 90))
        for back in range(5)
    ]
    facts = keep(find_missing_orders(from_rows(rows), AS_OF).company)
    assert facts.median_gap == 20
    assert facts.kappa == 2


def test_first_customer_with_a_rhythm_is_the_company_s():
    facts = keep(find_missing_orders(from_rows([(1, AS_OF, 100)]), AS_OF).company)
    assert np.isnan(facts.median_gap)
    rows = [(1, AS_OF - 10 * back, 100) for back in range(6)]
    alone = find_missing_orders(from_rows(rows), AS_OF, company=facts)
    assert alone.interval_days.tolist() == [10]
    assert np.isnan(alone.churn_probability).all()
