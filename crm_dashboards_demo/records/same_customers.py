# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Customers of the main company that order from a sister company, too."""

from dataclasses import replace

from . import partners

VAT_NUMBER = "US{:02d}-{:07d}"  # the form of an American employer's number
FIRST_VAT_NUMBER = 5550100
# Teams and fiscal positions are those of the main company.
_ORDINARY = {"payer": "usual", "team_id": None, "fiscal_position_id": None}


def identify(env, customers):
    """Give customers a VAT number each, by which sisters know them."""
    for place, customer in enumerate(customers):
        partner = partners.quietly(env)["res.partner"].browse(customer.company_id)
        number = FIRST_VAT_NUMBER + place
        partner.vat = VAT_NUMBER.format(10 + number % 80, number)


def as_same_partner(customer):
    """The same customer as a sister knows it: the same partner, in no team."""
    return replace(customer, **_ORDINARY)


def as_partner_of_its_own(env, customer):
    """The same customer as a partner of the sister: another name, the same number.

    env: in the sister company.
    """
    known = env["res.partner"].browse(customer.company_id)
    name = f"{known.name}, Inc."
    (id_,) = partners.create(
        env,
        [
            {
                "name": name,
                "is_company": True,
                "company_id": env.company.id,
                "vat": known.vat.replace("-", " "),
                "street": known.street,
                "city": known.city,
                "zip": known.zip,
                "state_id": known.state_id.id,
                "country_id": known.country_id.id,
                "phone": known.phone,
                "email": known.email,
                "user_id": customer.user_id,
                "property_payment_term_id": customer.term_id,
            }
        ],
    )
    return replace(
        customer,
        name=name,
        display_name=name,
        contact="",
        belongs_to=env.company.id,
        company_id=id_,
        partner_id=id_,
        **_ORDINARY,
    )
