# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The wholesaler's sister companies, and who may work in them."""

from dataclasses import dataclass

from . import currencies


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


def create(env, rng, clock, sister, users, months):
    """Create a sister company and let ``users`` work in it beside their own.

    Returns (res.company, today's rate of its currency).
    """
    main = env.company
    country = env["res.country"].search([("code", "=", sister.country)])
    state = country.state_ids.filtered(lambda state: state.code == sister.state)
    currency = env.ref(f"base.{sister.currency}")
    values = {
        "name": sister.name,
        "street": sister.street,
        "city": sister.city,
        "state_id": state.id,
        "country_id": country.id,
        "currency_id": currency.id,
        "phone": sister.phone,
        "email": f"hello@{sister.domain}",
        "website": f"https://www.{sister.domain}",
    }
    for name in ("crm_figures_tz", "crm_trend_source"):
        if name in main._fields:
            values[name] = main[name]
    if "iap_enrich_auto_done" in main._fields:
        # Else Odoo asks a service on the internet about the invented domain.
        values["iap_enrich_auto_done"] = True
    rate = 1.0
    if currency != main.currency_id:
        rate = currencies.set_rates(env, rng, clock, currency, sister.rate, months)
    # A country would have Odoo install its accounting, and commit: one chart will do.
    companies = env["res.company"].with_context(chart_template_load=True)
    company = env["res.company"].browse(companies.create(values).id)
    users.company_ids += company
    return company, rate
