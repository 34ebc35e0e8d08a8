# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Users and teams of the people who sell and invoice."""

from ..wholesaler import people
from . import known, roles


def create(env, admin, time_zone):
    """Create users and teams; the users' password is known to everybody.

    The first team is led by its leader, the other one by ``admin``. Returns
    ({team name: res.users}, {team name: crm.team}, the accountant).
    """
    persons = [*people.SELLERS, people.ACCOUNTANT]
    users = _create_users(env, persons, admin, time_zone)
    users_of, leader_of = {}, {}
    for seller, user in zip(people.SELLERS, users, strict=False):
        users_of[seller.team] = users_of.get(seller.team, users.browse()) + user
        if seller.role == "leader":
            leader_of[seller.team] = user
    teams = {
        name: env["crm.team"].create(
            {
                "name": name,
                "user_id": leader_of.get(name, admin).id,
                "company_id": env.company.id,
                "use_opportunities": True,
                "member_ids": [(6, 0, members.ids)],
            }
        )
        for name, members in users_of.items()
    }
    return users_of, teams, users[-1]


def _create_users(env, persons, admin, time_zone):
    """Create users, the password hashed once for all: that is slow on purpose."""
    domain = f"{env.company.name.split()[0].lower()}.example"
    users = env["res.users"].with_context(no_reset_password=True)
    users = users.create(
        [
            {
                "name": person.name,
                "login": _free_login(users, person.login),
                "email": f"{person.login}@{domain}",
                "tz": time_zone,
                "lang": admin.lang,
                "company_id": env.company.id,
                "company_ids": [(6, 0, env.company.ids)],
                "group_ids": roles.commands(env, roles.ROLES[person.role]),
            }
            for person in persons
        ]
    )
    password = users._crypt_context().hash(people.PASSWORD)
    for user in users:
        user._set_encrypted_password(user.id, password)
    known.remember(
        {
            f"user_{person.role}_{person.login}": user
            for person, user in zip(persons, users, strict=True)
        }
    )
    return users


def _free_login(users, login):
    taken = users.with_context(active_test=False).search_count([("login", "=", login)])
    return f"{login}.demo" if taken else login
