# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Business of the sister companies: orders, invoices and payments."""

import numpy as np

from ..wholesaler import customers, rhythms, selling, showcase
from . import companies, same_customers, trade
from . import customers as address_book

WITHOUT_ACCOUNT_MANAGER, OF_ADMIN = 3, 3


def make(env, rng, clock, sister, known, users_of, admin, products, rate):
    """Write the business of one sister company.

    env: of a superuser, in the sister company; sister: its companies.Sister; known:
    customers of the main company, with VAT numbers, some of which order here;
    users_of: {team name: ids}; admin: id of the administrator; products: list of
    catalogue.Product; rate: what one unit of the currency of their prices is worth
    here. Returns [(Customer, documents.Order)].
    """
    companies.prepare_books(env)
    seed = int(rng.integers(2**31))
    history = rhythms.generate(seed, clock.today(), sister.customers, sister.orders)
    everybody = _in_rhythm(
        history, _customers(env, rng, sister, known, users_of, admin, products)
    )
    sold = selling.orders(rng, clock, history, everybody, products, rate)
    trade.write(env, rng, clock, sold)
    own = [customer for customer in everybody if customer.belongs_to]
    of_own = [(customer, order) for customer, order in sold if customer.belongs_to]
    address_book.backdate_partners(env, own, of_own, clock)
    return sold


def _in_rhythm(history, everybody):
    """Customers at the history's indices: the first ones get the regular rhythms."""
    regular = [rhythms.index(name) for name in showcase.REGULARS]
    places = np.argsort(~np.isin(history.rhythm, regular), kind="stable")
    arranged = dict(zip(places.tolist(), everybody, strict=True))
    return [arranged[place] for place in range(len(everybody))]


def _customers(env, rng, sister, known, users_of, admin, products):
    """First the main company's customers, then those that only the sister knows."""
    shared = [known[place] for place in sister.shared]
    twins = [known[place] for place in sister.twins]
    count = sister.customers - len(shared) - len(twins)
    never_archived = np.zeros(count, dtype=bool)
    own = customers.draw(rng, count, never_archived, prospects=0)
    for customer in own:
        customer.home, customer.belongs_to = sister.country, env.company.id
    special = WITHOUT_ACCOUNT_MANAGER, OF_ADMIN
    customers.assign(rng, own, users_of, {}, admin, special)
    customers.choose_products(rng, own, products)
    address_book.create(env, rng, own)
    return [
        *map(same_customers.as_same_partner, shared),
        *(same_customers.as_partner_of_its_own(env, customer) for customer in twins),
        *own,
    ]
