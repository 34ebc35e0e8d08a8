# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Opportunities of the last 12 months: won, lost and still open."""

import datetime

import numpy as np

from .backdating import backdate
from .partners import quietly

OPEN, LOST, WON = 130, 95, 110
PROSPECT_SHARE = 0.25  # of the open and lost ones
DAYS = 365
OCCASIONS = (
    "Spring range",
    "Autumn range",
    "Christmas assortment",
    "New store opening",
    "Second location",
    "Gift corner",
    "Shop refit",
    "Framework order",
    "Staff gifts",
    "Trade fair lead",
    "Restocking offer",
    "Private label trial",
)
OCCASIONS_OF = {
    "Hotels and restaurants": (
        "Tableware for the new season",
        "Room refit",
        "Breakfast room",
        "Terrace opening",
        "Banquet equipment",
    ),
    "Offices and schools": (
        "Office move",
        "New term supplies",
        "Yearly supplies contract",
        "Meeting room refit",
        "Welcome packs",
    ),
}
LOST_REASONS = {
    # reason: weight
    "Too expensive": 5,
    "Not enough stock": 2,
    "Chose another supplier": 4,
    "No budget this year": 3,
    "Duplicate": 1,
}
NEUTRAL_REASONS = ("Duplicate",)


def create_won(env, rng, clock, sold, certain):
    """Won opportunities that became orders; marks the orders with them.

    sold: [(Customer, Order)] by date, not yet written; certain: customers whose newest
    order is one of them.
    """
    earliest = clock.today() - datetime.timedelta(days=DAYS)
    recent = [
        (customer, order)
        for customer, order in sold
        if order.date_order.date() > earliest and customer.user_id
    ]
    values = np.array([float(order.amount) for _customer, order in recent])
    chosen = rng.choice(len(recent), WON, replace=False, p=values / values.sum())
    newest = {id(customer): place for place, (customer, _) in enumerate(recent)}
    chosen = sorted({*chosen.tolist(), *(newest[id(each)] for each in certain)})
    won = env["crm.stage"].search([("is_won", "=", True)], limit=1)
    made = []
    for customer, order in (recent[index] for index in chosen):
        age = (clock.today() - clock.day_of(order.date_order)).days
        created = clock.days_ago(rng, age + rng.integers(4, 60))
        made.append(
            {
                **_values(rng, customer, created),
                "stage_id": won.id,
                "expected_revenue": round(float(order.amount), -1),
                "probability": 100,
                "automated_probability": 100,
                "date_closed": order.date_order,
                "date_last_stage_update": order.date_order,
            }
        )
    leads = _create(env, made)
    for index, lead in zip(chosen, leads, strict=True):
        recent[index][1].opportunity_id = lead.id
    return leads


def create_others(env, rng, clock, customers, prospects, certain):
    """Lost and open opportunities; returns (lost, open), crm.lead records.

    certain: customers of whom one was lost yesterday.
    """
    stages = env["crm.stage"].search([("is_won", "=", False)])
    reasons = _lost_reasons(env)
    weights = np.array(list(LOST_REASONS.values()), dtype=float)
    lost, still_open = [], []
    ended = [
        (_anybody(rng, customers, prospects), rng.integers(DAYS)) for _ in range(LOST)
    ]
    ended += [(customer, 1) for customer in certain]
    for customer, age in ended:
        closed = clock.days_ago(rng, age)
        created = clock.days_ago(rng, age + rng.integers(6, 80))
        reason = rng.choice(len(reasons), p=weights / weights.sum())
        lost.append(
            {
                **_values(rng, customer, created),
                "stage_id": stages[rng.integers(len(stages))].id,
                "active": False,
                "probability": 0,
                "automated_probability": 0,
                "lost_reason_id": reasons[reason].id,
                "date_closed": closed,
                "date_last_stage_update": closed,
            }
        )
    for _ in range(OPEN):
        customer = _anybody(rng, customers, prospects)
        age = 120 * rng.random() ** 1.5
        created = clock.days_ago(rng, age)
        moved = max(created, clock.days_ago(rng, age * rng.random()))
        deadline = clock.today() + datetime.timedelta(days=int(rng.integers(-15, 75)))
        still_open.append(
            {
                **_values(rng, customer, created),
                "stage_id": stages[rng.integers(len(stages))].id,
                "date_last_stage_update": moved,
                "date_deadline": deadline,
            }
        )
    return _create(env, lost), _create(env, still_open)


def _anybody(rng, customers, prospects):
    group = prospects if rng.random() < PROSPECT_SHARE else customers
    return group[rng.integers(len(group))]


def _values(rng, customer, created):
    occasions = OCCASIONS_OF.get(customer.sector.name, OCCASIONS)
    return {
        "name": f"{customer.name}: {occasions[rng.integers(len(occasions))]}",
        "type": "opportunity",
        "partner_id": customer.partner_id,
        "user_id": customer.user_id,
        "team_id": customer.team_id,
        "priority": str(rng.choice(3, p=[0.5, 0.35, 0.15])),
        "expected_revenue": round(float(np.exp(7.8 + 0.7 * rng.standard_normal())), -2),
        "date_open": created if customer.user_id else False,
        "create_date": created,
    }


def _create(env, values):
    created = [lead.pop("create_date") for lead in values]
    leads = quietly(env)["crm.lead"].create(values)
    backdate(leads, created, [lead["user_id"] or env.uid for lead in values])
    return leads


def _lost_reasons(env):
    model = env["crm.lost.reason"]
    reasons = [
        model.search([("name", "=", name)], limit=1) or model.create({"name": name})
        for name in LOST_REASONS
    ]
    for reason in reasons:
        if reason.name in NEUTRAL_REASONS:
            reason.crm_outcome = "neutral"
    return reasons
