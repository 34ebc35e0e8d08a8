# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which customers the demo tells a story about."""

from dataclasses import dataclass

import numpy as np

from . import rhythms

REGULARS = ("weekly", "fortnightly", "monthly")
LATE_DAYS = (60, 130)  # since the last order, of some twenty as a rule


@dataclass(frozen=True)
class Showcase:
    """Customers on whose dashboards something is to be seen.

    regulars: list of Customer who order at a regular interval; the first ones show
    most; of_admin: those of them that the administrator looks after.
    """

    regulars: list
    of_admin: list


def choose(history, customers, admin):
    """Choose the customers to show: the same every day, so that a guide can name them.

    history: rhythms.Orders; customers: list of Customer at the history's indices;
    admin: id of the administrator.
    Chosen are invoiced companies at home with an account manager, first those with
    the longest time to pay: they owe at any moment.
    """
    rhythm = history.rhythm.tolist()
    regulars = [
        [
            customer
            for customer, place in zip(customers, rhythm, strict=True)
            if place == rhythms.index(name) and _is_presentable(customer)
        ]
        for name in REGULARS
    ]
    for group in regulars:
        group.sort(key=lambda customer: -customer.term_days)
    in_turn = zip(*regulars, strict=False)
    shown = [customer for turn in in_turn for customer in turn]
    return Showcase(
        regulars=[customer for customer in shown if customer.user_id != admin],
        of_admin=[customer for customer in shown if customer.user_id == admin],
    )


def choose_late(history, customers, count):
    """Choose customers whose next order is late, though they have not given up.

    history, customers: as of ``choose``. Returns list of up to ``count`` Customer.
    """
    last = np.full(len(customers), history.day.min())
    last[history.customer] = history.day  # sorted by day
    silent = (history.day.max() - last).astype(int)
    late = (
        (history.rhythm == rhythms.index("lapsing"))
        & (silent >= LATE_DAYS[0])
        & (silent <= LATE_DAYS[1])
    )
    return [
        customers[place]
        for place in np.flatnonzero(late)
        if _is_presentable(customers[place])
    ][:count]


def _is_presentable(customer):
    return bool(
        customer.is_company
        and customer.invoiced
        and customer.user_id
        and not customer.abroad
        and not customer.archived
    )
