# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Who could be the account manager of customers that have none, by their orders."""

from odoo.fields import Domain
from odoo.tools import SQL

LAST_ORDER, MOST_ORDERS, TEAM = "last_order", "most_orders", "team"
ASSIGNMENT_SELECTION = [
    (LAST_ORDER, "Salesperson of the last order"),
    (MOST_ORDERS, "Salesperson of most orders"),
    (TEAM, "Leader of the sales team of the last order"),
]


def assign_new_customers(night):
    """Give new customers the account manager that the company's setting names.

    A phase of the night. New is who ordered first on the day on which the setting was
    made, or later: whoever was left without an account manager before stays so.
    """
    method = night.company.crm_assignment
    if not method:
        return
    new = find_unassigned(night.company).filtered_domain(
        Domain("first_order_date", ">=", night.company.crm_assignment_since)
    )
    proposed = propose_managers(night.company, method, new.partner_id)
    assign(night.env, proposed)


def find_unassigned(company):
    """Return the crm.customer.metric of the customers of nobody."""
    return company.env["crm.customer.metric"].search(
        Domain("company_id", "=", company.id) & Domain("user_id", "=", False)
    )


def propose_managers(company, method, customers):
    """Return who could be the account manager of each customer.

    Users count who are active, internal and of the company: of a customer whose last
    salesperson left it is the last one of those who are still there.

    :param str method: a key of ASSIGNMENT_SELECTION
    :param customers: res.partner, commercial entities
    :return: {res.partner: res.users}, without those for whom nobody is found
    """
    env = company.env
    users = env["res.users"].search(
        Domain("share", "=", False) & Domain("company_ids", "in", company.id)
    )
    query = SQL(
        """
        SELECT DISTINCT ON (customer_id) customer_id, user_id
          FROM (SELECT contact.commercial_partner_id AS customer_id,
                       %(user)s AS user_id,
                       COUNT(*) AS number,
                       MAX(sale_order.date_order) AS last_date,
                       MAX(sale_order.id) AS last_id
                  FROM sale_order
                  JOIN res_partner contact ON contact.id = sale_order.partner_id
                  LEFT JOIN crm_team team ON team.id = sale_order.team_id
                 WHERE sale_order.state = 'sale'
                   AND sale_order.company_id = %(company)s
                   AND contact.commercial_partner_id = ANY(%(customers)s)
                   AND %(user)s = ANY(%(users)s)
                 GROUP BY 1, 2) sold
         ORDER BY customer_id, %(order)s
        """,
        user=SQL("team.user_id") if method == TEAM else SQL("sale_order.user_id"),
        company=company.id,
        customers=customers.ids,
        users=users.ids,
        order=SQL("number DESC, last_date DESC, last_id DESC")
        if method == MOST_ORDERS
        else SQL("last_date DESC, last_id DESC"),
    )
    env.flush_all()
    found = dict(env.execute_query(query))
    return {
        customer: users.browse(found[customer.id])
        for customer in customers
        if customer.id in found
    }


def assign(env, proposed):
    """Make users the account managers of customers, without a mail for each.

    :param proposed: {res.partner: res.users}
    """
    customers = {}
    for customer, user in proposed.items():
        customers.setdefault(user, env["res.partner"])
        customers[user] |= customer
    for user, own in customers.items():
        quiet = own.with_env(env).with_context(mail_auto_subscribe_no_notify=True)
        quiet.write({"user_id": user.id})
