# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import datetime
from decimal import Decimal

import numpy as np

from odoo.tests import BaseCase

from ..wholesaler import catalogue, customers, names, rhythms, selling
from ..wholesaler.clock import Clock
from ..wholesaler.documents import Line, Order

TODAY = datetime.date(2024, 6, 12)


class Company:
    """Stands in for a res.company."""

    crm_figures_tz = "America/New_York"


class TestMadeUp(BaseCase):
    """The history that is made up, without a database."""

    def setUp(self):
        super().setUp()
        self.clock = Clock(Company, TODAY)
        self.rng = np.random.default_rng(7)
        self.products = catalogue.listed(catalogue.PRODUCTS)
        for number, product in enumerate(self.products, start=1):
            product.id = number

    def generate(self, seed=19):
        return rhythms.generate(seed, TODAY, customers=300, orders=10_000)

    def test_history_is_the_same_for_everyone_on_a_day(self):
        first, second, other = self.generate(), self.generate(), self.generate(3)
        self.assertEqual(first.amount.tolist(), second.amount.tolist())
        self.assertEqual(first.day.tolist(), second.day.tolist())
        self.assertNotEqual(first.amount.tolist(), other.amount.tolist())

    def test_everybody_orders_within_three_years(self):
        history = self.generate()
        self.assertEqual(np.unique(history.customer).size, 300)
        self.assertEqual(history.day.size, 10_000)
        self.assertEqual(history.day.min(), np.datetime64("2021-06-12"))
        self.assertLessEqual(history.day.max(), np.datetime64(TODAY))

    def test_some_customers_come_some_go_some_grow(self):
        history = self.generate()
        age = (np.datetime64(TODAY) - history.day).astype(int)

        def is_of(name):
            return (history.rhythm == rhythms.index(name))[history.customer]

        def value(name, newest, oldest):
            chosen = is_of(name) & (age > newest) & (age <= oldest)
            return history.amount[chosen].sum()

        self.assertLess(age[is_of("new")].max(), 120)
        newcomers = history.customer[is_of("newcomer")]
        self.assertEqual(len(set(newcomers)), len(newcomers))
        self.assertEqual(len(newcomers), 6)  # 2% of 300
        self.assertLessEqual(age[is_of("newcomer")].max(), 16)  # or on a workday before
        self.assertFalse((is_of("lapsing") & (age < 7)).any())
        self.assertGreater(value("growing", -1, 365), value("growing", 365, 730))
        self.assertLess(value("declining", -1, 365), value("declining", 365, 730))

    def test_moments_of_business_are_workdays_until_now(self):
        for days in range(30):
            moment = self.clock.days_ago(self.rng, days)
            self.assertLess(self.clock.day_of(moment).weekday(), 5)
            self.assertLessEqual(moment, self.clock.now())

    def test_day_is_that_of_the_company(self):
        evening = self.clock.at(TODAY, datetime.time(21))
        self.assertEqual(evening, datetime.datetime(2024, 6, 13, 1))
        self.assertEqual(self.clock.day_of(evening), TODAY)

    def test_addresses_on_the_internet_can_never_exist(self):
        name = names.domain_name("Café O'Brien & Co.")
        self.assertEqual(name, "cafeobrienco.example")

    def test_basket_comes_in_packs_near_its_value(self):
        prices = catalogue.prices(self.products)
        totals = []
        for _ in range(200):
            basket = catalogue.basket(self.rng, 900, list(range(9)), prices)
            for product, quantity in basket:
                self.assertFalse(quantity % catalogue.pack_size(prices[product]))
            totals.append(sum(prices[product] * count for product, count in basket))
        self.assertAlmostEqual(float(np.mean(totals)) / 900, 1, delta=0.15)

    def test_favourite_is_ordered_each_time_but_not_lately(self):
        customer = customers.Customer("A", names.SECTORS[0], wanted=[2, 5])
        orders = [self.make_order(day, product=7) for day in range(11)]
        orders[-1].lines[0].product_id = 3  # of the favourite alone
        selling.forget_favourite(
            [(customer, order) for order in orders], self.products, customer
        )
        ordered = [[line.product_id for line in order.lines] for order in orders]
        self.assertEqual(ordered[:6], [[7, 3]] * 6)
        self.assertEqual(ordered[6:], [[7]] * 4 + [[6]])

    def test_advent_goods_are_ordered_before_christmas_only(self):
        products = catalogue.listed(catalogue.ADVENT_PRODUCTS)
        for number, product in enumerate(products, start=80):
            product.id = number
        customer, other = (
            customers.Customer(name, names.SECTORS[0], company_id=company_id)
            for company_id, name in enumerate("AB")
        )
        sold = [
            (buyer, self.make_order(day))
            for buyer in (customer, other)
            for day in range(365)  # of 2 January 2023 to 1 January 2024
        ]
        selling.add_advent(self.clock, sold, products, [customer])
        days = [
            order.date_order.date()
            for buyer, order in sold
            if len(order.lines) == 3 and buyer is customer
        ]
        self.assertEqual(str(days[0]), "2023-11-01")
        self.assertEqual(str(days[-1]), "2023-12-18")
        self.assertEqual(len(days), 48)
        self.assertEqual(
            {len(order.lines) for buyer, order in sold if buyer is other}, {1}
        )

    def test_successor_is_ordered_in_the_place_of_what_it_replaces(self):
        old, new = (
            catalogue.listed(each)
            for each in (catalogue.REPLACED_PRODUCTS, catalogue.SUCCESSORS)
        )
        old[0].id, new[0].id = 80, 81
        customer = customers.Customer("A", names.SECTORS[0])
        # until today, 12 June 2024: 527 days after 2 January 2023
        ages = (366, 365, 91, 90, 0)
        sold = [(customer, self.make_order(527 - age)) for age in ages]
        selling.add_replaced(self.clock, sold, old, new, [customer])
        self.assertEqual(
            [[line.product_id for line in order.lines[1:]] for _buyer, order in sold],
            [[], [80], [80], [81], [81]],
        )

    def make_order(self, days, product=1):
        """An order of 8 pieces at 10.00, some days after 2 January 2023."""
        moment = datetime.datetime(2023, 1, 2, 15) + datetime.timedelta(days)
        line = Line(product, "P", Decimal(8), Decimal("10.00"), True, id=days + 1)
        return Order(4, moment, [line], invoiced=True, name=f"S{days}")

    def test_payments_and_credits_never_exceed_the_invoice(self):
        unpaid = {}
        for payer in customers.PAYERS:
            customer = customers.Customer("A", names.SECTORS[0], payer=payer)
            sold = [(customer, self.make_order(day)) for day in range(526)]
            bills, payments = selling.bills(self.rng, self.clock, sold)
            credit_of = {id(bill.credits): bill for bill in bills if bill.credits}
            self.assertTrue(credit_of and payments)
            for payment in payments:
                credit = credit_of.get(id(payment.bill))
                left = Decimal(80) - (credit.total if credit else 0)
                self.assertIn(payment.amount, (left, left / 2))
                self.assertGreaterEqual(payment.date, (credit or payment.bill).date)
            last = max(entry.date for entry in [*bills, *payments])
            self.assertLessEqual(last, TODAY)
            unpaid[payer] = 526 - len(payments)
        self.assertLess(unpaid["prompt"], unpaid["slow"])
        self.assertLess(unpaid["slow"], unpaid["reluctant"])
