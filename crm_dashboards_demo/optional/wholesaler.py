# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The wholesaler as it is found in the database, whenever it was made."""

import numpy as np

from ..records import known
from ..records.wholesale import SEED, WITH_STORIES, in_company
from ..wholesaler.clock import Clock


class Wholesaler:
    """The main company, its people, and the customers with stories.

    Partners are those on the orders: a company, or the person who buys for it.
    """

    def __init__(self, env, company):
        self.env = in_company(env, company)
        self.company = company
        self.clock = Clock(company)
        self.regulars = known.find_all(self.env, "res.partner", "regular_")
        self.with_stories = self.regulars[:WITH_STORIES]
        self.of_admin = known.find_all(self.env, "res.partner", "of_admin_")
        self.administrators = self.env.ref("base.group_system").user_ids
        self.leaders = self._get_users("leader")
        self.sellers = self.leaders + self._get_users("seller")
        self.accountants = self._get_users("accountant")

    def _get_users(self, role):
        return known.find_all(self.env, "res.users", f"user_{role}_")

    def get_customers(self):
        """Customers with an account manager, as they are on their last orders."""
        groups = self.env["sale.order"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "sale"),
                ("partner_id.active", "=", True),
                ("partner_id.user_id", "!=", False),
            ],
            ["partner_id"],
            order="partner_id",
        )
        return self.env["res.partner"].union(*(partner for (partner,) in groups))

    def get_product(self, reference):
        """The product of a reference of the catalogue, None where it was deleted."""
        return known.find(self.env, f"product_{reference}")

    def get_random(self, part):
        """Random numbers of a part's own; part: its name."""
        return np.random.default_rng([SEED, *part.encode()])


def grant(users, *groups):
    """Add users to groups, given by their external ids."""
    users.group_ids = [(4, users.env.ref(group).id) for group in groups]
