# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Sister companies: who orders there, in which rhythm, and at which rates."""

import datetime
from types import SimpleNamespace

import numpy as np
import pytest

from tools.demo import (
    catalogue,
    currencies,
    names,
    rhythms,
    showcase,
    sister_companies,
    sister_trade,
    wholesale,
)
from tools.demo.customers import Customer

TODAY = datetime.date(2024, 6, 12)
ADMIN = 2


def people(count):
    return [
        Customer(
            name=f"C{number}",
            sector=names.SECTORS[0],
            user_id=1,
            term_days=(15, 30, 45)[number % 3],
        )
        for number in range(count)
    ]


def test_companies_of_the_group_differ_in_currency_and_name():
    assert {sister.currency for sister in sister_companies.SISTERS} == {"GBP", "USD"}
    listed = [*sister_companies.SISTERS, SimpleNamespace(**wholesale.COMPANY)]
    assert len({company.name for company in listed}) == 3


@pytest.mark.parametrize("sister", sister_companies.SISTERS)
def test_a_customer_is_either_shared_or_a_twin(sister):
    places = [*sister.shared, *sister.twins]
    assert len(set(places)) == len(places) < sister.customers
    assert max(places) < wholesale.KNOWN_TO_SISTERS


def test_one_customer_orders_from_all_as_the_same_partner():
    everywhere = set.intersection(
        *(set(sister.shared) for sister in sister_companies.SISTERS)
    )
    assert 0 in everywhere


@pytest.mark.parametrize("sister", sister_companies.SISTERS)
def test_customers_known_to_all_order_regularly_from_a_sister(sister):
    history = rhythms.generate(5, TODAY, sister.customers, sister.orders)
    everybody = people(sister.customers)
    arranged = sister_trade._in_rhythm(history, everybody)
    assert sorted(map(id, arranged)) == sorted(map(id, everybody))
    regular = {rhythms.index(name) for name in showcase.REGULARS}
    for customer in everybody[: len(sister.shared) + len(sister.twins)]:
        place = next(i for i, other in enumerate(arranged) if other is customer)
        assert history.rhythm[place] in regular


def test_showcase_is_regular_and_the_same_every_day():
    chosen = []
    for today in (TODAY, TODAY + datetime.timedelta(days=100)):
        history = rhythms.generate(wholesale.SEED, today, 300, 10_000)
        everybody = people(300)
        weekly = np.flatnonzero(history.rhythm == rhythms.index("weekly"))
        everybody[weekly[0]].user_id = None
        everybody[weekly[1]].user_id = ADMIN
        shown = showcase.choose(history, everybody, ADMIN)
        chosen.append([customer.name for customer in shown.regulars])
        assert {customer.user_id for customer in shown.regulars} == {1}
        assert shown.of_admin == [everybody[weekly[1]]]
        assert shown.regulars[0].term_days == 45
        assert everybody.index(shown.regulars[0]) in weekly
    assert chosen[0] == chosen[1]
    assert len(chosen[0]) >= wholesale.KNOWN_TO_SISTERS


def test_home_is_where_the_sister_is():
    rng = np.random.default_rng(1)
    homes = {names.address(rng, home="GB").country for _ in range(50)}
    assert homes == {"GB"}
    abroad = {names.address(rng, abroad=True, home="GB").country for _ in range(50)}
    assert len(abroad) > 1


def test_prices_in_another_currency_are_cents():
    product = SimpleNamespace(list_price=14.5)
    assert [str(price) for price in catalogue.prices([product], 1.3438)] == ["19.49"]
    assert [str(price) for price in catalogue.prices([product])] == ["14.50"]


@pytest.mark.parametrize(
    "first, back, month",
    [
        ("2024-06-01", 0, "2024-06-01"),
        ("2024-06-01", 6, "2023-12-01"),
        ("2024-01-01", 1, "2023-12-01"),
        ("2024-06-01", 36, "2021-06-01"),
    ],
)
def test_months_before(first, back, month):
    first, month = map(datetime.date.fromisoformat, (first, month))
    assert currencies._month_before(first, back) == month
