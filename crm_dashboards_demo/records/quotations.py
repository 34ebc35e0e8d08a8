# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Quotations that are not orders: drafts, sent ones, and those that came to nothing."""

import datetime

from psycopg2.extras import execute_values

from ..wholesaler import catalogue
from . import messages
from .backdating import backdate
from .partners import quietly

STATES = {"draft": 26, "sent": 48, "cancel": 22}
DAYS = {"draft": 25, "sent": 60, "cancel": 360}
CANCELLED_AFTER = (5, 60)  # days
VALID = datetime.timedelta(days=30)
USUAL_VALUE = 900
NEW_PER_CUSTOMER = 2
NEW_DAYS = 75


def create(env, rng, clock, customers, products):
    """Create quotations of what customers usually buy.

    products: catalogue.Product at the indices that customers want.
    """
    prices = catalogue.prices(products)
    made = []
    for state, count in STATES.items():
        for _ in range(count):
            customer = customers[rng.integers(len(customers))]
            value = USUAL_VALUE * (0.4 + 2 * rng.random())
            moment = clock.days_ago(rng, rng.integers(DAYS[state]))
            basket = catalogue.basket(rng, value, customer.wanted, prices)
            lines = [(products[index], float(count)) for index, count in basket]
            made.append((customer, moment, lines, state))
    quotations = write(env, made)
    _send(env, quotations.filtered(lambda quotation: quotation.state == "sent"))
    return quotations


def write(env, made):
    """Create quotations that were sent when they were made, but for drafts.

    made: [(Customer, moment, [(Product, quantity)], state)]; those that came to
    nothing were cancelled some weeks later.
    """
    quotations = _create(env, made)
    env.flush_all()
    env.cr.execute(
        "DELETE FROM crm_quotation_change WHERE order_id = ANY(%s)", [quotations.ids]
    )
    changes = []
    for place, (quotation, (_customer, moment, _lines, state)) in enumerate(
        zip(quotations, made, strict=True)
    ):
        if state != "draft":
            changes.append((quotation.id, "sent", moment))
        if state == "cancel":
            first, last = CANCELLED_AFTER
            later = datetime.timedelta(days=first + place * 7 % (last - first))
            changes.append((quotation.id, "cancel", moment + later))
    note_changes(env, changes)
    return quotations


def note_changes(env, changes):
    """Note when quotations were sent and cancelled: [(id of the order, kind, moment)].

    What is noted as they are made has the date of today.
    """
    execute_values(
        env.cr._obj,
        "INSERT INTO crm_quotation_change (order_id, kind, date) VALUES %s",
        changes,
    )
    env["crm.quotation.change"].invalidate_model()


def quote_new(env, rng, clock, customers, products):
    """Create quotations of products that nobody has ordered yet."""
    made = []
    for customer in customers:
        for _ in range(NEW_PER_CUSTOMER):
            moment = clock.days_ago(rng, rng.integers(NEW_DAYS))
            counts = rng.integers(2, 12, len(products)).tolist()
            lines = list(zip(products, counts, strict=True))
            made.append((customer, moment, lines, "draft"))
    return _create(env, made)


def _create(env, made):
    """Create quotations; made: [(Customer, moment, [(Product, quantity)], state)]."""
    quotations = quietly(env)["sale.order"].create(
        [
            {
                "partner_id": customer.partner_id,
                "user_id": customer.user_id,
                "team_id": customer.team_id,
                "state": state,
                "date_order": moment,
                "validity_date": moment.date() + VALID,
                "order_line": [
                    (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
                    for product, quantity in lines
                ],
            }
            for customer, moment, lines, state in made
        ]
    )
    moments = [moment for _customer, moment, _lines, _state in made]
    authors = [customer.user_id or env.uid for customer, *_rest in made]
    backdate(quotations, moments, authors)
    return quotations


def _send(env, quotations):
    """The messages with which quotations went out; no mail leaves the demo."""
    comment = env.ref("mail.mt_comment").id
    messages.write(
        env,
        [
            (
                quotation,
                quotation.user_id or env.user,
                quotation.create_date,
                {
                    "partner_ids": [(4, quotation.partner_id.id)],
                    "subject": f"{env.company.name} Quotation (Ref {quotation.name})",
                    "body": f"Please find our quotation {quotation.name} attached.",
                    "message_type": "comment",
                    "subtype_id": comment,
                },
            )
            for quotation in quotations
        ],
    )
