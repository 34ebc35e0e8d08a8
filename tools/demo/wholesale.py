# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A believable wholesaler: 36 months of business that end today."""

import numpy as np

from . import (
    accounting,
    agenda,
    agreements,
    brands,
    catalogue,
    customers,
    invoices,
    pipeline,
    quotations,
    rhythms,
    sale_orders,
    sales_team,
    same_customers,
    selling,
    showcase,
    sister_companies,
    sister_trade,
    tasks,
    tickets,
)

SEED = 19
CUSTOMERS, ORDERS, MONTHS = 300, 10_000, 36
KNOWN_TO_SISTERS = 13
COMPANY = {
    "name": "Alder & Finch Wholesale",
    "street": "1200 Harbor Avenue",
    "phone": "+1 401-555-0142",
    "email": "hello@alder.example",
    "website": "https://www.alder.example",
}
UNNAMED = ("My Company", "YourCompany")


def make(env, clock, say):
    """Write the wholesaler into the database of ``env``.

    env: of a superuser, in the company that gets the business; clock: its Clock;
    say: called with a line about each thing done.
    """
    admin = env.ref("base.user_admin")
    _name_company(env)
    accounting.prepare(env)
    users_of, teams = sales_team.create(env, admin, clock.zone.key)
    accountant = sales_team.create_accountant(env, admin, clock.zone.key)
    sellers = env["res.users"].union(*users_of.values())
    say(f"{len(sales_team.SELLERS)} account managers in {len(teams)} teams")
    goods_of = catalogue.create(env)
    goods = env["product.product"].union(*goods_of.values())
    brands.assign(env, goods)
    say(f"{len(goods)} products")

    history = rhythms.generate(SEED, clock.today(), CUSTOMERS, ORDERS, MONTHS)
    rng = np.random.default_rng([SEED, 1])
    silent = np.isin(
        history.rhythm, [rhythms.index("one-off"), rhythms.index("lapsing")]
    )
    everybody = customers.draw(rng, CUSTOMERS, silent)
    customers.assign(rng, everybody, users_of, teams, admin)
    customers.choose_products(rng, everybody, goods_of)
    customers.create(env, rng, everybody)
    say(f"{CUSTOMERS} customers and {customers.PROSPECTS} prospects")
    shown = showcase.choose(history, everybody[:CUSTOMERS], admin.id)
    shown.regulars[0].payer = "reluctant"
    same_customers.identify(env, shown.regulars[:KNOWN_TO_SISTERS])

    rng = np.random.default_rng([SEED, 2])
    prices = catalogue.prices(goods)
    sold = selling.orders(rng, clock, history, everybody, goods, prices)
    brands.add_discontinued(env, clock, sold, shown.regulars[:6])
    pipeline.create_won(env, rng, clock, sold)
    sale_orders.write(env, [order for _customer, order in sold], goods[0])
    say(f"{len(sold)} orders")
    bills, payments = selling.bills(rng, clock, sold)
    invoices.write(env, bills, payments, goods[0])
    say(f"{len(bills)} invoices and credit notes, {len(payments)} payments")
    customers.mark_invoiced(env, bills)
    customers.backdate_partners(env, everybody, sold, clock)

    rng = np.random.default_rng([SEED, 3])
    present = [customer for customer in everybody if not customer.archived]
    ordering = [customer for customer in everybody[:CUSTOMERS] if not customer.archived]
    _lost, still_open = pipeline.create_others(
        env, rng, clock, ordering, everybody[CUSTOMERS:]
    )
    say(f"{pipeline.WON + pipeline.LOST + pipeline.OPEN} opportunities")
    quotes = quotations.create(env, rng, clock, present, goods)
    say(f"{len(quotes)} quotations")
    looked_after = [customer for customer in present if customer.user_id]
    done, upcoming = agenda.create_activities(env, rng, clock, looked_after, still_open)
    meetings = agenda.create_meetings(env, rng, clock, looked_after)
    say(f"{len(done)} activities done, {len(upcoming)} to do, {len(meetings)} meetings")

    rng = np.random.default_rng([SEED, 4])
    quotes = brands.quote_new_brand(env, rng, clock, shown.regulars[:6])
    made = agreements.create(env, clock, shown.regulars, bills)
    certain = [*shown.regulars[:6], *shown.of_admin[:2]]
    problems = tickets.create(env, rng, clock, looked_after, certain, sellers + admin)
    work = tasks.create(env, rng, clock, shown.regulars[:8])
    say(f"{len(quotes)} quotations of a new brand, {len(made)} rebate agreements")
    say(f"{len(problems)} tickets, {len(work)} tasks")
    customers.archive(env, everybody)

    people = sellers + admin + accountant
    for place, sister in enumerate(sister_companies.SISTERS):
        rng = np.random.default_rng([SEED, 5, place])
        company, rate = sister_companies.create(env, rng, clock, sister, people, MONTHS)
        there = env(context={**env.context, "allowed_company_ids": company.ids})
        orders = sister_trade.make(
            there, rng, clock, sister, shown.regulars, users_of, admin, goods_of, rate
        )
        say(f"{sister.name} with {len(orders)} orders")


def _name_company(env):
    company = env.company
    if company.name in UNNAMED:
        company.write(COMPANY)
    if "iap_enrich_auto_done" in company._fields:
        # Else Odoo asks a service on the internet about the invented domain.
        company.iap_enrich_auto_done = True
