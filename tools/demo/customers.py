# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The customers of the made-up wholesaler: who they are, and who looks after them."""

import datetime
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from . import catalogue, names, partners, sales_team
from .backdating import backdate

INDIVIDUAL_SHARE = 0.04
ABROAD_SHARE = 0.05
WITHOUT_INVOICE_SHARE = 0.02
BUYER_SHARE = 0.25  # companies one of whose people is in the address book
BUYER_ORDERS_SHARE = 0.5  # of these, those whose person is the one on the orders
UNASSIGNED, OF_ADMIN = 15, 16
PROSPECTS = 24
FORMER_CUSTOMERS = 3  # archived, though they have a history
JOBS = ("Buyer", "Owner", "Office Manager", "Store Manager", "Purchasing", "Head Chef")
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

    users_of: {team name: res.users}; teams: {team name: crm.team}, or none of them;
    special: how many customers are unassigned, and how many are ``admin``'s.
    """
    of_nobody, of_admin = special
    chosen = rng.permutation(len(customers))[: of_nobody + of_admin]
    unassigned, of_admin = chosen[:of_nobody], chosen[of_nobody:]
    for index, customer in enumerate(customers):
        if index in unassigned:
            continue
        team = sales_team.TEAM_OF_SECTOR.get(customer.sector.name, sales_team.RETAIL)
        managers = users_of[team].ids
        manager = managers[rng.integers(len(managers))]
        customer.user_id = admin.id if index in of_admin else manager
        customer.team_id = teams[team].id if teams else None


def create(env, rng, customers):
    """Create the partners of the customers, and the people who buy for them."""
    terms = {
        days: env.ref(f"account.account_payment_term_{days}days").id
        for days in (15, 30, 45)
    }
    tags = _tags(env)
    values = []
    for customer in customers:
        customer.term_days = int(rng.choice([15, 30, 45], p=[0.25, 0.6, 0.15]))
        customer.term_id = terms[customer.term_days]
        values.append(_partner_values(env, rng, customer, tags))
    for customer, id_ in zip(customers, partners.create(env, values), strict=True):
        customer.company_id = customer.partner_id = id_
    buying = [customer for customer in customers if customer.contact]
    buyers = partners.create(env, [_buyer_values(rng, customer) for customer in buying])
    for customer, id_ in zip(buying, buyers, strict=True):
        if rng.random() < BUYER_ORDERS_SHARE:
            customer.partner_id = id_
    on_orders = env["res.partner"].browse([c.partner_id for c in customers])
    positions = env["account.fiscal.position"]
    for customer, partner in zip(customers, on_orders, strict=True):
        customer.display_name = partner.display_name
        customer.fiscal_position_id = positions._get_fiscal_position(partner).id or None


def choose_products(rng, customers, goods):
    """Set what each customer buys; goods: {category: product.product}."""
    categories = [name for name, products in goods.items() for _product in products]
    for customer in customers:
        weights = [customer.sector.buys.get(category, 0) for category in categories]
        customer.wanted = catalogue.favourites(rng, weights)


def mark_invoiced(env, bills):
    """Raise the customer rank by one a posted invoice, as posting does."""
    count = Counter(bill.commercial_partner_id for bill in bills)
    for partner in partners.quietly(env)["res.partner"].browse(list(count)):
        partner.customer_rank += count[partner.id]


def backdate_partners(env, customers, sold, clock):
    """Customers came into the address book some days before their first order."""
    known = {}
    for customer, order in sold:
        known.setdefault(customer.company_id, order.date_order)
    for customer in customers:
        known.setdefault(customer.company_id, clock.now())
    partners_known = env["res.partner"].browse(list(known))
    lead_time = datetime.timedelta(days=9)
    backdate(partners_known, [moment - lead_time for moment in known.values()])


def archive(env, customers):
    """Archive the former customers, once their history is written."""
    ids = [customer.company_id for customer in customers if customer.archived]
    partners.quietly(env)["res.partner"].browse(ids).active = False


def _tags(env):
    tags = env["res.partner.category"]
    return {
        sector.name: (
            tags.search([("name", "=", sector.name)], limit=1)
            or tags.create({"name": sector.name})
        ).id
        for sector in names.SECTORS
    }


def _partner_values(env, rng, customer, tags):
    address = names.address(rng, customer.abroad, customer.home)
    country = env["res.country"].search([("code", "=", address.country)], limit=1)
    state = country.state_ids.filtered(lambda state: state.code == address.state)
    values = {
        "name": customer.name,
        "is_company": customer.is_company,
        "street": address.street,
        "city": address.city,
        "zip": address.postal_code,
        "state_id": state.id,
        "country_id": country.id,
        "phone": address.phone,
        "user_id": customer.user_id,
        "company_id": customer.belongs_to,
        "property_payment_term_id": customer.term_id,
        "category_id": [(6, 0, [tags[customer.sector.name]])],
    }
    if customer.is_company:
        domain = names.domain_name(customer.name)
        values.update(email=f"orders@{domain}", website=f"https://www.{domain}")
    else:
        values["email"] = f"{customer.name.lower().replace(' ', '.')}@mail.example"
    return values


def _buyer_values(rng, customer):
    first_name = names.domain_name(customer.contact.split()[0]).split(".")[0]
    return {
        "name": customer.contact,
        "parent_id": customer.company_id,
        "function": JOBS[rng.integers(len(JOBS))],
        "email": f"{first_name}@{names.domain_name(customer.name)}",
        "user_id": customer.user_id,
        "company_id": customer.belongs_to,
    }
