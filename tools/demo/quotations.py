# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Quotations that are not orders: drafts, sent ones, and those that came to nothing."""

from . import catalogue
from .backdating import backdate
from .partners import quietly

STATES = {"draft": 26, "sent": 48, "cancel": 22}
DAYS = {"draft": 25, "sent": 60, "cancel": 360}
USUAL_VALUE = 900


def create(env, rng, clock, customers, goods):
    """Create quotations; goods: product.product at the indices customers want."""
    prices = catalogue.prices(goods)
    values, moments, authors = [], [], []
    for state, count in STATES.items():
        for _ in range(count):
            customer = customers[rng.integers(len(customers))]
            value = USUAL_VALUE * (0.4 + 2 * rng.random())
            moment = clock.days_ago(rng, rng.integers(DAYS[state]))
            moments.append(moment)
            authors.append(customer.user_id or env.uid)
            values.append(
                {
                    "partner_id": customer.partner_id,
                    "user_id": customer.user_id,
                    "team_id": customer.team_id,
                    "state": state,
                    "date_order": moment,
                    "order_line": [
                        (0, 0, {"product_id": goods[index].id, "product_uom_qty": qty})
                        for index, qty in _lines(rng, value, customer, prices)
                    ],
                }
            )
    quotations = quietly(env)["sale.order"].create(values)
    backdate(quotations, moments, authors)
    _send(env, quotations.filtered(lambda quotation: quotation.state == "sent"))
    return quotations


def _lines(rng, value, customer, prices):
    for index, quantity in catalogue.basket(rng, value, customer.wanted, prices):
        yield index, float(quantity)


def _send(env, quotations):
    """The messages with which quotations went out; no mail leaves the demo."""
    moments = [quotation.create_date for quotation in quotations]
    authors = [(quotation.user_id or env.user) for quotation in quotations]
    messages = env["mail.message"].create(
        [
            {
                "model": quotation._name,
                "res_id": quotation.id,
                "author_id": author.partner_id.id,
                "email_from": author.partner_id.email_formatted,
                "partner_ids": [(4, quotation.partner_id.id)],
                "date": moment,
                "subject": f"{env.company.name} Quotation (Ref {quotation.name})",
                "body": f"Please find our quotation {quotation.name} attached.",
                "message_type": "comment",
                "subtype_id": env.ref("mail.mt_comment").id,
            }
            for quotation, author, moment in zip(
                quotations, authors, moments, strict=True
            )
        ]
    )
    backdate(messages, moments, [author.id for author in authors])
