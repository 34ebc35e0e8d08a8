# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The people who sell, and the one who invoices."""

from dataclasses import dataclass

from . import roles

PASSWORD = "demo"
ACCOUNTANT = "Nora Castellan"


@dataclass(frozen=True)
class Seller:
    """An account manager; a leader reads everybody's documents."""

    name: str
    team: str
    leader: bool = False

    @property
    def login(self):
        return self.name.split()[0].lower()

    @property
    def role(self):
        return roles.LEADER if self.leader else roles.SELLER


RETAIL, BUSINESS = "Retail", "Office & Hospitality"
SELLERS = (
    Seller("Laura Bennett", RETAIL, leader=True),
    Seller("Daniel Okafor", RETAIL),
    Seller("Priya Raman", RETAIL),
    Seller("Tom Lindqvist", BUSINESS),
    Seller("Sofia Marchetti", BUSINESS),
    Seller("Ben Whitaker", BUSINESS),
)
TEAM_OF_SECTOR = {
    "Stationers": BUSINESS,
    "Hotels and restaurants": BUSINESS,
    "Offices and schools": BUSINESS,
}  # the others are RETAIL


def create(env, admin, time_zone):
    """Create users and teams; returns (users by team name, teams by name).

    The first team is led by its leader, the other one by ``admin``, who gets the rights
    to look at everything.
    """
    admin.group_ids = _added(env, roles.ADMINISTRATOR)
    users = env["res.users"].with_context(no_reset_password=True)
    sellers = users.create(
        [
            {
                **_user_values(env, seller.name, seller.login, admin, time_zone),
                "group_ids": _added(env, seller.role),
            }
            for seller in SELLERS
        ]
    )
    users_of = {RETAIL: users.browse(), BUSINESS: users.browse()}
    leader_of = {RETAIL: admin, BUSINESS: admin}
    for seller, user in zip(SELLERS, sellers, strict=True):
        users_of[seller.team] += user
        if seller.leader:
            leader_of[seller.team] = user
    teams = {
        name: env["crm.team"].create(
            {
                "name": name,
                "user_id": leader_of[name].id,
                "company_id": env.company.id,
                "use_opportunities": True,
                "member_ids": [(6, 0, members.ids)],
            }
        )
        for name, members in users_of.items()
    }
    return users_of, teams


def create_accountant(env, admin, time_zone):
    """Create the user who invoices, and sells nothing."""
    login = ACCOUNTANT.split()[0].lower()
    values = _user_values(env, ACCOUNTANT, login, admin, time_zone)
    users = env["res.users"].with_context(no_reset_password=True)
    return users.create({**values, "group_ids": _added(env, roles.ACCOUNTANT)})


def _user_values(env, name, login, admin, time_zone):
    return {
        "name": name,
        "login": login,
        "email": f"{login}@{env.company.name.split()[0].lower()}.example",
        "password": PASSWORD,
        "tz": time_zone,
        "lang": admin.lang,
        "company_id": env.company.id,
        "company_ids": [(6, 0, env.company.ids)],
    }


def _added(env, role):
    return [(4, group.id) for group in roles.groups(env, role)]
