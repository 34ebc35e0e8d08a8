# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The customers of the made-up wholesaler: who they are, and who looks after them."""

from dataclasses import dataclass, field

import numpy as np

from . import catalogue, names, people

INDIVIDUAL_SHARE = 0.04
ABROAD_SHARE = 0.05
WITHOUT_INVOICE_SHARE = 0.02
BUYER_SHARE = 0.25  # companies one of whose people is in the address book
UNASSIGNED, OF_ADMIN = 15, 16
PROSPECTS = 24
FORMER_CUSTOMERS = 3  # archived, though they have a history
# days from the due date to the payment: mean, standard deviation
PAYERS = {
    "prompt": (-4, 3),
    "usual": (4, 6),
    "slow": (24, 12),
    "reluctant": (105, 45),  # nobody by chance
}


@dataclass
class Customer:
    """A customer or prospect, and what the documents on it need to know.

    partner_id, display_name: who is on the orders; company_id: the commercial
    entity; belongs_to: the only res.company that knows it; home: code of the country
    where those live that are not abroad; wanted: indices of the products it buys;
    payer: a key of PAYERS.
    """

    name: str
    sector: names.Sector
    is_company: bool = True
    abroad: bool = False
    home: str = "US"
    belongs_to: int | None = None
    invoiced: bool = True
    archived: bool = False
    payer: str = "usual"
    term_id: int = 0
    term_days: int = 30
    fiscal_position_id: int | None = None
    user_id: int | None = None
    team_id: int | None = None
    company_id: int = 0
    partner_id: int = 0
    display_name: str = ""
    contact: str = ""
    wanted: list = field(default_factory=list)


def draw(rng, count, may_be_archived, prospects=PROSPECTS):
    """Make up ``count`` customers, then ``prospects`` more.

    may_be_archived: bool array over the customers.
    """
    everybody = count + prospects
    sectors = [
        names.SECTORS[i] for i in rng.integers(len(names.SECTORS), size=everybody)
    ]
    businesses = names.business_names(rng, sectors)
    persons = iter(names.people(rng, everybody))
    chance = rng.random((everybody, 4))
    customers = []
    for name, sector, (kind, abroad, invoiced, payer) in zip(
        businesses, sectors, chance.tolist(), strict=True
    ):
        is_company = kind > INDIVIDUAL_SHARE
        customers.append(
            Customer(
                name=name if is_company else next(persons),
                sector=sector,
                is_company=is_company,
                abroad=abroad < ABROAD_SHARE,
                invoiced=invoiced > WITHOUT_INVOICE_SHARE,
                payer="prompt" if payer < 0.35 else "usual" if payer < 0.88 else "slow",
                contact=next(persons)
                if is_company and rng.random() < BUYER_SHARE
                else "",
            )
        )
    former = rng.choice(
        np.flatnonzero(may_be_archived),
        min(FORMER_CUSTOMERS, np.count_nonzero(may_be_archived)),
        replace=False,
    )
    for index in former:
        customers[index].archived = True
    return customers


def assign(rng, customers, users_of, teams, admin, special=(UNASSIGNED, OF_ADMIN)):
    """Give customers an account manager and a team.

    users_of: {team name: ids of users}; teams: {team name: id}, or none of them;
    admin: id of the administrator; special: how many customers are unassigned, and
    how many are the administrator's.
    """
    of_nobody, of_admin = special
    chosen = rng.permutation(len(customers))[: of_nobody + of_admin]
    unassigned, of_admin = chosen[:of_nobody], chosen[of_nobody:]
    for index, customer in enumerate(customers):
        if index in unassigned:
            continue
        team = people.TEAM_OF_SECTOR.get(customer.sector.name, people.RETAIL)
        managers = users_of[team]
        manager = managers[rng.integers(len(managers))]
        customer.user_id = admin if index in of_admin else manager
        customer.team_id = teams.get(team)


def choose_products(rng, customers, products):
    """Set what each customer buys; products: list of catalogue.Product."""
    for customer in customers:
        buys = customer.sector.buys
        weights = [buys.get(product.category, 0) for product in products]
        customer.wanted = catalogue.favourites(rng, weights)
