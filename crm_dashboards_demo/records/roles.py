# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the people of the demo may see besides their own documents."""

ROLES = {
    "administrator": ("crm_dashboards.group_manufacturer",),
    "leader": ("sales_team.group_sale_salesman_all_leads",),
    "seller": ("sales_team.group_sale_salesman",),
    "accountant": ("account.group_account_invoice",),
}


def commands(env, groups):
    """Commands that add somebody to groups, given by their external ids."""
    return [(4, env.ref(group).id) for group in groups]
