# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Quotations that are not orders: drafts, sent ones, and those that came to nothing."""

from datetime import timedelta

from odoo.tools import SQL

from ..wholesaler import catalogue
from . import messages
from .backdating import backdate
from .partners import quietly

STATES = {"draft": 26, "sent": 48, "cancel": 22}
DAYS = {"draft": 25, "sent": 60, "cancel": 360}
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
    quotations = _create(env, made)
    _send(env, quotations.filtered(lambda quotation: quotation.state == "sent"))
    return quotations


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
    validity = timedelta(days=env.company.quotation_validity_days)
    quotations = quietly(env)["sale.order"].create(
        [
            {
                "partner_id": customer.partner_id,
                "user_id": customer.user_id,
                "team_id": customer.team_id,
                "state": state,
                "date_order": moment,
                "validity_date": (moment + validity).date(),
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
    _backdate_changes(quotations)
    return quotations


def _backdate_changes(quotations):
    """Nothing was sent or cancelled just now: else nobody would be left to call."""
    env = quotations.env
    env.cr.execute(
        SQL(
            """
            UPDATE crm_quotation_change change
               SET date = quotation.create_date
              FROM sale_order quotation
             WHERE quotation.id = change.order_id AND quotation.id = ANY(%s)
            """,
            quotations.ids,
        )
    )
    env["crm.quotation.change"].invalidate_model()


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
