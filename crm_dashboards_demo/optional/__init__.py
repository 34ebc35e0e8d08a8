# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What needs an addon that may not be there: one module for each, named after it.

Each has ``fill(wholesaler)``, which writes records for that addon and returns the one
by which it is known that they are there.
"""

from . import agreement_rebate, helpdesk_mgmt, product_brand, project
from ..records import known
from .wholesaler import Wholesaler

FILLERS = {
    "agreement_rebate": agreement_rebate.fill,
    "helpdesk_mgmt": helpdesk_mgmt.fill,
    "product_brand": product_brand.fill,
    "project": project.fill,
}


def fill_missing(env, company):
    """Fill what is not filled yet of the addons that are installed; returns names."""
    filled = []
    for name, fill in FILLERS.items():
        mark = f"filled_{name}"
        installed = env["ir.module.module"]._get(name).state == "installed"
        if installed and not known.find(env, mark):
            known.remember({mark: fill(Wholesaler(env, company))})
            filled.append(name)
    return filled
