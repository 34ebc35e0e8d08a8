# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is made up without a database: names, baskets, invoices and payments."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest

from tools.demo import catalogue, customers, names, sale_orders, selling
from tools.demo.clock import Clock

TODAY = datetime.date(2024, 6, 12)
COMPANY = SimpleNamespace(_fields={"crm_figures_tz"}, crm_figures_tz="America/New_York")
PRICES = [
    Decimal(str(price))
    for products in catalogue.PRODUCTS.values()
    for _reference, _name, price, _cost in products
]


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def test_clock_tells_the_days_of_the_company():
    clock = Clock(COMPANY, TODAY)
    evening = clock.at(TODAY, datetime.time(21))
    assert evening == datetime.datetime(2024, 6, 13, 1)
    assert clock.day_of(evening) == TODAY
    assert clock.today() == TODAY
    without = SimpleNamespace(_fields={})
    assert Clock(without).at(TODAY, datetime.time(12)).hour == 12


def test_moments_of_business_are_neither_at_weekends_nor_in_the_future(rng):
    clock = Clock(COMPANY, TODAY)
    for days in range(30):
        moment = clock.days_ago(rng, days)
        assert clock.day_of(moment).weekday() < 5
        assert moment <= clock.now()
    assert clock.day_of(clock.days_ago(rng, -1)) == TODAY + datetime.timedelta(days=1)


def test_business_names_are_distinct(rng):
    sectors = [names.SECTORS[i % len(names.SECTORS)] for i in range(400)]
    businesses = names.business_names(rng, sectors)
    assert len(set(businesses)) == len(businesses) == 400
    assert not any(character.isdigit() for name in businesses for character in name)


def test_domain_names_can_never_exist():
    assert names.domain_name("Café O'Brien & Co.") == "cafeobrienco.example"


def test_forty_products_with_references_of_their_own():
    products = [row for rows in catalogue.PRODUCTS.values() for row in rows]
    assert len(products) == len({reference for reference, *_ in products}) == 40
    assert all(cost < price for _reference, _name, price, cost in products)


@pytest.mark.parametrize("value", [25, 600, 9000])
def test_baskets_come_in_packs_and_near_their_value(rng, value):
    totals = []
    for _ in range(200):
        basket = catalogue.basket(rng, value, list(range(9)), PRICES)
        assert len({product for product, _quantity in basket}) == len(basket)
        for product, quantity in basket:
            assert quantity > 0
            assert quantity % catalogue.pack_size(PRICES[product]) == 0
        totals.append(sum(PRICES[product] * quantity for product, quantity in basket))
    # packs of dear products make small orders larger, never smaller
    assert float(np.mean(totals)) > 0.85 * value
    assert value < 500 or float(np.mean(totals)) < 1.15 * value


def test_favourites_are_only_what_the_sector_buys(rng):
    assert set(catalogue.favourites(rng, [0, 3, 0, 1, 0]).tolist()) == {1, 3}


def sold(payer, first_day, days):
    """One customer's orders, one a day, of 8 pieces at 10.00 each."""
    customer = customers.Customer(
        name="A", sector=names.SECTORS[0], payer=payer, term_days=30, partner_id=4
    )
    customer.company_id, customer.display_name = 3, "A, B"
    orders = []
    for day in range(days):
        moment = first_day + datetime.timedelta(days=day)
        line = sale_orders.Line(1, "P", Decimal(8), Decimal("10.00"), True, id=day + 1)
        order = sale_orders.Order(4, 4, moment, [line], invoiced=True, name=f"S{day}")
        orders.append((customer, order))
    return orders


def bills_of(rng, payer):
    first = datetime.datetime(2023, 1, 2, 15)
    orders = sold(payer, first, (TODAY - first.date()).days - 1)
    return selling.bills(rng, Clock(COMPANY, TODAY), orders)


def test_every_order_gets_one_invoice_of_its_lines(rng):
    bills, _payments = bills_of(rng, "usual")
    invoices = [bill for bill in bills if not bill.credits]
    assert [bill.items[0].sale_line_id for bill in invoices] == list(
        range(1, len(invoices) + 1)
    )
    assert {bill.total for bill in invoices} == {Decimal(80)}
    assert {bill.due - bill.date for bill in invoices} == {datetime.timedelta(days=30)}
    assert {bill.commercial_partner_id for bill in bills} == {3}


@pytest.mark.parametrize("payer", customers.PAYERS)
def test_payments_and_credits_never_exceed_the_invoice(rng, payer):
    bills, payments = bills_of(rng, payer)
    credits = {id(bill.credits): bill for bill in bills if bill.credits}
    assert credits and payments
    for payment in payments:
        credit = credits.get(id(payment.bill))
        left = payment.bill.total - (credit.total if credit else 0)
        assert payment.amount in (left, left / 2)
        assert payment.date >= (credit or payment.bill).date
    assert max(entry.date for entry in [*bills, *payments]) <= TODAY


def test_old_invoices_are_settled_and_slow_payers_are_late(rng):
    late = {}
    for payer in customers.PAYERS:
        bills, payments = bills_of(rng, payer)
        paid = {id(payment.bill) for payment in payments}
        open_days = [
            (TODAY - bill.due).days
            for bill in bills
            if not bill.credits and id(bill) not in paid
        ]
        assert max(open_days) < selling.UNSETTLED_DAYS
        late[payer] = sum(days > 0 for days in open_days)
    assert late["prompt"] < late["slow"]
