"""The people who sell."""

from dataclasses import dataclass

PASSWORD = "demo"


@dataclass(frozen=True)
class Seller:
    """An account manager; a leader reads everybody's documents."""

    name: str
    team: str
    leader: bool = False

    @property
    def login(self):
        return self.name.split()[0].lower()


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

    The first team is led by its leader, the other one by ``admin``.
    """
    own = env.ref("sales_team.group_sale_salesman")
    everything = env.ref("sales_team.group_sale_salesman_all_leads")
    domain = f"{env.company.name.split()[0].lower()}.example"
    users = env["res.users"].with_context(no_reset_password=True)
    sellers = users.create(
        [
            {
                "name": seller.name,
                "login": seller.login,
                "email": f"{seller.login}@{domain}",
                "password": PASSWORD,
                "tz": time_zone,
                "lang": admin.lang,
                "company_id": env.company.id,
                "company_ids": [(6, 0, env.company.ids)],
                "group_ids": [(4, (everything if seller.leader else own).id)],
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
