# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The people who sell, and the one who invoices."""

from dataclasses import dataclass

PASSWORD = "demo"


@dataclass(frozen=True)
class Person:
    """Somebody who works with Odoo; role: a key of records.roles.ROLES."""

    name: str
    role: str
    team: str = ""

    @property
    def login(self):
        """The first name, as people are called here."""
        return self.name.split()[0].lower()


RETAIL, BUSINESS = "Retail", "Office & Hospitality"
SELLERS = (
    Person("Laura Bennett", "leader", RETAIL),
    Person("Daniel Okafor", "seller", RETAIL),
    Person("Priya Raman", "seller", RETAIL),
    Person("Tom Lindqvist", "seller", BUSINESS),
    Person("Sofia Marchetti", "seller", BUSINESS),
    Person("Ben Whitaker", "seller", BUSINESS),
)
ACCOUNTANT = Person("Nora Castellan", "accountant")
TEAM_OF_SECTOR = {
    "Stationers": BUSINESS,
    "Hotels and restaurants": BUSINESS,
    "Offices and schools": BUSINESS,
}  # the others are RETAIL
