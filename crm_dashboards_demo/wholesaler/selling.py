# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""From a rhythm of orders to orders, invoices and payments."""

import datetime
from dataclasses import replace
from decimal import Decimal

import numpy as np

from . import catalogue
from .clock import MINUTES_OF_BUSINESS
from .customers import PAYERS
from .documents import Bill, Line, Order, Payment

NOT_YET_INVOICED_DAYS = 2
UNSETTLED_DAYS = 240  # what is older has been paid, or written off elsewhere
NEVER_PAID_SHARE = 0.015
PARTLY_PAID_SHARE = 0.015
CREDITED_SHARE = 0.008
FORGOTTEN_INVOICE_SHARE = 0.005
CREDIT_REASONS = (
    "damaged in transit",
    "short delivery",
    "goods returned",
    "wrong price",
)
CENT = Decimal("0.01")
DISCONTINUED_DAYS = (420, 640)  # ago, when what is sold no more was last ordered
DISCONTINUED_PACK = 4
ADVENT = (11, 1), (12, 18)  # first and last month and day
REPLACED_DAYS = 90  # ago, when a product gave way to its successor
LEFT_OUT_ORDERS = 5  # the latest ones, of customers who forgot what they like best


def orders(rng, clock, history, customers, products, rate=1.0):
    """The orders of a history.

    history: rhythms.Orders; customers: list of Customer at the history's indices;
    products: list of catalogue.Product at the indices that customers want; rate: what
    one unit of the currency of their prices is worth.
    Returns [(Customer, documents.Order)].
    """
    prices = catalogue.prices(products, rate)
    minutes = rng.integers(*MINUTES_OF_BUSINESS, size=history.day.size).tolist()
    now, today = clock.now(), clock.today()
    made = []
    for index, day, value, minute in zip(
        history.customer.tolist(),
        history.day.astype(object),
        history.amount.tolist(),
        minutes,
        strict=True,
    ):
        customer = customers[index]
        lines = [
            Line(
                products[product].id,
                products[product].label,
                quantity,
                prices[product],
                True,
            )
            for product, quantity in catalogue.basket(
                rng, value, customer.wanted, prices
            )
        ]
        ordered = min(clock.at(day, datetime.time(*divmod(minute, 60))), now)
        order = Order(
            partner_id=customer.partner_id,
            fiscal_position_id=customer.fiscal_position_id,
            date_order=ordered,
            create_date=ordered - datetime.timedelta(minutes=minute % 50 + 3),
            lines=lines,
            user_id=customer.user_id,
            team_id=customer.team_id,
            payment_term_id=customer.term_id,
        )
        age = (today - day).days
        order.delivered = age > NOT_YET_INVOICED_DAYS
        order.invoiced = bool(
            customer.invoiced
            and age > NOT_YET_INVOICED_DAYS
            and rng.random() > FORGOTTEN_INVOICE_SHARE
        )
        made.append((customer, order))
    return made


def add_discontinued(clock, sold, products, customers):
    """Put products that are sold no more into older orders of some customers.

    sold: [(Customer, documents.Order)], not yet written; products: catalogue.Product.
    """
    lines = [
        (product.id, product.label, Decimal(DISCONTINUED_PACK), price, True)
        for product, price in zip(products, catalogue.prices(products), strict=True)
    ]
    buyers = {customer.company_id for customer in customers}
    newest, oldest = DISCONTINUED_DAYS
    for customer, order in sold:
        age = (clock.today() - clock.day_of(order.date_order)).days
        if customer.company_id in buyers and newest <= age <= oldest:
            order.lines += [Line(*line) for line in lines]


def add_advent(clock, sold, products, customers):
    """Put what is bought before Christmas only into orders of some customers.

    sold: [(Customer, documents.Order)], not yet written; products: catalogue.Product.
    """
    buyers = {customer.company_id for customer in customers}
    for customer, order in sold:
        day = clock.day_of(order.date_order)
        first, last = ADVENT
        if customer.company_id in buyers and first <= (day.month, day.day) <= last:
            order.lines += [_pack_of(product) for product in products]


def add_replaced(clock, sold, replaced, successors, customers):
    """Put products into the orders of a year, and lately those in their place.

    sold: [(Customer, documents.Order)], not yet written; replaced, successors: list of
    catalogue.Product, each at the place of the other.
    """
    buyers = {customer.company_id for customer in customers}
    for customer, order in sold:
        age = (clock.today() - clock.day_of(order.date_order)).days
        if customer.company_id in buyers and age <= 365:
            products = replaced if age > REPLACED_DAYS else successors
            order.lines += [_pack_of(product) for product in products]


def forget_favourite(sold, products, customer):
    """Let a customer order what it likes best each time, but not in its latest orders.

    sold: [(Customer, documents.Order)] by date, not yet written; products: list of
    catalogue.Product at the indices that customers want.
    """
    favourite, second = (products[index] for index in customer.wanted[:2])
    orders = [order for buyer, order in sold if buyer is customer]
    for order in orders[:-LEFT_OUT_ORDERS]:
        if favourite.id not in {line.product_id for line in order.lines}:
            order.lines.append(_pack_of(favourite))
    for order in orders[-LEFT_OUT_ORDERS:]:
        kept = [line for line in order.lines if line.product_id != favourite.id]
        order.lines = kept or [_pack_of(second)]


def _pack_of(product):
    (price,) = catalogue.prices([product])
    quantity = Decimal(catalogue.pack_size(price))
    return Line(product.id, product.label, quantity, price, True)


def bills(rng, clock, sold):
    """Invoices of the invoiced orders, credit notes, and payments until today.

    sold: [(Customer, Order)], written. Returns (bills, payments).
    """
    today = clock.today()
    made, payments = [], []
    for customer, order in sold:
        if not order.invoiced:
            continue
        invoice = _invoice(rng, customer, order, clock.day_of(order.date_order))
        made.append(invoice)
        credit = _credit_note(rng, customer, invoice, today)
        if credit:
            made.append(credit)
        payment = _payment(rng, customer, invoice, credit, today)
        if payment:
            payments.append(payment)
    return made, payments


def _entry(customer, date):
    return {
        "partner_id": customer.partner_id,
        "commercial_partner_id": customer.company_id,
        "partner_name": customer.display_name,
        "date": date,
    }


def _invoice(rng, customer, order, ordered):
    date = ordered + datetime.timedelta(
        days=int(rng.integers(0, NOT_YET_INVOICED_DAYS + 1))
    )
    date = max(date - datetime.timedelta(days=max(date.weekday() - 4, 0)), ordered)
    return Bill(
        **_entry(customer, date),
        user_id=order.user_id,
        team_id=order.team_id,
        due=date + datetime.timedelta(days=customer.term_days),
        term_id=customer.term_id,
        fiscal_position_id=customer.fiscal_position_id,
        origin=order.name,
        lines=order.lines,
    )


def _credit_note(rng, customer, invoice, today):
    date = invoice.date + datetime.timedelta(days=int(rng.integers(3, 14)))
    if date > today or rng.random() > CREDITED_SHARE:
        return None
    line = invoice.lines[0]
    quantity = (line.quantity * Decimal("0.25")).to_integral_value()
    if not quantity:
        return None
    return Bill(
        **_entry(customer, date),
        user_id=invoice.user_id,
        team_id=invoice.team_id,
        due=date,
        fiscal_position_id=customer.fiscal_position_id,
        origin=invoice.origin,
        credits=invoice,
        reason=CREDIT_REASONS[rng.integers(len(CREDIT_REASONS))],
        lines=[replace(line, quantity=quantity, id=0)],
    )


def _payment(rng, customer, invoice, credit, today):
    delay = int(np.round(rng.normal(*PAYERS[customer.payer])))
    recent = (today - invoice.due).days < UNSETTLED_DAYS
    never, partly = rng.random(2) < (
        NEVER_PAID_SHARE * recent,
        PARTLY_PAID_SHARE * recent,
    )
    date = max(
        invoice.due + datetime.timedelta(days=delay),
        invoice.date,
        credit.date if credit else invoice.date,
    )
    if never or date > today:
        return None
    amount = invoice.total - (credit.total if credit else 0)
    if partly:
        amount = (amount / 2).quantize(CENT)
    return Payment(**_entry(customer, date), bill=invoice, amount=amount)
