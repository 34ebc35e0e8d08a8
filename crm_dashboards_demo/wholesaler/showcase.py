# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which customers the demo tells a story about."""

from dataclasses import dataclass

from . import rhythms

REGULARS = ("weekly", "fortnightly", "monthly")


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


def _is_presentable(customer):
    return bool(
        customer.is_company
        and customer.invoiced
        and customer.user_id
        and not customer.abroad
        and not customer.archived
    )
