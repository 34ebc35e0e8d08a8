# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The address book: partners of the customers, and the people who buy for them."""

import datetime
from collections import Counter

from ..wholesaler import names
from . import partners
from .backdating import backdate

BUYER_ORDERS_SHARE = 0.5  # of companies with a buyer, who is the one on the orders
JOBS = ("Buyer", "Owner", "Office Manager", "Store Manager", "Purchasing", "Head Chef")
LEAD_TIME = datetime.timedelta(days=9)  # in the address book before the first order
TERMS = {15: 0.25, 30: 0.6, 45: 0.15}  # days to pay: share of customers


def create(env, rng, customers):
    """Create the partners of the customers, and the people who buy for them."""
    terms = {days: _payment_term_id(env, days) for days in TERMS}
    tags = _tags(env)
    values = []
    for customer in customers:
        customer.term_days = int(rng.choice(list(TERMS), p=list(TERMS.values())))
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
    backdate(partners_known, [moment - LEAD_TIME for moment in known.values()])


def archive(env, customers):
    """Archive the former customers, once their history is written."""
    ids = [customer.company_id for customer in customers if customer.archived]
    partners.quietly(env)["res.partner"].browse(ids).active = False


def _payment_term_id(env, days):
    """Id of Odoo's own term, None where somebody deleted it."""
    name = f"account.account_payment_term_{days}days"
    term = env.ref(name, raise_if_not_found=False)
    return term.id if term else None


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
