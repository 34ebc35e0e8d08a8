"""A believable wholesaler: 36 months of business that end today."""

import numpy as np

from . import (
    agenda,
    catalogue,
    customers,
    invoices,
    pipeline,
    quotations,
    rhythms,
    sale_orders,
    sales_team,
    selling,
)

SEED = 19
CUSTOMERS, ORDERS, MONTHS = 300, 10_000, 36
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
    _prepare_accounting(env)
    users_of, teams = sales_team.create(env, admin, clock.zone.key)
    say(f"{len(sales_team.SELLERS)} account managers in {len(teams)} teams")
    goods_of = catalogue.create(env)
    goods = env["product.product"].union(*goods_of.values())
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

    rng = np.random.default_rng([SEED, 2])
    sold = selling.orders(rng, clock, history, everybody, goods)
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
    customers.archive(env, everybody)


def _name_company(env):
    company = env.company
    if company.name in UNNAMED:
        company.write(COMPANY)
    if "iap_enrich_auto_done" in company._fields:
        # Else Odoo asks a service on the internet about the invented domain.
        company.iap_enrich_auto_done = True


def _prepare_accounting(env):
    """A chart of accounts, and payments that go to the bank account itself."""
    company = env.company
    if not company.chart_template:
        env["account.chart.template"].try_loading("generic_coa", company)
    bank = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    )
    methods = bank.inbound_payment_method_line_ids
    methods.filtered(
        lambda method: not method.payment_account_id
    ).payment_account_id = bank.default_account_id
