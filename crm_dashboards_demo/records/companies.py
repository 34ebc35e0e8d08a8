# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The companies of the wholesaler, and who may work in them."""

from dataclasses import dataclass

from . import currencies, known

MAIN = {
    "name": "Alder & Finch Wholesale",
    "street": "1200 Harbor Avenue",
    "phone": "+1 401-555-0142",
    "email": "hello@alder.example",
    "website": "https://www.alder.example",
}
AS_INSTALLED = ("My Company", "YourCompany")  # as Odoo names a company
CHART = "generic_coa"


@dataclass(frozen=True)
class Sister:
    """A sister company: where it is, how large, and the main company's customers there.

    currency, rate: its currency, and what one unit of the main company's is worth;
    shared: places, among the customers whom sisters know, of those that order here as
    the same partner; twins: of those that are a partner of their own here, with the
    same VAT number.
    """

    name: str
    country: str
    state: str
    city: str
    street: str
    phone: str
    currency: str
    rate: float
    customers: int
    orders: int
    shared: tuple
    twins: tuple

    @property
    def domain(self):
        return f"{self.name.split()[0].lower()}-{self.country.lower()}.example"


SISTERS = (
    Sister(
        name="Alder & Finch Britain",
        country="GB",
        state="",
        city="Bristol",
        street="88 Harbourside Walk",
        phone="+44 117 496 0164",
        currency="GBP",
        rate=0.77,
        customers=40,
        orders=900,
        shared=(0, 1, 2, 3, 4),
        twins=(5, 6, 7, 8),
    ),
    Sister(
        name="Birch & Wren Supply",
        country="US",
        state="IL",
        city="Chicago",
        street="540 Lake Street",
        phone="+1 312-555-0127",
        currency="USD",
        rate=1.0,
        customers=30,
        orders=600,
        shared=(0, 5, 6, 9, 10),
        twins=(1, 11, 12),
    ),
)


def provide_main(env):
    """The company that gets the business.

    It is the one that Odoo came with, if nobody has named or used it; else a new one,
    so that nothing is mixed with what is there.
    """
    given = env.company
    if _is_unused(given):
        given.write({**MAIN, **_enriched(env)})
        company = given
    else:
        company = _create(env, {**MAIN, "currency_id": given.currency_id.id})
    known.remember({"company_main": company})
    return company


def create_sister(env, rng, clock, sister, months):
    """Create a sister company of the company of ``env``.

    Returns (res.company, today's rate of its currency).
    """
    main = env.company
    country = env["res.country"].search([("code", "=", sister.country)])
    state = country.state_ids.filtered(lambda state: state.code == sister.state)
    currency = env.ref(f"base.{sister.currency}")
    rate = 1.0
    if currency != main.currency_id:
        rate = currencies.set_rates(env, rng, clock, currency, sister.rate, months)
    company = _create(
        env,
        {
            "name": sister.name,
            "street": sister.street,
            "city": sister.city,
            "state_id": state.id,
            "country_id": country.id,
            "currency_id": currency.id,
            "phone": sister.phone,
            "email": f"hello@{sister.domain}",
            "website": f"https://www.{sister.domain}",
        },
    )
    known.remember({f"company_{sister.country.lower()}": company})
    return company, rate


def prepare_books(env):
    """Give the company of ``env`` a chart of accounts in its own currency.

    Payments go to the bank account itself, as they do where nobody imports bank
    statements.
    """
    company = env.company
    if not company.chart_template:
        currency = company.currency_id  # the chart brings its own
        env["account.chart.template"].try_loading(CHART, company)
        company.currency_id = currency
    bank = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    )
    methods = bank.inbound_payment_method_line_ids
    methods.filtered(
        lambda method: not method.payment_account_id
    ).payment_account_id = bank.default_account_id


def _is_unused(company):
    env = company.env
    return (
        company.name in AS_INSTALLED
        and company.chart_template in (False, CHART)
        and not any(
            env[model].search_count([("company_id", "=", company.id)], limit=1)
            for model in ("sale.order", "account.move")
        )
    )


def _create(env, values):
    """Create a company that reckons its days as the company of ``env`` does."""
    reckoning = {
        name: env.company[name] for name in ("crm_figures_tz", "crm_trend_source")
    }
    # A country would have Odoo install its accounting, and commit: one chart will do.
    companies = env["res.company"].with_context(chart_template_load=True)
    company = companies.create({**values, **reckoning, **_enriched(env)})
    return company.with_env(env)


def _enriched(env):
    """Values that keep Odoo from asking the internet about invented domains."""
    name = "iap_enrich_auto_done"
    return {name: True} if name in env["res.company"]._fields else {}
